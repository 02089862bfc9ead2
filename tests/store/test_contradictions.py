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
    f"{city}.txt": f"{city}青禾县公安局交警大队2024年工作要点\n\n一、工作\n（一）整治电动车。大队负责，县教育局配合。\n"
    for city in ("柳泉市", "白石市")
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


async def test_one_name_in_two_cities_is_two_bodies(store: Store, catalog: Catalog, tmp_path: Path) -> None:
    """青禾县 of 柳泉市 and of 白石市: two brigades, each with its own task; nobody is asked to merge them."""
    await ingest(store, [write_papers(tmp_path / "papers", TWINS)], jobs=1)
    rows = await store.read(
        "MATCH (u:Unit)-[:LEADS]->(t:Task) WHERE u.name ENDS WITH '青禾县公安局交警大队' AND t.level = 'item' "
        "RETURN u.jurisdiction AS at, u.id AS id, count(DISTINCT t.doc) AS documents ORDER BY at"
    )
    assert [(row["at"], row["documents"]) for row in rows] == [("柳泉市/青禾县", 1), ("白石市/青禾县", 1)]
    asked = [item for kind in ("same-name", "alike") for item in await queue(store, kind=kind, limit=100)]
    brigades = {row["id"] for row in rows}
    assert not [item for item in asked if {item.target, item.other} == brigades]


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
