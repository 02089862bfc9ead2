"""The doctor finds what is wrong, on both engines, and says what to do."""

from __future__ import annotations

import re

import pytest

from graph.connect import open_store
from graph.doctor import examine
from graph.hashing import graph_hash
from graph.schema import SCHEMA_VERSION
from graph.settings import StoreSettings
from graph.store import Engine, Store
from queries.catalog import load_catalog
from queries.runner import run
from service.cli.root import COMMANDS
from tests.graphs import batch, document, relation, unit

SQUAD = unit("云溪县公安局交警大队", "云溪大队")
OFFICE = unit("云溪县公安局")
BELONGS = relation("SUBORDINATE_TO", SQUAD, OFFICE)
GRAPH = document("甲.txt", [(SQUAD, "查处酒驾")], extra=[OFFICE], shared=[BELONGS])


async def test_a_sound_store_has_no_problems(store: Store) -> None:
    await store.write(batch(GRAPH))
    examined = await examine(store)
    assert examined.ok
    assert examined.schema_known == examined.health.schema_version == SCHEMA_VERSION
    assert examined.nodes == {"Document": 1, "Task": 1, "Unit": 2}
    assert examined.relations == {"LEADS": 1, "SUBORDINATE_TO": 1}
    assert examined.graph_hash == await graph_hash(store)
    assert examined.knowledge == ""


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        ("MATCH (t:Task) SET t.quote = '别的'", "unproved-facts"),
        ("MATCH ()-[r:LEADS]->() SET r.start_char = 3", "unproved-facts"),
        ("MATCH ()-[r:LEADS]->() REMOVE r.quote", "unproved-facts"),
        ("MATCH (c:Content) SET c.text = '换了一份'", "unproved-facts"),
        ("MATCH ()-[r:LEADS]->() SET r.doc = 'document:other'", "facts-of-absent-documents"),
        ("MATCH (t:Task) SET t.doc = 'document:other'", "facts-of-absent-documents"),
        ("MATCH (u:Unit) REMOVE u.support", "support-mismatch"),
        ('MATCH (u:Unit) SET u.support = \'{"refs":7,"aliases":{},"digest":"x"}\'', "support-mismatch"),
        ("CREATE (u:Unit:Entity {id: 'unit:stray'}) SET u.name = '游离'", "support-mismatch"),
        ("MATCH (u:Unit {name: '云溪县公安局'}) DETACH DELETE u", "support-mismatch"),
        ("MATCH ()-[r:SUBORDINATE_TO]->() SET r.support = 5", "support-mismatch"),
        ("MATCH ()-[r:SUBORDINATE_TO]->() DELETE r", "support-mismatch"),
        ("MATCH (s:Source) DELETE s", "misfiled-texts"),
        ("MATCH (c:Content) DELETE c", "misfiled-texts"),
        ("MATCH (c:Claim) DELETE c", "misfiled-texts"),
    ],
)
async def test_damage_is_found(store: Store, damage: str, code: str) -> None:
    engine: Engine = store  # type: ignore[assignment]
    await store.write(batch(GRAPH))
    await engine.transact(lambda tx: tx.run(damage))
    examined = await examine(store)
    found = {problem.code: problem for problem in examined.problems}
    assert not examined.ok
    assert found[code].count >= 1
    assert found[code].examples
    for sentence in found[code].remedy.values():
        named = re.findall(r"zhize ([a-z]+)", sentence)
        assert named
        assert set(named) <= set(COMMANDS), "a remedy that can be followed"


async def test_a_store_that_is_down_is_examined_too(embedded_url: str) -> None:
    store = await open_store(embedded_url, StoreSettings())
    await store.close()
    examined = await examine(store)
    assert not examined.ok
    assert not examined.health.ok
    assert examined.graph_hash == ""


async def test_a_circle_in_the_hierarchy_is_said_and_answers_go_on(store: Store) -> None:
    """Of two documents each puts the other's body above: both are kept, and the doctor names them."""
    above = relation("SUBORDINATE_TO", OFFICE, SQUAD)
    await store.write(batch(GRAPH, document("乙.txt", [(OFFICE, "检查企业")], extra=[SQUAD], shared=[above])))
    (problem,) = (await examine(store)).problems
    assert (problem.code, problem.count) == ("circular-hierarchies", 1)
    assert "云溪县公安局" in problem.examples[0]
    found = await run(store, load_catalog().get("unit-hierarchy"), {"unit": SQUAD.id})
    assert [(row["direction"], row["other"]["name"]) for row in found.rows] == [
        ("above", "云溪县公安局"),
        ("below", "云溪县公安局"),
    ]
