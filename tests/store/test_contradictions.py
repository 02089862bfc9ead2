"""Documents that contradict each other: both are kept, each with its sentence, and the answer shows both."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.doctor import examine
from graph.hashing import graph_hash
from graph.review.queue import queue
from graph.store import Store
from ingest.load import ingest
from queries.catalog import Catalog
from queries.runner import run
from tests.unit.ingest.papers import write_papers

OWNERS = {
    "一.txt": "青禾县2024年道路交通安全工作要点\n\n一、重点工作\n（一）整治货车超载。牵头单位：青禾县交通运输局。\n",
    "二.txt": "青禾县2024年货车整治责任分工\n\n一、重点工作\n（一）整治货车超载。牵头单位：青禾县公安局交警大队。\n",
}
TWINS = {
    f"{place}.txt": f"{place}道路交通安全委员会工作要点\n\n一、工作\n（一）整治货车。{own}教育局、城关中队负责。\n"
    for place, own in (("南京市鼓楼区", "区"), ("徐州市鼓楼区", "区"), ("青禾县", "县"), ("柳泉县", "县"))
}


async def test_two_documents_that_name_different_leads_are_both_answered(
    store: Store, catalog: Catalog, tmp_path: Path
) -> None:
    """Each lead with its own document and sentence."""
    await ingest(store, [write_papers(tmp_path / "papers", OWNERS)], jobs=1)
    found = await run(store, catalog.get("units-owning-task"), {"task": "货车超载"})
    leads = {(row["unit"]["name"], row["document"]["name"]) for row in found.rows if row["role"] == "LEADS"}
    assert leads == {
        ("青禾县交通运输局", "青禾县2024年道路交通安全工作要点"),
        ("青禾县公安局交警大队", "青禾县2024年货车整治责任分工"),
    }
    for row in found.rows:
        assert row["unit"]["name"][-4:] in row["quote"]


async def test_one_name_in_two_places_is_two_bodies(store: Store, tmp_path: Path) -> None:
    """鼓楼区教育局 of two cities, 城关中队 of two counties: each with its own task; nobody is asked to merge them."""
    await ingest(store, [write_papers(tmp_path / "papers", TWINS)], jobs=1)
    rows = await store.read(
        "MATCH (u:Unit)-[:LEADS]->(t:Task) WHERE t.level = 'item' "
        "RETURN u.id AS id, u.name AS name, coalesce(u.jurisdiction, '') AS at, collect(DISTINCT t.doc) AS documents"
    )
    assert {row["at"] for row in rows if row["name"].endswith("鼓楼区教育局")} == {
        "江苏省/南京市/鼓楼区",
        "江苏省/徐州市/鼓楼区",
    }
    assert len({row["id"] for row in rows if row["name"].endswith("教育局")}) == len(TWINS)
    assert len({row["id"] for row in rows if row["name"].endswith("城关中队")}) == len(TWINS)
    assert all(len(row["documents"]) == 1 for row in rows)
    bodies = {row["id"] for row in rows}
    asked = [item for kind in ("same-name", "alike") for item in await queue(store, kind=kind, limit=100)]
    assert not [item for item in asked if {item.target, item.other} <= bodies]


@pytest.mark.parametrize("papers", [OWNERS, TWINS], ids=["owners", "twins"])
async def test_contradictions_leave_the_store_sound(
    embedded_store: Store, tmp_path: Path, papers: dict[str, str]
) -> None:
    """The doctor finds nothing amiss, and the order of loading does not show."""
    folder = write_papers(tmp_path / "papers", papers)
    await ingest(embedded_store, [folder], jobs=1)
    assert (await examine(embedded_store)).ok
    before = await graph_hash(embedded_store)
    for name in sorted(papers, reverse=True):
        await ingest(embedded_store, [folder / name], jobs=1)
    assert await graph_hash(embedded_store) == before
