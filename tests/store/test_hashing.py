"""The graph hash: the same facts give the same number, on both engines and however they are read."""

from __future__ import annotations

import pytest

from graph import hashing, paging
from graph.connect import open_store
from graph.errors import WriteConflict
from graph.hashing import graph_hash
from graph.store import Engine, Store
from tests.graphs import batch, document, knowledge, relation, unit

SQUAD = unit("云溪县公安局交警大队", "云溪大队")
OFFICE = unit("云溪县公安局")
GRAPHS = [
    *(document(f"{n}.txt", [(SQUAD, f"任务{n}之{m}") for m in range(6)]) for n in range(5)),
    knowledge([SQUAD, OFFICE], [relation("SUBORDINATE_TO", SQUAD, OFFICE)]),
]


async def test_both_engines_agree(embedded_store: Store, neo4j_store: Store) -> None:
    for store in (embedded_store, neo4j_store):
        await store.write(batch(*GRAPHS))
    assert await graph_hash(embedded_store) == await graph_hash(neo4j_store)


async def test_an_empty_graph_has_the_hash_of_nothing(store: Store) -> None:
    assert await graph_hash(store) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


async def test_pages_and_runs_do_not_show(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small pages, and sorted runs on disk, give the same number."""
    await store.write(batch(*GRAPHS))
    expected = await graph_hash(store)
    monkeypatch.setattr(paging, "PAGE", 7)
    monkeypatch.setattr(hashing, "RUN", 10)
    assert await graph_hash(store) == expected


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ("MATCH (t:Task {name: '任务1之2'}) SET t.order = 9", True),
        ("MATCH (u:Unit) SET u.aliases = ['别名']", True),
        ("MATCH ()-[r:SUBORDINATE_TO]->() SET r.source = '别处'", True),
        ("MATCH ()-[r:LEADS]->() SET r.confidence = 0.90001", False),
        ("MATCH ()-[r:LEADS]->() SET r.confidence = 0.9001", True),
        ("MATCH (u:Unit) SET u.search = 'x', u.support = 'y'", False),
        ("MATCH (s:Source) SET s.sha256 = 'x'", False),
        ("MATCH (c:Claim) DELETE c", False),
    ],
)
async def test_facts_count_and_bookkeeping_does_not(store: Store, change: str, seen: bool) -> None:
    engine: Engine = store  # type: ignore[assignment]
    await store.write(batch(*GRAPHS))
    before = await graph_hash(store)
    await engine.transact(lambda tx: tx.run(change))
    assert (await graph_hash(store) != before) == seen


async def test_a_hash_is_never_of_a_graph_in_between(
    store: Store, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody writes while we read: start again; somebody always writes: say so."""
    inner = hashing._hash
    writes = iter(range(100))
    limit = 1

    async def disturbed(read: Store) -> str:
        value = await inner(read)
        if (number := next(writes)) < limit:
            await store.write(batch(document("又.txt", [(SQUAD, f"任务{number}")])))
        return value

    monkeypatch.setattr(hashing, "_hash", disturbed)
    await store.write(batch(*GRAPHS))
    value = await graph_hash(store)
    assert value == await inner(store)
    limit = 100
    with pytest.raises(WriteConflict, match="hashed"):
        await graph_hash(store)


async def test_the_hash_is_fixed_for_ever(embedded_url: str) -> None:
    """Changing the canonical form must be a decision: it makes every known hash wrong."""
    store = await open_store(embedded_url)
    await store.write(batch(*GRAPHS))
    assert await graph_hash(store) == "5f6c328de41ddeaab4ed697e55dae2e5b057f6f208b13c91211420a69c7e8482"
    await store.close()
