"""One store into another: the same graph, texts and originals; a target with documents is refused; stops do no harm."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph import copying
from graph.canonical import fingerprint
from graph.connect import open_store
from graph.copying import CARRIED, LEFT_BEHIND, copy
from graph.doctor import examine
from graph.documents import knowledge_version, original_of, sources
from graph.errors import DecisionRefused, InvalidParameter, NotFound, StoreError, StoreNotEmpty, WriteConflict
from graph.hashing import graph_hash
from graph.ids import document_id
from graph.models import KNOWLEDGE, DocumentGraph
from graph.ontology import ontology
from graph.readback import reader, stored_graph
from graph.review.decide import decide
from graph.review.log import read_log
from graph.store import Store
from ingest.load import ingest
from ingest.world import knowledge_graph
from tests.graphs import batch, document, knowledge, unit
from tests.store import across
from tests.store import graphs as g
from tests.store.across import graphs, loading
from tests.store.deciding import asked, key_of, tampered
from tests.unit.ingest.papers import write_papers


def keyed(graph: DocumentGraph) -> DocumentGraph:
    """``graph`` as extraction writes it: with the key of a relation among its properties, as it is in a store."""
    relations = tuple(replace(r, properties={**r.properties, "key": r.key}) for r in graph.relations)
    return replace(graph, relations=relations)


def paper(source: str, owner: str = "禾丰县公安局", task: str = "任务") -> DocumentGraph:
    """A document with one task."""
    return keyed(document(source, [(unit(owner), task)]))


YEARS = ("hefeng-2023-plan", "hefeng-2022-plan", "hefeng-2023-scheme", "hefeng-2024-scheme")
OWN = paper("自有.txt", "望岭县公安局", "自有任务")


@pytest.fixture
async def target(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"embedded:{tmp_path / 'target'}")
    yield store
    await store.close()


@pytest.fixture
async def source(store: Store, tmp_path: Path) -> Store:
    """Documents read from files (one text under two names), on either engine."""
    folder = write_papers(tmp_path / "papers")
    write_papers(folder / "副本", {"总结.txt": (folder / "总结.txt").read_text(encoding="utf-8")})
    assert (await ingest(store, [folder], jobs=1)).ok
    return store


async def everything(store: Store) -> tuple[object, ...]:
    """All a store holds that a user can see: graph, sources, originals, decisions, version of the rules."""
    held = await sources(store)
    rows = await store.read("MATCH (d:Document) RETURN d.id AS id ORDER BY d.id")
    originals = [await original_of(store, row["id"]) for row in rows]
    marks = await store.read(
        "MATCH (c:Claim) RETURN c.id AS id, c.fingerprint AS mark, c.claims AS claims ORDER BY c.id"
    )
    decided = (await read_log(store)).lines
    return await graph_hash(store), held, originals, decided, marks, await knowledge_version(store)


async def test_a_copy_holds_all_the_source_does(source: Store, target: Store) -> None:
    """Graph, texts, originals, other sources, claims; sound; what was read need not be read again."""
    seen: list[tuple[int, int]] = []
    found = await copy(source, target, on_progress=lambda done, total: seen.append((done, total)))
    assert (found.documents, found.removed, found.stopped) == (3, 0, False)
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert await everything(target) == await everything(source)
    assert found.graph_hash == await graph_hash(target)
    assert (await examine(target)).ok


async def test_and_back_into_the_other_engine(source: Store, target: Store, tmp_path: Path) -> None:
    """There and back again: two copies later it is still the same."""
    await copy(source, target)
    last = await open_store(f"embedded:{tmp_path / 'last'}")
    await copy(target, last)
    assert await everything(last) == await everything(source)
    await last.close()


async def test_a_copy_into_neo4j_is_the_same(embedded_store: Store, neo4j_store: Store) -> None:
    """From a folder to a server; what is proposed, relations between shared nodes and world knowledge go along."""
    await embedded_store.write(g.library())
    await copy(embedded_store, neo4j_store)
    assert (await everything(neo4j_store))[:4] == (await everything(embedded_store))[:4]


async def test_links_and_decisions_are_the_same_in_a_copy(store: Store, target: Store) -> None:
    """A superseded document, a rejected link, a merge, an edit; one more decision; and all of them undone there."""
    await store.write(loading(*YEARS))
    extracted = await graph_hash(store)
    link = await key_of(store, "CORRESPONDS_TO")
    units = await store.read("MATCH (u:Unit) RETURN u.id AS id ORDER BY id LIMIT 2")
    document = {"id": graphs()[YEARS[0]].document}
    for decision in (
        asked("reject", link),
        asked("merge", units[0]["id"], into=units[1]["id"]),
        asked("edit", document["id"], changes={"year": "2020"}),
    ):
        await decide(store, decision)
    await copy(store, target)
    assert await everything(target) == await everything(store)
    await decide(store, asked("undo", "3"))
    found = await copy(store, target, replace=True)
    assert await everything(target) == await everything(store)
    assert found.removed == 0
    for number in ("2", "1"):
        await decide(target, asked("undo", number))
    assert await graph_hash(target) == extracted
    assert (await examine(target)).ok


async def test_a_target_with_decisions_of_its_own_is_refused(embedded_store: Store, target: Store) -> None:
    """Also with --replace: what people decided is never thrown away."""
    await embedded_store.write(loading(*YEARS))
    await decide(embedded_store, asked("reject", await key_of(embedded_store, "CORRESPONDS_TO")))
    await target.write(loading(*YEARS))
    await decide(target, asked("accept", await key_of(target, "CORRESPONDS_TO")))
    before = await everything(target)
    with pytest.raises(DecisionRefused, match="cannot be joined"):
        await copy(embedded_store, target, replace=True)
    assert await everything(target) == before


async def test_what_was_written_is_read_back(store: Store) -> None:
    """The graph of a document is read from the store as it was given, the knowledge's too."""
    world = knowledge_graph()
    writings = [keyed(w.graph()) for w in (g.plan(), g.summary())]
    await store.write(batch(world, *writings))
    for graph in (world, *writings):
        found = await stored_graph(reader(store), graph.document)
        assert (found.document, found.text) == (graph.document, graph.text)
        assert {n.id: n for n in found.nodes} == {n.id: n for n in graph.nodes}
        assert {r.key: r for r in found.relations} == {r.key: r for r in graph.relations}
    with pytest.raises(NotFound):
        await stored_graph(reader(store), document_id("没有.txt"))


