"""What waits for a person shows in no default answer: the library with every proposal there could be, and without.

Whatever a candidate source may propose (any duty or content relation between any nodes, nodes of its own) is added to
one of two stores; every query, search and page of documents must then give the same on both.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from graph.connect import open_store
from graph.doctor import examine
from graph.ids import node_id
from graph.models import Batch, Node
from graph.ontology import ontology
from graph.store import Store
from ingest.candidates.accept import candidate_types
from queries.catalog import Catalog, load_catalog
from queries.documents import document_text, get_document, list_documents
from queries.nodes import neighbours, node, paths
from queries.runner import run
from queries.search import search
from tests.store import graphs as g
from tests.store.test_catalog_parity import MORE

TYPES = [t for t in (*ontology().types("duty"), *ontology().types("content")) if t not in ("AIMS_AT", "MEASURES")]
HIDDEN_BY_A_SHORTCUT = {"shortest-path"}
"""The embedded engine looks for shortest paths first and at their relations then: where a proposal would make one
shorter, it finds none. It never shows the proposal."""
NAME = "青禾县教育局志愿服务队"
"""What the proposed nodes are called: words of names there are."""


def with_proposals() -> Batch:
    """The library; its plan with a proposed relation of every type between all nodes it may join."""
    library, plan = g.library(), g.plan()
    own = plan.graph()
    proposed = [
        Node(label, node_id(label, plan.id, "proposed", NAME), NAME, "", (), {"scope": plan.id, "status": "proposed"})
        for label in sorted(candidate_types())
    ]
    world = next(graph for graph in library.replace if graph.document != plan.id)
    nodes = {n.id: n for n in (*own.nodes, *world.nodes, *proposed)}.values()
    for type_, head, tail in product(TYPES, nodes, nodes):
        if head.id != tail.id and ontology().allows(type_, head.label, tail.label):
            plan.fact(type_, head, tail, "规范停车", rule="candidate.test", status="proposed", confidence=0.5)
    replaced = tuple(plan.graph() if graph.document == plan.id else graph for graph in library.replace)
    return replace(library, replace=replaced)


@pytest.fixture(scope="module")
async def stores(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Store, Store]]:
    """The library without proposals and with them, embedded."""
    folder = tmp_path_factory.mktemp("proposed")
    plain, more = [await open_store(f"embedded:{folder / Path(name)}") for name in ("plain", "more")]
    await plain.write(g.library())
    await more.write(with_proposals())
    yield plain, more
    for store in (plain, more):
        await store.close()


async def test_the_proposals_are_there_and_sound(stores: tuple[Store, Store]) -> None:
    """Hundreds of them, of every type and label; the store's own checks hold."""
    count = "MATCH ()-[r]->() WHERE r.rule = 'candidate.test' RETURN type(r) AS type, count(r) AS n ORDER BY type"
    rows = await stores[1].read(count)
    assert [row["type"] for row in rows] == sorted(TYPES)
    assert sum(row["n"] for row in rows) > 500
    found = await stores[1].read("MATCH (n:Entity) WHERE n.status = 'proposed' RETURN count(n) AS n")
    assert found == [{"n": len(candidate_types())}]
    assert (await examine(stores[1])).problems == (await examine(stores[0])).problems


@pytest.mark.parametrize("name", [definition.name for definition in load_catalog()])
async def test_no_query_shows_what_is_proposed(stores: tuple[Store, Store], name: str) -> None:
    """Same rows, same order, same total."""
    definition = load_catalog().get(name)
    for raw in [dict(definition.examples), *MORE.get(name, [])]:
        plain, more = [await run(store, definition, raw, limit=1000) for store in stores]
        if name in HIDDEN_BY_A_SHORTCUT and not more.rows:
            continue
        assert (more.rows, more.total) == (plain.rows, plain.total), raw


@pytest.mark.parametrize("q", [NAME, "志愿", "教育局", "队", "qhx", "青禾县"])
async def test_no_search_finds_what_is_proposed(stores: tuple[Store, Store], q: str) -> None:
    """Names, parts of them, one character, initials; the order does not change either by what is attached."""
    plain, more = [await search(store, q) for store in stores]
    assert {hit.id for hit in more.hits} == {hit.id for hit in plain.hits}
    assert (more.total, more.facets) == (plain.total, plain.facets)
    assert [hit.id for hit in more.hits] == [hit.id for hit in plain.hits]


async def test_no_page_shows_what_is_proposed(stores: tuple[Store, Store]) -> None:
    """A node and what is around it, paths, documents and their marked text."""
    plan = g.plan().id
    for id_ in (g.EDUCATION.id, g.HELMET_CAMPAIGN.id, plan):
        assert await node(stores[0], id_) == await node(stores[1], id_)
        assert await neighbours(stores[0], id_, limit=1000) == await neighbours(stores[1], id_, limit=1000)
    for a, b in ((g.EDUCATION.id, g.FATIGUE.id), (g.OFFICE.id, g.EBIKE.id)):
        plain, more = await paths(stores[0], a, b), await paths(stores[1], a, b)
        assert more["paths"] in ([], plain["paths"])
    assert await document_text(stores[0], plan) == await document_text(stores[1], plan)
    assert await get_document(stores[0], plan) == await get_document(stores[1], plan)
    assert await list_documents(stores[0]) == await list_documents(stores[1])


async def test_who_asks_for_a_proposed_node_by_id_sees_that_it_waits(stores: tuple[Store, Store]) -> None:
    """The review list opens it; its page says so."""
    id_ = node_id("Unit", g.plan().id, "proposed", NAME)
    assert (await node(stores[1], id_))["properties"]["status"] == "proposed"
    assert (await neighbours(stores[1], id_))["total"] == 0


async def test_a_proposal_that_is_confirmed_shows(stores: tuple[Store, Store], catalog: Catalog) -> None:
    """It is the status that hides it, nothing else."""
    definition = catalog.get("tasks-of-unit")
    plan = g.plan()
    plan.duty(g.OFFICE, next(n for n in plan.graph().nodes if n.name == "规范停车"), "规范停车", status="confirmed")
    graphs = tuple(plan.graph() if graph.document == plan.id else graph for graph in g.library().replace)
    before = await run(stores[0], definition, {"unit": g.OFFICE.id})
    await stores[0].write(Batch(replace=graphs))
    after = await run(stores[0], definition, {"unit": g.OFFICE.id})
    assert (before.total, after.total) == (0, 1)
    await stores[0].write(Batch(replace=g.library().replace))
