"""Where a candidate stands."""

from __future__ import annotations

import pytest

from ingest.candidates.port import locate, unique
from tests.unit.ingest.candidates.papers import said

TEXT = "甲队、乙队、甲队"


@pytest.mark.parametrize(
    ("quote", "start", "place"),
    [
        ("甲队", 6, (6, 8)),
        ("甲队", -1, None),
        ("乙队", -1, (3, 5)),
        ("乙队", 0, (3, 5)),
        ("甲队", 1, None),
        ("丙队", 0, None),
        ("", 0, None),
        ("队", 999, None),
    ],
    ids=["offset", "several", "once", "wrong offset", "wrong of several", "absent", "empty", "beyond the text"],
)
def test_a_quote_stands_at_its_offset_or_at_its_only_place(
    quote: str, start: int, place: tuple[int, int] | None
) -> None:
    """A source's offset counts only where the text has the quote there; a guess between several places is none."""
    found = locate(TEXT, said("Unit", quote, start=start))
    assert found == place
    assert found is None or TEXT[found[0] : found[1]] == quote


def test_overlapping_occurrences_are_several() -> None:
    """哈哈 stands twice in 哈哈哈."""
    assert unique("哈哈哈", "哈哈", 0, 3) == -1
    assert unique("哈哈哈", "哈哈哈", 0, 3) == 0
