"""Which campaign targets which vehicles: on both engines, no campaign is given the vehicles of its neighbour."""

from __future__ import annotations

import pytest

from graph.models import Batch
from graph.settings import StoreSettings
from graph.store import Store
from queries.catalog import load_catalog
from queries.runner import run
from tests.graphs import batch
from tests.store import graphs as g

HELMETS, LORRIES = "深化一盔一带行动，管好电动自行车", "开展货车整治，检查重型货车"
TEXT = f"青禾县2025年方案\n（一）净化秩序。{HELMETS}。{LORRIES}。\n（二）治理车辆。开展货车整治。严查重型货车。\n"
PATIENT = 10 * StoreSettings().query_timeout
"""Answers are tested here, not speed: Neo4j may take long over its first plans."""


def plan() -> Batch:
    """One task carries out two campaigns, each sentence with its vehicle; another has one campaign throughout."""
    w = g.Writing("qinghe/2025.txt", TEXT, "青禾县2025年方案")
    overhaul = g.shared("Campaign", "货车整治")
    both, one = w.task("净化秩序", "item", w.node), w.task("治理车辆", "item", w.node)
    for campaign, vehicle, sentence in ((g.HELMETS, g.EBIKE, HELMETS), (overhaul, g.HEAVY, LORRIES)):
        w.fact("CARRIES_OUT", both, campaign, sentence)
        w.fact("TARGETS", both, vehicle, sentence)
    w.fact("CARRIES_OUT", one, overhaul, "开展货车整治")
    w.fact("TARGETS", one, g.HEAVY, "严查重型货车")
    return batch(w.graph())


@pytest.mark.parametrize(
    ("name", "parameter", "values"),
    [
        ("campaigns-of-vehicle-class", "vehicle", ("电动自行车", "重型货车")),
        ("vehicle-classes-of-campaign", "campaign", ("一盔一带", "货车整治")),
    ],
)
async def test_of_several_campaigns_only_that_of_the_sentence_targets_the_vehicle(
    store: Store, name: str, parameter: str, values: tuple[str, str]
) -> None:
    """The one campaign of a task has all its vehicles, of whatever sentence."""
    await store.write(plan())
    found = [(await run(store, load_catalog().get(name), {parameter: value}, timeout=PATIENT)).rows for value in values]
    pairs = [{(row["campaign"]["name"], row["vehicle_class"]["name"]) for row in rows} for rows in found]
    assert pairs == [{("一盔一带", "电动自行车")}, {("货车整治", "重型货车")}]
    assert [len(rows) for rows in found] == [1, 2]
