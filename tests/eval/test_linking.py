"""Mentions of one body, and of one campaign, meet in one node (bars in ``bars.yaml``, by half); no two places do.

Each document is read alone: what only another document tells (which city a county belongs to) is not found here.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.eval.linking import Read, agreement, figures, halves, read
from tests.truth.scoring import Score

pytestmark = pytest.mark.unmeasured

BARS = yaml.safe_load(Path(__file__).with_name("bars.yaml").read_text(encoding="utf-8"))["linking"]
HALVES = ("generated", "hand")


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[Read, Score]]:
    measured = {}
    for name, (texts, truth) in halves().items():
        said = read(texts)
        measured[name] = said, figures(truth, said)
    return measured


@pytest.mark.parametrize("row", ["units", "campaigns", "unit_mentions", "campaign_mentions"])
@pytest.mark.parametrize("name", HALVES)
def test_mentions_of_one_thing_meet(found: dict[str, tuple[Read, Score]], name: str, row: str) -> None:
    """Pairwise F1 on each half by itself; a mention that was not found is linked to none."""
    assert getattr(found[name][1], row).f1 >= BARS[name][row]


@pytest.mark.parametrize("name", HALVES)
def test_no_node_holds_bodies_of_two_places(found: dict[str, tuple[Read, Score]], name: str) -> None:
    """Redacted places, counties and districts of one name, 市局 of a city and of a city within it: never merged."""
    said, score = found[name]
    assert [(said.names[merge.node], merge.units) for merge in score.merges] == []


def test_units_have_the_names_that_people_gave_them(shared: Path) -> None:
    """Annotated texts: the node's name is the full name annotated."""
    right, total, _ = agreement(shared / "gold", shared / "seeds")
    assert right / total >= BARS["gold"]["canonical"]
