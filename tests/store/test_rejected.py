"""Rejected facts leave every default answer: as if the document had never said them.

Two stores: in one some facts and nodes are rejected, the other is loaded without them. Every query of the catalog,
search and the pages of documents and nodes give the same on both.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from graph.models import Batch, DocumentGraph
from graph.review.decide import decide
from graph.store import Store
from queries.catalog import Catalog
from queries.documents import document_text, get_document, list_documents
from queries.nodes import neighbours, node
from queries.runner import run
from queries.search import search
from tests.store import graphs as g
from tests.store.deciding import asked, opened_pair
from tests.store.test_catalog_parity import MORE

NODES = (g.HELMETS.id, g.ROAD.id, g.OFFICE.id, "规范停车", "推动村民委员会开展劝导", "其中2751起", "头盔佩戴率达到95%")
"""Rejected nodes: shared ones by id, those of a document by name."""
FACTS = (
    ("LEADS", "深化“一盔一带”安全守护行动"),
    ("ISSUED_BY", g.DETACHMENT.name),
    ("TARGETS", g.HEAVY.name),
    ("LOCATED_IN", g.COUNTY.name),
    ("CITES", g.LAW.name),
    ("KIND_OF", g.TRUCK.name),
)
"""Rejected relations, by type and name of the tail."""
HIDDEN_BY_A_SHORTCUT = {"shortest-path"}
"""The embedded engine looks for shortest paths first and at their relations then, and finds none in place of one that
a rejected fact makes shorter. It never shows the rejected one."""


def without(graph: DocumentGraph) -> DocumentGraph:
    """The graph as if it had never said what is rejected."""
    names = {n.id: n.name for n in graph.nodes}
    gone = {id_ for id_, name in names.items() if id_ in NODES or name in NODES}
    relations = tuple(
        r for r in graph.relations if r.head not in gone and r.tail not in gone and (r.type, names[r.tail]) not in FACTS
    )
    return replace(graph, nodes=tuple(n for n in graph.nodes if n.id not in gone), relations=relations)


@pytest.fixture(scope="module")
async def stores(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Store, Store]]:
    """The library without what is rejected, and with it, rejected."""
    async with opened_pair(tmp_path_factory.mktemp("rejected")) as (plain, decided):
        library = g.library()
        await plain.write(replace(library, replace=tuple(map(without, library.replace))))
        await decided.write(library)
        for name in NODES:
            rows = await decided.read("MATCH (n:Entity) WHERE n.id = $x OR n.name = $x RETURN n.id AS id", {"x": name})
            await decide(decided, asked("reject", rows[0]["id"]))
        for type_, tail in FACTS:
            rows = await decided.read(
                f"MATCH ()-[r:{type_}]->(n) WHERE n.name = $tail RETURN r.key AS key ORDER BY key", {"tail": tail}
            )
            for row in rows:
                await decide(decided, asked("reject", row["key"]))
        yield plain, decided


async def test_no_query_shows_what_was_rejected(stores: tuple[Store, Store], catalog: Catalog) -> None:
    """Every example of the catalog and of the parity test, and every campaign, unit and document by id."""
    plain, decided = stores
    asked_for = [(d.name, dict(d.examples)) for d in catalog] + [(n, dict(p)) for n, many in MORE.items() for p in many]
    compared = 0
    for name, params in asked_for:
        if name in HIDDEN_BY_A_SHORTCUT:
            continue
        first, second = [(await run(store, catalog.get(name), params)).rows for store in stores]
        assert second == first, (name, params)
        compared += bool(first)
    assert compared >= 20
    assert (await run(plain, catalog.get("statistics"), {})).rows == (
        await run(decided, catalog.get("statistics"), {})
    ).rows


async def test_no_search_finds_what_was_rejected(stores: tuple[Store, Store]) -> None:
    """By name, part of it, initials and one character."""
    for words in ("一盔一带", "ykyd", "107国道", "交安委", "规范停车", "头盔", "盔", "停"):
        first, second = [await search(store, words) for store in stores]
        assert [hit.id for hit in second.hits] == [hit.id for hit in first.hits], words
        assert second.facets == first.facets


async def test_no_page_shows_what_was_rejected(stores: tuple[Store, Store]) -> None:
    """The list of documents, each document with its counts, issuer and spans, each node with its neighbours."""
    plain, decided = stores
    assert await list_documents(decided) == await list_documents(plain)
    for source in (g.plan(), g.summary(), g.aside()):
        assert await get_document(decided, source.id) == await get_document(plain, source.id)
        assert await document_text(decided, source.id) == await document_text(plain, source.id)
    for row in await plain.read("MATCH (n:Entity) RETURN n.id AS id ORDER BY id"):
        assert await node(decided, row["id"]) == await node(plain, row["id"])
        assert await neighbours(decided, row["id"]) == await neighbours(plain, row["id"])


async def test_who_asks_for_it_by_id_sees_that_it_was_rejected(stores: tuple[Store, Store]) -> None:
    """It is not deleted: its page says so."""
    assert (await node(stores[1], g.HELMETS.id))["properties"]["status"] == "rejected"


def test_something_of_every_kind_is_rejected_here() -> None:
    """The tests above would pass on nothing."""
    library: Batch = g.library()
    for graph in library.replace:
        assert len(without(graph).relations) < len(graph.relations) or graph.document == g.aside().id
