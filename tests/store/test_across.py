"""Links across documents in a store: all that comparing each with each gives, in any order; gone with their ends."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from graph.connect import open_store
from graph.doctor import examine
from graph.hashing import graph_hash
from graph.models import Batch
from graph.store import Store
from tests.graphs import relation
from tests.store.across import CHOSEN, expected_links, graphs, loading, removing, stored_links
from tests.wipe import wipe

pytestmark = pytest.mark.unmeasured

WRITERS = 4
ORDERS = 20
SUPERSEDED = graphs()["hefeng-2023-scheme"].document


async def _facts(store: Store) -> tuple[str, str | None, set[str]]:
    """Validity of the superseded document: its own, its last day, that of what it states."""
    (row,) = await store.read(
        "MATCH (d:Document {id: $id}) RETURN d.valid AS valid, d.valid_until AS until", {"id": SUPERSEDED}
    )
    facts = await store.read(
        "MATCH (n)-[r]->() WHERE r.doc = $id AND r.origin = 'extracted' RETURN DISTINCT r.valid AS valid",
        {"id": SUPERSEDED},
    )
    return row["valid"], row["until"], {fact["valid"] for fact in facts}


async def test_every_link_is_found_through_keys(store: Store) -> None:
    """Loaded one by one, the store has exactly the links that comparing each with each gives."""
    for name in CHOSEN:
        await store.write(loading(name))
    assert await stored_links(store) == expected_links(*CHOSEN)


async def test_both_engines_link_alike(embedded_store: Store, neo4j_store: Store) -> None:
    for one in (embedded_store, neo4j_store):
        for name in CHOSEN:
            await one.write(loading(name))
    assert await graph_hash(embedded_store) == await graph_hash(neo4j_store)


@contextlib.asynccontextmanager
async def _fresh(engine: str, folder: Path, url: str) -> AsyncIterator[Store]:
    """An empty store of ``engine``; ``url`` is the Neo4j of this session."""
    if engine == "neo4j":
        await wipe(url)
    store = await open_store(url if engine == "neo4j" else f"embedded:{folder}")
    yield store
    await store.close()


async def test_the_order_of_loading_does_not_show(engine: str, tmp_path: Path, neo4j_url: str) -> None:
    """Random orders and groupings give one graph."""
    found = set()
    for seed in range(ORDERS):
        chance = random.Random(seed)
        names = chance.sample(CHOSEN, len(CHOSEN))
        async with _fresh(engine, tmp_path / str(seed), neo4j_url) as store:
            while names:
                size = chance.randint(1, 4)
                await store.write(loading(*names[:size]))
                names = names[size:]
            found.add(await graph_hash(store))
    assert len(found) == 1


async def test_four_writers_at_once_give_the_graph_of_one(engine: str, tmp_path: Path, neo4j_url: str) -> None:
    """Each with a share of the documents, one document a transaction; on Neo4j each with a connection of its own."""
    async with _fresh(engine, tmp_path / "one", neo4j_url) as store:
        for name in CHOSEN:
            await store.write(loading(name))
        alone = await graph_hash(store)
    for seed in range(3):
        names = random.Random(seed).sample(CHOSEN, len(CHOSEN))
        async with _fresh(engine, tmp_path / str(seed), neo4j_url) as store, contextlib.AsyncExitStack() as others:
            writers = [store] * WRITERS
            if engine == "neo4j":
                writers = [store, *[await others.enter_async_context(_joined(neo4j_url)) for _ in writers[1:]]]
            await asyncio.gather(*(_load(writer, names[at::WRITERS]) for at, writer in enumerate(writers)))
            assert await graph_hash(store) == alone


@contextlib.asynccontextmanager
async def _joined(url: str) -> AsyncIterator[Store]:
    store = await open_store(url)
    yield store
    await store.close()


async def _load(store: Store, names: Sequence[str]) -> None:
    for name in names:
        await store.write(loading(name))


@pytest.mark.parametrize("name", ["hefeng-2023-plan", "hefeng-2024-scheme", "lanchuan-2023-plan"])
async def test_a_document_that_goes_leaves_no_trace(embedded_store: Store, name: str) -> None:
    """Removed, then loaded again: first as if it had never been there, then as if it had never gone."""
    rest = [other for other in CHOSEN if other != name]
    await embedded_store.write(loading(*rest))
    without = await graph_hash(embedded_store)
    await embedded_store.write(loading(name))
    whole = await graph_hash(embedded_store)
    assert await stored_links(embedded_store) == expected_links(*CHOSEN)
    await embedded_store.write(removing(name))
    assert await graph_hash(embedded_store) == without
    assert await stored_links(embedded_store) == expected_links(*rest)
    await embedded_store.write(loading(name))
    assert await graph_hash(embedded_store) == whole


async def test_a_changed_document_is_linked_anew(store: Store) -> None:
    """A plan that lost its tasks has no correspondences; as it was, it has them again. The report counts both."""
    await store.write(loading(*CHOSEN))
    before = await graph_hash(store)
    graph = graphs()["hefeng-2023-plan"]
    emptied = replace(
        graph,
        nodes=tuple(node for node in graph.nodes if node.label not in ("Task", "Indicator")),
        relations=tuple(r for r in graph.relations if not {"Task", "Indicator"} & {r.head_label, r.tail_label}),
    )
    links = len(await stored_links(store))
    away = await store.write(Batch(replace=(emptied,)))
    gone = links - len(await stored_links(store))
    assert gone > 0
    back = await store.write(Batch(replace=(graph,)))
    assert await graph_hash(store) == before
    assert away.relations_removed - away.relations_created == back.relations_created - back.relations_removed


async def test_a_superseded_document_is_marked_and_comes_back(store: Store) -> None:
    """同时废止 marks the document and all it states, whichever came first; when the repeal goes, they are current."""
    await store.write(loading("hefeng-2023-scheme"))
    assert await _facts(store) == ("current", None, {"current"})
    await store.write(loading("hefeng-2024-scheme"))
    assert await _facts(store) == ("superseded", "2024-02-18", {"superseded"})
    marked = await graph_hash(store)
    await store.write(removing("hefeng-2024-scheme"))
    assert await _facts(store) == ("current", None, {"current"})
    await store.write(removing("hefeng-2023-scheme"))
    await store.write(loading("hefeng-2024-scheme"))
    await store.write(loading("hefeng-2023-scheme"))
    assert await graph_hash(store) == marked


async def test_what_a_reviewer_marked_keeps_its_mark(embedded_store: Store) -> None:
    """A fact that is withdrawn by itself is so before, during and after the document's being superseded."""
    graph = graphs()["hefeng-2023-scheme"]
    chosen = next(r for r in graph.relations if r.type == "LEADS")
    own = replace(chosen, properties={**chosen.properties, "valid": "withdrawn"})
    changed = replace(graph, relations=tuple(own if r.key == own.key else r for r in graph.relations))
    await embedded_store.write(replace(loading("hefeng-2023-scheme"), replace=(changed,)))
    expected = await _facts(embedded_store)
    await embedded_store.write(loading("hefeng-2024-scheme"))
    assert (await _facts(embedded_store))[2] == {"superseded", "withdrawn"}
    await embedded_store.write(removing("hefeng-2024-scheme"))
    assert await _facts(embedded_store) == expected == ("current", None, {"current", "withdrawn"})


