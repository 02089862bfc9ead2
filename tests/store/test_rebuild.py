"""The graph is a function of what is stored: made anew, it is the same; what others altered is undone."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from graph.doctor import examine
from graph.documents import knowledge_version, sources
from graph.errors import UnreadableFile
from graph.hashing import graph_hash
from graph.models import Batch
from graph.review.decide import decide
from graph.store import Store
from ingest import write
from ingest.load import ingest
from ingest.loaders import unreadable
from ingest.rebuild import rebuild
from tests.store import across
from tests.store.deciding import asked, tampered
from tests.unit.ingest.papers import write_papers


@pytest.fixture
async def loaded(store: Store, tmp_path: Path) -> Store:
    assert (await ingest(store, [write_papers(tmp_path / "papers")], jobs=1)).ok
    return store


async def test_made_anew_the_graph_is_the_same(loaded: Store) -> None:
    """Same hash, all documents written, bookkeeping sound; again and again."""
    before = await graph_hash(loaded)
    seen: list[tuple[int, int]] = []
    for _ in range(2):
        found = await rebuild(loaded, jobs=1, on_progress=lambda done, total: seen.append((done, total)))
        assert (found.before, found.after) == (before, before)
        assert (found.documents, found.total, found.failed, found.stopped) == (3, 3, {}, False)
        assert found.same
        assert not found.new_rules
    assert seen[:4] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert (await examine(loaded)).ok


@pytest.mark.parametrize(
    "change",
    [
        "MATCH (t:Task) SET t.name = '改名', t.deadline = '2000-01-01'",
        "MATCH (u:Unit) SET u.name = '假冒单位', u.aliases = ['假'], u.jurisdiction = '别处'",
        "MATCH ()-[r:LEADS]->() DELETE r",
        "MATCH ()-[r:KIND_OF]->() SET r.status = 'rejected'",
        "MATCH (s:Section) DETACH DELETE s",
    ],
)
async def test_what_others_altered_is_undone(loaded: Store, change: str) -> None:
    """A fact changed or deleted behind our back comes back from the text; the rebuild says that it was altered."""
    before = await graph_hash(loaded)
    await tampered(loaded, change)
    found = await rebuild(loaded, jobs=1)
    assert found.before != before
    assert found.after == before
    assert not found.new_rules
    assert (await examine(loaded)).ok


async def test_decisions_hold_in_a_graph_made_anew(loaded: Store) -> None:
    """About a fact, a node, and two nodes that are one: the same graph, and undone it is as it was read."""
    extracted = await graph_hash(loaded)
    (fact,) = await loaded.read("MATCH ()-[r:LEADS]->() RETURN r.key AS key ORDER BY key LIMIT 1")
    one, other = await loaded.read("MATCH (u:Unit) RETURN u.id AS id ORDER BY id LIMIT 2")
    await decide(loaded, asked("reject", fact["key"]))
    await decide(loaded, asked("merge", one["id"], into=other["id"]))
    decided = await graph_hash(loaded)
    found = await rebuild(loaded, jobs=1)
    assert (found.before, found.after, found.failed) == (decided, decided, {})
    assert (await examine(loaded)).ok
    for number in ("2", "1"):
        await decide(loaded, asked("undo", number))
    assert await graph_hash(loaded) == extracted


async def test_links_across_documents_are_made_anew(embedded_store: Store, tmp_path: Path) -> None:
    """Years that follow one another, a scheme that another replaces: links and what is in force are the same."""
    folder = write_papers(tmp_path / "papers", {f"{name}.txt": g.text for name, g in across.graphs().items()})
    assert (await ingest(embedded_store, [folder], jobs=1)).ok
    before, links = await graph_hash(embedded_store), await across.stored_links(embedded_store)
    assert links
    found = await rebuild(embedded_store, jobs=1)
    assert (found.before, found.after) == (before, before)
    assert await across.stored_links(embedded_store) == links
    assert (await examine(embedded_store)).ok


async def test_new_rules_are_taken_up(loaded: Store) -> None:
    """A store read by other rules is read by these and says so; afterwards ingest finds nothing to refresh."""
    wanted = await knowledge_version(loaded)
    await loaded.write(Batch(knowledge="older"))
    found = await rebuild(loaded, jobs=1)
    assert found.new_rules
    assert await knowledge_version(loaded) == wanted


async def test_a_stopped_rebuild_leaves_a_whole_store(loaded: Store) -> None:
    """Some documents were made anew, the others were not yet: the graph is the same at every moment."""
    before, stop = await graph_hash(loaded), asyncio.Event()

    def stopping(done: int, _total: int) -> None:
        if done == 1:
            stop.set()

    found = await rebuild(loaded, jobs=1, on_progress=stopping, stop=stop)
    assert (found.documents, found.total, found.stopped, found.after) == (1, 3, True, before)
    assert (await rebuild(loaded, jobs=1)).documents == 3


async def test_a_document_that_cannot_be_read_keeps_what_it_had(
    embedded_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are made anew, the report names it."""
    await ingest(embedded_store, [write_papers(tmp_path / "papers")], jobs=1)
    before, real = await graph_hash(embedded_store), write.build_text

    def failing(text: str, assembly: Any, name: str, candidates: Any) -> Any:
        if assembly.source.endswith("总结.txt"):
            raise unreadable(name, "extraction", "ValueError")
        return real(text, assembly, name, candidates)

    monkeypatch.setattr(write, "build_text", failing)
    found = await rebuild(embedded_store, jobs=1)
    assert (found.documents, found.after) == (2, before)
    assert [type(error) for error in found.failed.values()] == [UnreadableFile]
    assert len(await sources(embedded_store)) == 3


async def test_an_empty_store_is_rebuilt_to_the_knowledge(embedded_store: Store) -> None:
    """Nothing but what the knowledge files say of the world."""
    found = await rebuild(embedded_store, jobs=1)
    assert (found.documents, found.total) == (0, 0)
    again = await rebuild(embedded_store, jobs=1)
    assert again.same