async def test_links_across_documents_are_made_at_the_target(embedded_store: Store, target: Store) -> None:
    """A document comes over with its own word on what is in force; what others make of it is made again, and undone
    again when they go."""
    for name in across.CHOSEN:
        await embedded_store.write(across.loading(name))
    for graph in across.graphs().values():
        found = await stored_graph(reader(embedded_store), graph.document)
        assert fingerprint(found) == fingerprint(graph)
    await copy(embedded_store, target)
    assert await everything(target) == await everything(embedded_store)
    assert await across.stored_links(target) == across.expected_links(*across.CHOSEN)
    for one in (embedded_store, target):
        await one.write(across.removing("hefeng-2024-scheme"))
    assert await graph_hash(target) == await graph_hash(embedded_store)
    assert (await examine(target)).ok


async def test_a_target_with_documents_is_refused(embedded_store: Store, target: Store) -> None:
    """Nothing of it changes; the sentence says how many and what to do."""
    await embedded_store.write(batch(paper("一.txt")))
    await target.write(replace(batch(OWN), knowledge="v1"))
    before = await everything(target)
    with pytest.raises(StoreNotEmpty, match=r"has 1 documents already\..*--replace"):
        await copy(embedded_store, target)
    assert await everything(target) == before


async def test_replacing_makes_the_target_the_same(embedded_store: Store, target: Store) -> None:
    """What the source does not have goes, what differs is replaced, what is the same stays."""
    same = paper("同.txt")
    old, new = (paper("变.txt", task=title) for title in ("旧任务", "新任务"))
    await embedded_store.write(replace(batch(same, new), knowledge="v2"))
    await target.write(replace(batch(same, old, OWN, knowledge([unit("东屿区公安局")])), knowledge="v1"))
    found = await copy(embedded_store, target, replace=True)
    assert (found.documents, found.removed) == (1, 2)
    assert await everything(target) == await everything(embedded_store)
    assert (await examine(target)).ok


async def test_a_store_is_not_copied_into_itself(embedded_store: Store) -> None:
    with pytest.raises(InvalidParameter, match="--to"):
        await copy(embedded_store, embedded_store)


async def test_a_copy_that_was_stopped_goes_on(embedded_store: Store, target: Store) -> None:
    """Stopped after two of four documents the target is not finished; the same call writes the other two only."""
    graphs = [paper(f"{n}.txt", task=f"任务{n}") for n in range(4)]
    await embedded_store.write(replace(batch(*graphs), knowledge="v1"))
    stop = asyncio.Event()

    def stopping(done: int, _total: int) -> None:
        if done == 2:
            stop.set()

    first = await copy(embedded_store, target, on_progress=stopping, stop=stop)
    assert (first.documents, first.stopped, first.graph_hash) == (2, True, "")
    assert await knowledge_version(target) == ""
    rest = await copy(embedded_store, target)
    assert (rest.documents, rest.stopped) == (2, False)
    assert await everything(target) == await everything(embedded_store)


async def test_a_source_that_changes_meanwhile_is_caught_up_with(embedded_store: Store, target: Store) -> None:
    """A document that comes during the copy is in it; a source that never rests is said."""
    await embedded_store.write(batch(OWN))
    late = [paper(f"后{n}.txt", task=f"任务{n}") for n in range(copying.ATTEMPTS + 1)]
    real = copying.graph_hash

    async def disturbed(store: Store) -> str:
        if store is embedded_store and late:
            await embedded_store.write(batch(late.pop()))
        return await real(store)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copying, "graph_hash", disturbed)
        with pytest.raises(WriteConflict):
            await copy(embedded_store, target)
        found = await copy(embedded_store, target)
    assert not late
    assert found.graph_hash == await graph_hash(embedded_store)


async def test_a_copy_that_differs_is_an_error_and_not_finished(embedded_store: Store, target: Store) -> None:
    """Somebody altered a fact of the target that the copy had no reason to write again."""
    await embedded_store.write(replace(batch(OWN), knowledge="v1"))
    await copy(embedded_store, target)
    await tampered(target, "MATCH (t:Task) SET t.order = 99")
    with pytest.raises(StoreError, match="zhize rebuild"):
        await copy(embedded_store, target, replace=True)
    assert await knowledge_version(target) == ""


def test_every_operational_label_is_thought_of() -> None:
    """Whoever adds operational data decides whether a copy carries it (and this list says that somebody did)."""
    assert set(ontology().operational.labels) == CARRIED | LEFT_BEHIND


async def test_a_source_without_knowledge_leaves_none(embedded_store: Store, target: Store) -> None:
    await embedded_store.write(batch(OWN))
    await target.write(batch(knowledge([unit("东屿区公安局")])))
    await copy(embedded_store, target)
    assert not await target.read("MATCH (c:Claim {id: $id}) RETURN c.id AS id", {"id": KNOWLEDGE})
