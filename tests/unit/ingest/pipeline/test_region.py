"""Names of places: whole ones, the longest, and not the verbs that look like them. Own sentences."""

from __future__ import annotations

import pytest

from tests.unit.ingest.pipeline.reading import read


def regions(text: str) -> list[str]:
    return [m.text for m in read(text).mentions if m.type == "Region" and m.rule == "region.full"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("湖南省岳阳市道路平安，汨罗市经验在全省推广。\n", ["湖南省", "岳阳市", "汨罗市"]),
        ("在沛县检查，加强管理县道，支队和县乡检查。\n", ["沛县"]),
        ("到，沛县检查。\n", ["沛县"]),
        ("会同县里各校检查，督促整改。\n", []),
        ("在怀化市会同县检查。\n", ["怀化市", "会同县"]),
        ("禾丰县\n禾丰县道路平安。\n", []),
        ("云永丰县\n在云永丰县检查。\n", []),
    ],
)
def test_a_place_is_marked_where_its_whole_name_stands(text: str, expected: list[str]) -> None:
    """Two characters stand free; 会同县 needs its city; 丰县 within 禾丰县 and 永丰县 within 云永丰县 are none."""
    assert regions(text) == expected