async def test_facts_between_shared_things_are_marked_too(embedded_store: Store) -> None:
    """A relation of a document between two shared nodes hangs on none of its own."""
    graph = graphs()["hefeng-2023-scheme"]
    campaign = next(node for node in graph.nodes if node.label == "Campaign")
    group = next(node for node in graph.nodes if node.label == "PersonGroup")
    said = next(r for r in graph.relations if r.properties.get("origin") == "extracted").properties
    proof = {name: said[name] for name in ("doc", "start_char", "end_char", "quote", "origin")}
    stated = relation("TARGETS", campaign, group, **proof, rule="test")  # type: ignore[arg-type]
    graph = replace(graph, relations=(*graph.relations, stated))
    await embedded_store.write(replace(loading("hefeng-2023-scheme"), replace=(graph,)))
    await embedded_store.write(loading("hefeng-2024-scheme"))
    rows = await embedded_store.read(
        "MATCH (:Campaign)-[r:TARGETS]->() WHERE r.doc = $id RETURN r.valid AS valid", {"id": SUPERSEDED}
    )
    assert {row["valid"] for row in rows} == {"superseded"}


async def test_the_store_stays_sound(embedded_store: Store) -> None:
    """The doctor finds nothing amiss in a linked graph."""
    await embedded_store.write(loading(*CHOSEN))
    await embedded_store.write(removing("hefeng-2024-scheme"))
    assert (await examine(embedded_store)).ok
