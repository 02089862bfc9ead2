"""The examples and the reference texts in both stores: proved to the last fact, one graph, one answer."""

from __future__ import annotations

from typing import Any

import pytest

from graph.doctor import examine
from graph.documents import text_of
from graph.hashing import graph_hash
from graph.store import Store
from queries.ask import ask
from queries.catalog import Catalog, load_catalog
from queries.header import Param, QueryDefinition
from queries.runner import run

pytestmark = pytest.mark.unmeasured


async def test_every_fact_is_proved(corpus_store: Store) -> None:
    """No quote differs from its text, no count is off, nothing hangs in the air."""
    examined = await examine(corpus_store)
    assert examined.problems == ()
    assert examined.relations["LEADS"] > 0


async def test_both_engines_hold_one_graph(corpora: dict[str, Store]) -> None:
    """The same documents give the same hash on both engines."""
    assert await graph_hash(corpora["embedded"]) == await graph_hash(corpora["neo4j"])


async def test_the_owners_of_the_helmet_campaign_are_named_with_proof(corpus_store: Store, catalog: Catalog) -> None:
    """“一盔一带由哪些单位负责” names an owner in each text that speaks of it, and none where it is not spoken of."""
    answer = await ask(corpus_store, catalog, "一盔一带由哪些单位负责", limit=1_000)
    assert answer.query == "units-owning-task"
    sources = await _sources(corpus_store)
    owners: dict[str, set[tuple[str, str, bool]]] = {}
    for row in answer.rows:
        text = await text_of(corpus_store, row["document"]["id"])
        assert text[row["start"] : row["end"]] == row["quote"]
        assert "一盔一带" in row["match"]["quote"]
        owners.setdefault(sources[row["document"]["id"]][:3], set()).add(
            (row["unit"]["name"], row["role"], row["implicit"])
        )
    assert ("汨罗市公安局交警大队", "LEADS", True) in owners["000"]
    assert {("X交警大队", "LEADS", False), ("X交警大队", "LEADS", True)} <= owners["002"]
    assert ("株洲市公安局交警支队", "LEADS", True) in owners["003"]
    assert not {"001", "004"} & owners.keys()


async def _sources(store: Store) -> dict[str, str]:
    found = await store.read("MATCH (d:Document) RETURN d.id AS id, d.source AS source ORDER BY id")
    return {row["id"]: row["source"] for row in found}


@pytest.fixture(scope="session")
async def busiest(corpora: dict[str, Store]) -> dict[str, list[dict[str, Any]]]:
    """The five most connected nodes of every label."""
    rows = await corpora["neo4j"].read(
        "MATCH (n:Entity) WITH n, labels(n) AS names, COUNT { (n)--() } AS degree "
        "RETURN [x IN names WHERE x <> 'Entity'][0] AS label, n.id AS id, n.name AS name, degree "
        "ORDER BY degree DESC, id"
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if len(found.setdefault(row["label"], [])) < 5:
            found[row["label"]].append(row)
    return found


@pytest.mark.parametrize("name", [definition.name for definition in load_catalog()])
async def test_every_query_answers_alike_on_both_engines(
    corpora: dict[str, Store], busiest: dict[str, list[dict[str, Any]]], catalog: Catalog, name: str
) -> None:
    """Rows, order and totals agree on real documents, asked by the names and ids of their most connected nodes."""
    definition = catalog.get(name)
    found = 0
    for raw in [dict(definition.examples), *_questions(definition, busiest)]:
        answers = [await run(store, definition, raw, limit=1_000) for store in corpora.values()]
        assert answers[0].rows == answers[1].rows, f"{name} {raw}"
        assert answers[0].total == answers[1].total, f"{name} {raw}"
        found += len(answers[0].rows)
    assert found > 0


def _questions(definition: QueryDefinition, busiest: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Values for the required parameters: of the first label by name and by id, of the others by name."""
    required = [p for p in definition.params if p.required]
    values = {p.name: _values(p, busiest) for p in required}
    return [
        {name: choices[(n + shift) % len(choices)] for shift, (name, choices) in enumerate(values.items())}
        for n in range(max(map(len, values.values()), default=0))
    ]


def _values(param: Param, busiest: dict[str, list[dict[str, Any]]]) -> list[Any]:
    if not param.labels:
        return [param.example]
    first, *others = [label for label in param.labels if label in busiest]
    ids = [node["id"] for node in busiest[first]] + [busiest[label][0]["id"] for label in others]
    names = [node["name"] for node in busiest[first]] + [busiest[label][0]["name"] for label in others]
    return ids if param.type == "id" else [value for pair in zip(names, ids, strict=True) for value in pair]
