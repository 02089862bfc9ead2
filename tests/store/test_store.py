"""What both engines promise of reading, values, errors and life cycle. Every test runs on both."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from typing import Any

import pytest

from graph.connect import open_store
from graph.documents import meta
from graph.errors import InvalidQuery, QueryTimeout, SchemaTooNew, StoreUnavailable
from graph.hashing import graph_hash
from graph.models import Batch, DocumentGraph, Node
from graph.ontology import ontology
from graph.schema import SCHEMA_VERSION
from graph.store import Engine, Store
from tests.graphs import batch, document, unit

SQUAD = unit("云溪县公安局交警大队")
SLOW = "UNWIND range(1, 200000) AS a UNWIND range(1, 20000) AS b WITH a, b WHERE (a * b) % 7 = 8 RETURN count(*) AS n"


async def test_it_is_up_to_date_and_healthy(store: Store) -> None:
    health = await store.health()
    assert health.ok
    assert health.schema_version == SCHEMA_VERSION
    assert health.revision == 0
    assert health.version
    assert await store.schema() == SCHEMA_VERSION


async def test_values_have_one_shape(store: Store) -> None:
    """Strings, numbers, lists and maps as they are; times as ISO-8601 strings."""
    rows = await store.read(
        "RETURN 1 AS whole, 1.0 AS real, 'x' AS text, true AS yes, null AS none, [1, 'a', [2.5]] AS list, "
        "{a: 1, b: [{c: 'd'}]} AS map, date('2024-05-06') AS day, 7 / 2 AS quotient, [date('2024-05-06')] AS days"
    )
    assert rows == [
        {
            "whole": 1,
            "real": 1.0,
            "text": "x",
            "yes": True,
            "none": None,
            "list": [1, "a", [2.5]],
            "map": {"a": 1, "b": [{"c": "d"}]},
            "day": "2024-05-06",
            "quotient": 3,
            "days": ["2024-05-06"],
        }
    ]
    assert [type(value) for value in rows[0].values()][:2] == [int, float]


async def test_every_property_of_the_ontology_comes_back_as_written(store: Store) -> None:
    """All property types on all labels; a whole number where a float belongs comes back as a float."""
    samples: dict[str, Any] = {
        "string": "2024-01-01",
        "integer": 52000,
        "float": 52000,
        "boolean": True,
        "strings": ["乙", "甲", "2024-01-01"],
        "floats": [1, 2.5],
    }
    shared = [label for label in ontology().nodes if ontology().node(label).scope == "shared"]
    nodes = [Node(label, f"{label.lower()}:{'0' * 20}", "名", "", (), _filled(label, samples)) for label in shared]
    await store.write(Batch(replace=(DocumentGraph("knowledge", "", tuple(nodes), ()),)))
    for node in nodes:
        columns = ", ".join(f"n.{name} AS {name}" for name in node.properties)
        rows = await store.read(f"MATCH (n:{node.label}) RETURN n.aliases AS aliases, {columns or '1 AS one'}")
        expected = {"aliases": [], **(node.properties or {"one": 1})}
        assert rows == [expected]
        assert {name: type(value) for name, value in rows[0].items()} == {
            name: float if ontology().node(node.label).properties.get(name) == "float" else type(value)
            for name, value in expected.items()
        }


def _filled(label: str, samples: dict[str, Any]) -> dict[str, Any]:
    return {name: samples[kind] for name, kind in ontology().node(label).properties.items()}


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (n:Unit {id: 'unit:x'})",
        "MATCH (n:Unit) SET n.name = 'x'",
        "MATCH (n) DETACH DELETE n",
        "MERGE (n:Meta {id: 'graph'}) SET n.revision = 9",
        "CREATE INDEX x FOR (n:Unit) ON (n.name)",
    ],
)
async def test_a_read_refuses_to_write(store: Store, statement: str) -> None:
    await store.write(batch(document("甲.txt", [(SQUAD, "查处酒驾")])))
    before = await graph_hash(store)
    with pytest.raises(InvalidQuery):
        await store.read(statement)
    assert await graph_hash(store) == before


@pytest.mark.parametrize(
    "statement",
    ["MATCH (n", "RETURN $missing AS x", "CALL db.index.fulltext.queryNodes('nowhere', 'x') YIELD node RETURN 1"],
)
async def test_a_wrong_statement_says_why(store: Store, statement: str) -> None:
    with pytest.raises(InvalidQuery) as caught:
        await store.read(statement)
    assert store.url in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("returned", ["n", "r", "p", "[n]", "{n: n}"])
async def test_whole_nodes_are_refused(store: Store, returned: str) -> None:
    """Engines disagree about what a whole node looks like, so neither gives one."""
    await store.write(batch(document("甲.txt", [(SQUAD, "查处酒驾")])))
    with pytest.raises(InvalidQuery, match="named values"):
        await store.read(f"MATCH p = (n:Unit)-[r:LEADS]->(:Task) RETURN {returned} AS x")


async def test_a_value_no_engine_can_hold_is_refused(store: Store) -> None:
    for value in ("\ud800", b"bytes", object()):
        with pytest.raises(InvalidQuery):
            await store.read("RETURN $value AS x", {"value": value})


async def test_at_most_limit_rows(store: Store) -> None:
    rows = await store.read("UNWIND range(1, 50) AS n RETURN n ORDER BY n", limit=3)
    assert rows == [{"n": 1}, {"n": 2}, {"n": 3}]
    assert await store.read("RETURN 1 AS n LIMIT 0", limit=3) == []


async def test_a_slow_read_is_given_up(store: Store) -> None:
    """QueryTimeout soon after the limit, and the store goes on answering."""
    start = time.monotonic()
    with pytest.raises(QueryTimeout) as caught:
        await store.read(SLOW, timeout=0.5)
    assert time.monotonic() - start < 4
    assert "0.5 s" in caught.value.message("en")
    assert "查询" in caught.value.message("zh")
    assert await store.read("RETURN 1 AS one") == [{"one": 1}]


async def test_many_reads_at_once(store: Store) -> None:
    """One event loop, forty reads and a write together: each gets its own answer."""
    reads = [store.read("RETURN $n AS n", {"n": n}) for n in range(40)]
    answers, report = await asyncio.gather(
        asyncio.gather(*reads), store.write(batch(document("甲.txt", [(SQUAD, "查处酒驾")])))
    )
    assert answers == [[{"n": n}] for n in range(40)]
    assert report.revision == 1


async def test_what_is_written_is_there_after_reopening(store_url: str) -> None:
    store = await open_store(store_url)
    await store.write(batch(document("甲.txt", [(SQUAD, "查处酒驾")])))
    expected = await graph_hash(store)
    await store.close()
    await store.close()
    with pytest.raises(StoreUnavailable):
        await store.read("RETURN 1 AS one")
    assert not (await store.health()).ok
    again = await open_store(store_url)
    assert await graph_hash(again) == expected
    assert (await meta(again)).revision == 1
    found = await again.read(
        "CALL db.index.fulltext.queryNodes('search_task', '酒驾') YIELD node RETURN node.name AS n"
    )
    assert found == [{"n": "查处酒驾"}]
    await again.close()


async def test_a_store_of_a_newer_zhize_is_left_alone(store_url: str) -> None:
    store = await open_store(store_url)
    await set_version(store, SCHEMA_VERSION + 1)
    await store.close()
    try:
        with pytest.raises(SchemaTooNew, match=f"version {SCHEMA_VERSION + 1}"):
            await open_store(store_url)
    finally:
        if store_url.startswith("neo4j"):
            await _repair(store_url)


async def set_version(store: Store, version: int) -> None:
    engine: Engine = store  # type: ignore[assignment]
    await engine.transact(lambda tx: tx.run("MATCH (m:Meta) SET m.schema_version = $version", {"version": version}))


async def _repair(url: str) -> None:
    from graph.settings import StoreSettings
    from graph.stores.neo4j import Neo4jStore

    store = Neo4jStore(url, StoreSettings())
    await set_version(store, SCHEMA_VERSION)
    await store.close()


async def test_a_changed_ontology_is_followed(store: Store) -> None:
    """A store whose schema was made from another ontology gets the missing parts on the next opening."""
    engine: Engine = store  # type: ignore[assignment]
    await engine.define(("DROP CONSTRAINT unit_id IF EXISTS",))
    await engine.transact(lambda tx: tx.run("MATCH (m:Meta) SET m.schema_digest = 'old'"))
    await store.schema()
    assert (await meta(store)).schema_digest != "old"
    twice = "UNWIND [1, 2] AS n CREATE (u:Unit {id: 'unit:1'}) SET u.name = 'x'"
    with pytest.raises(Exception, match="already exists"):
        await engine.transact(lambda tx: tx.run(twice))


async def test_a_store_without_a_schema_is_not_written(store: Store) -> None:
    from graph.errors import StoreError

    engine: Engine = store  # type: ignore[assignment]
    digest = (await meta(store)).schema_digest
    await engine.transact(lambda tx: tx.run("MATCH (m:Meta) DELETE m"))
    assert await meta(store) == dataclasses.replace(await meta(store), revision=0, schema_version=None)
    with pytest.raises(StoreError, match="zhize migrate"):
        await store.write(batch(document("甲.txt")))
    await store.schema()
    assert (await meta(store)).schema_digest == digest
