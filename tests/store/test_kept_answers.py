"""Answers that are kept follow the graph, whoever writes to it."""

from __future__ import annotations

from typing import Any

from graph.connect import open_store
from graph.store import Store
from queries.catalog import Catalog
from queries.cypher_text import unlimited
from queries.runner import run
from tests.store.graphs import aside, batch_of, library, only, plan


class _Counting:
    """A store that notes what it is asked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.url = store.url
        self.asked: list[str] = []

    async def read(self, cypher: str, *args: Any, **more: Any) -> Any:
        self.asked.append(cypher)
        return await self._store.read(cypher, *args, **more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


async def test_a_global_answer_is_computed_once_for_a_state_of_the_graph(store: Store, catalog: Catalog) -> None:
    """Asked again, only the revision is read; after a write the answer is new."""
    batch = library()
    await store.write(only(batch, batch.replace[0]))
    counting = _Counting(store)
    definition = catalog.get("statistics")
    first = await run(counting, definition, {})  # type: ignore[arg-type]
    asked = len(counting.asked)
    assert await run(counting, definition, {}) == first  # type: ignore[arg-type]
    assert len(counting.asked) == asked + 1
    assert "revision" in counting.asked[-1]
    await store.write(batch_of(plan()))
    second = await run(counting, definition, {})  # type: ignore[arg-type]
    assert {row["name"]: row["count"] for row in second.rows}["Document"] == 1
    assert second != first


async def test_queries_of_one_statement_are_kept_apart(store: Store, catalog: Catalog) -> None:
    """Another name, other columns: each answer is its own query's, whichever was asked first."""
    await store.write(batch_of(plan()))
    definition = catalog.get("statistics")
    named = definition.model_copy(update={"name": "numbers"})
    fewer = definition.model_copy(update={"columns": definition.columns[:1]})
    for asked in (definition, named, fewer):
        found = await run(store, asked, {})
        assert (found.query, found.columns) == (asked.name, asked.columns)
        assert list(found.rows[0]) == [column.name for column in asked.columns]


async def test_an_answer_is_counted_once_for_a_state_of_the_graph(store: Store, catalog: Catalog) -> None:
    """The second page needs no second count, the embedded engine none at all; after a write the total is new."""
    await store.write(batch_of(plan()))
    counting = _Counting(store)
    definition = catalog.get("documents-by-issuer")
    raw = {"unit": "青禾交警大队"}
    assert (await run(counting, definition, raw, limit=1)).total == 1  # type: ignore[arg-type]
    await store.write(batch_of(aside()))
    counting.asked.clear()
    for _ in range(2):
        assert (await run(counting, definition, raw, limit=1)).total == 2  # type: ignore[arg-type]
    assert sum("AS total" in text for text in counting.asked) == (store.state() is None)


async def test_a_page_knows_the_whole_wherever_it_begins(store: Store, catalog: Catalog) -> None:
    """Pages of one row, one after the other and past the last, are the whole answer, each with the same total."""
    await store.write(library())
    definition = catalog.get("statistics")
    whole = await run(store, definition, {})
    rows, cursor = [], None
    while cursor or not rows:
        page = await run(store, definition, {}, limit=1, cursor=cursor)
        assert page.total == whole.total == len(whole.rows)
        rows += page.rows
        cursor = page.next
    assert rows == whole.rows
    ordered = unlimited(definition.cypher)
    assert (await store.page(ordered, {}, skip=len(rows), limit=5)).rows == []


async def test_a_state_lasts_until_the_next_change(store: Store) -> None:
    """A store whose every change passes through it has another state after each."""
    if store.state() is None:
        return
    seen = [store.state()]
    await store.read("MATCH (n:Document) RETURN n.id AS id")
    assert store.state() is seen[0]
    await store.write(batch_of(plan()))
    seen.append(store.state())
    await store.write(batch_of(aside()))
    seen.append(store.state())
    assert len({id(state) for state in seen}) == 3


async def test_another_process_writing_to_neo4j_is_seen(neo4j_url: str, neo4j_store: Store, catalog: Catalog) -> None:
    """The revision is read from the store, not remembered."""
    definition = catalog.get("statistics")
    await neo4j_store.write(batch_of(plan()))
    before = await run(neo4j_store, definition, {})
    other = await open_store(neo4j_url)
    await other.write(batch_of(aside()))
    await other.close()
    after = await run(neo4j_store, definition, {})
    documents = [{row["name"]: row["count"] for row in found.rows}["Document"] for found in (before, after)]
    assert documents == [1, 2]
