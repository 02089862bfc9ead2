"""All that one store holds into another, between any two engines, document by document.

The graph is copied as it is stored, not extracted again: so the copy has the source's graph whatever rules or knowledge
made it, needs neither, and every fact is held against its quote once more on the way in. The log of decisions goes
first and each document then as it was before them: what they make of it, and the links between documents, are made
again on the way in, as everywhere. Each document goes with its sources, its text and its original in one transaction.
The version of the knowledge is set last, when both graph hashes were compared: a store with documents and no such
version is a copy that was not finished, and the same command goes on with it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from graph.connect import EMBEDDED
from graph.documents import TIMEOUT, holders_of, meta, original_of, sources
from graph.errors import InvalidParameter, StoreError, StoreNotEmpty, WriteConflict
from graph.hashing import graph_hash
from graph.ids import document_id
from graph.models import KNOWLEDGE, Batch
from graph.progress import Progress, unseen
from graph.readback import reader
from graph.review.log import read_log
from graph.review.stored import extracted_graph
from graph.review.transfer import check_continues, continue_log
from graph.store import Store

Holders: TypeAlias = Mapping[str, tuple[str, ...]]
"""SHA-256 of a text → its sources, sorted."""

CARRIED = frozenset({"Meta", "Source", "Content", "Claim", "Record", "Block", "Decision"})
"""Operational labels whose data is at the target afterwards: copied, or made there again as documents are written."""
LEFT_BEHIND = frozenset({"Job", "JobPart"})
"""Operational labels that stay with the store they belong to: what is not loaded yet is not copied."""
ATTEMPTS = 3
"""How often to look again for what changed in the source meanwhile."""


@dataclass(frozen=True, slots=True)
class Copied:
    """``documents`` were written and ``removed`` ones taken out of the target; the graph hash both stores have.

    ``stopped``: the user ended the run before it was done; the hash is "" then.
    """

    documents: int
    removed: int
    graph_hash: str
    stopped: bool
    seconds: float


async def copy(
    source: Store,
    target: Store,
    *,
    replace: bool = False,
    on_progress: Progress | None = None,
    stop: asyncio.Event | None = None,
) -> Copied:
    """Make ``target`` hold what ``source`` does; ``on_progress`` is called with (documents done, all).

    Raises StoreNotEmpty when the target has documents and ``replace`` is not given, InvalidParameter when both are one
    store, DecisionRefused when the target has decisions that the source does not begin with, WriteConflict when the
    source never rests, StoreError when the hashes differ at the end. ``replace`` removes what the source does not have,
    but no decision. Whatever ends the run early, the same call goes on from there.
    """
    started = time.perf_counter()
    await _admit(source, target, replace)
    run = _Copy(source, target, on_progress or unseen, stop or asyncio.Event())
    for _ in range(ATTEMPTS):
        state = await meta(source)
        await run.transfer()
        if run.stop.is_set():
            return Copied(run.documents, run.removed, "", True, time.perf_counter() - started)
        wanted = await graph_hash(source)
        if (await meta(source)).revision == state.revision:
            break
    else:
        raise WriteConflict(store=source.url, what="documents while they were copied")
    found = await graph_hash(target)
    if found != wanted:
        reason = {
            "zh": f"复制后的图指纹 {found[:12]} 与源 {wanted[:12]} 不同；请对两个存储运行 zhize rebuild，再复制一次",
            "en": f"the copy has the graph hash {found[:12]}, the source {wanted[:12]}; run zhize "
            "rebuild on both and copy again",
        }
        raise StoreError(store=target.url, reason=reason)
    await target.write(Batch(knowledge=state.knowledge))
    return Copied(run.documents, run.removed, wanted, False, time.perf_counter() - started)


async def _admit(source: Store, target: Store, replace: bool) -> None:
    """Refuse a target that is not ours to write; from here on it counts as not finished."""
    check_apart(source.url, target.url)
    held, state = await _held(target), await meta(target)
    if held and state.knowledge and not replace:
        raise StoreNotEmpty(store=target.url, documents=len(held))
    check_continues(await read_log(target), (await read_log(source)).lines)
    if state.knowledge:
        await target.write(Batch(knowledge=""))


def check_apart(source: str, target: str) -> None:
    """Raise InvalidParameter when two URLs are one store: to be asked before both are opened."""
    if _place(source) == _place(target):
        same = {"zh": "目标就是源存储本身", "en": "the target is the source itself"}
        raise InvalidParameter(name="--to", reason=same)


def _place(url: str) -> str:
    return str(Path(url.removeprefix(EMBEDDED)).resolve()) if url.startswith(EMBEDDED) else url


async def _held(store: Store) -> Holders:
    found = await sources(store)
    return holders_of(found.values(), ({"id": id_, "sha256": sha} for id_, sha in found.items()))


class _Copy:
    def __init__(self, source: Store, target: Store, on_progress: Progress, stop: asyncio.Event) -> None:
        self.documents = self.removed = 0
        self.stop = stop
        self._source, self._target, self._on_progress = source, target, on_progress

    async def transfer(self) -> None:
        """Remove what the source does not have as it stands in the target, then write what the target lacks."""
        wanted, there = await _held(self._source), await _held(self._target)
        for sha in sorted(there, key=lambda sha: there[sha]):
            if there[sha] != wanted.get(sha) and not self.stop.is_set():
                gone = Batch(remove=(document_id(there[sha][0]),), sources=dict.fromkeys(there[sha]))
                await self._target.write(gone)
                self.removed += 1
        await continue_log(self._target, (await read_log(self._source)).lines)
        marks, known = await _fingerprints(self._source), await _fingerprints(self._target)
        await self._knowledge(marks, known)
        order = sorted(wanted, key=lambda sha: wanted[sha])
        for done, sha in enumerate(order):
            self._on_progress(done, len(order))
            if self.stop.is_set():
                return
            document = document_id(wanted[sha][0])
            if there.get(sha) != wanted[sha] or known.get(document) != marks.get(document):
                await self._document(document, dict.fromkeys(wanted[sha], sha))
        self._on_progress(len(order), len(order))

    async def _document(self, document: str, sources_: Mapping[str, str]) -> None:
        graph = (await extracted_graph(reader(self._source), document)).graph
        content = await original_of(self._source, document)
        await self._target.write(Batch(replace=(graph,), sources=sources_, contents=(content,)))
        self.documents += 1

    async def _knowledge(self, marks: Mapping[str, str], known: Mapping[str, str]) -> None:
        if marks.get(KNOWLEDGE) == known.get(KNOWLEDGE):
            return
        if KNOWLEDGE in marks:
            graph = (await extracted_graph(reader(self._source), KNOWLEDGE)).graph
            await self._target.write(Batch(replace=(graph,)))
        else:
            await self._target.write(Batch(remove=(KNOWLEDGE,)))


async def _fingerprints(store: Store) -> dict[str, str]:
    """Document → fingerprint of its graph."""
    rows = await store.read("MATCH (c:Claim) RETURN c.id AS id, c.fingerprint AS mark", timeout=TIMEOUT)
    return {row["id"]: row["mark"] for row in rows}
