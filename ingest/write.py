"""Plans into the store: builds what a plan asks for and writes it, planning again when another writer was faster."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field, replace
from itertools import count
from typing import ClassVar

from graph.documents import knowledge_version, read_otherwise, text_of
from graph.documents import sources as stored_sources
from graph.errors import (
    EvidenceError,
    InputError,
    NotFound,
    OntologyError,
    UnreadableFile,
    WriteConflict,
    ZhizeError,
)
from graph.ids import document_id
from graph.models import Batch, Content, DocumentGraph, Lease, check_document_graph
from graph.progress import Progress, unseen
from graph.store import Store
from ingest.build import Built, build_text, version
from ingest.candidates import CandidateSettings, candidate_settings, source_of, tag_of
from ingest.loaders import unreadable
from ingest.plan import Assembly, Plan, Sources
from ingest.pool import WorkerCrashed, Workers, WorkerTimedOut

ATTEMPTS = 8
"""Plans made for one document while other writers change the same texts; the wait doubles from 20 ms."""


def crashed(name: str, error: WorkerCrashed) -> UnreadableFile:
    """The sentence for the file ``name`` whose reading ended its process, or was ended."""
    if isinstance(error, WorkerTimedOut):
        return unreadable(name, "timeout", f"{error.seconds:g}")
    return unreadable(name, "crashed")


@dataclass(slots=True)
class Refreshed:
    """Stored documents that were read anew, and source → error of those that could not be: these keep what was read
    before. ``unanswered`` of those read: the candidate source failed, they have the rules' result alone."""

    read: int = 0
    failed: dict[str, ZhizeError] = field(default_factory=dict)
    unanswered: int = 0


class Writer:
    """Writes documents one by one. ``sources`` is what the store holds, as far as this writer knows.

    ``lease``: of the job they are written for; LeaseLost when it is another's by then.
    """

    FAILS_ONE_FILE: ClassVar[tuple[type[ZhizeError], ...]] = (
        InputError,
        EvidenceError,
        OntologyError,
        WriteConflict,
        NotFound,
    )
    """Errors of one document. Any other error of the store ends the run."""

    def __init__(
        self,
        store: Store,
        workers: Workers,
        sources: Sources,
        *,
        dry_run: bool = False,
        candidates: CandidateSettings | None = None,
        lease: Lease | None = None,
    ) -> None:
        self.sources = sources
        self._lease = lease
        self._store = store
        self._workers = workers
        self._dry_run = dry_run
        self._candidates = candidates or candidate_settings()
        self._tag = tag_of(source_of(self._candidates))

    async def put(self, source: str, built: Built | None) -> tuple[Plan, DocumentGraph | None]:
        """Make ``source`` hold the built text (None: nothing). Gives the plan and the graph of its document."""
        for attempt in count():
            plan = self.sources.plan(source, built.sha256 if built else None)
            try:
                graphs = [await self._graph(assembly, built) for assembly in plan.build]
                if plan.change != "unchanged":
                    await self._write(plan, graphs, built)
                break
            # A text that another writer took away meanwhile is the same kind of conflict.
            except (WriteConflict, NotFound):
                if attempt == ATTEMPTS - 1:
                    raise
                # Two writers in step would meet again and again.
                await asyncio.sleep(0.02 * 2**attempt * (1 + random.random()))  # noqa: S311
                self.sources = Sources(await stored_sources(self._store))
        self.sources.done(plan)
        return plan, next((g for g, a in zip(graphs, plan.build, strict=True) if a.sha256 == plan.sha256), None)

    async def refresh(
        self, stop: asyncio.Event, *, anew: bool = False, on_progress: Progress | None = None
    ) -> Refreshed:
        """Read every stored document anew when rules or knowledge changed since, else those that were read with
        another candidate source or that it failed for.

        The store's version is set last, so that a refresh that was interrupted begins again. ``anew``: all of them in
        any case, and what is in the store already as it should be is written too.
        """
        wanted = await asyncio.to_thread(version)
        if self._dry_run:
            return Refreshed()
        documents = self.sources.documents()
        if not anew and await knowledge_version(self._store) == wanted:
            other = await read_otherwise(self._store, self._tag)
            return await self._reread([a for a in documents if a.source in other], stop)
        from ingest.world import knowledge_graph

        graph = await asyncio.to_thread(knowledge_graph)
        await self._store.write(Batch(replace=(graph,), knowledge=None if documents else wanted, anew=anew))
        done = await self._reread(documents, stop, anew=anew, on_progress=on_progress)
        if documents and done.read + len(done.failed) == len(documents):
            await self._store.write(Batch(knowledge=wanted))
            self.sources = Sources(await stored_sources(self._store))
        return done

    async def _reread(
        self,
        documents: list[Assembly],
        stop: asyncio.Event,
        *,
        anew: bool = False,
        on_progress: Progress | None = None,
    ) -> Refreshed:
        done, moved = Refreshed(), on_progress or unseen
        moved(0, len(documents))
        for first in range(0, len(documents), self._workers.jobs):
            if stop.is_set():
                break
            some = documents[first : first + self._workers.jobs]
            results = await asyncio.gather(*(self._refresh(assembly, anew) for assembly in some))
            if stop.is_set():  # The run leaves its workers: what they were at has not failed.
                break
            for assembly, result in zip(some, results, strict=True):
                if isinstance(result, ZhizeError):
                    done.failed[assembly.source] = result
                else:
                    done.read += 1
                    done.unanswered += not result
            moved(first + len(some), len(documents))
        return done

    async def _refresh(self, assembly: Assembly, anew: bool) -> bool | ZhizeError:
        """Was the document read with the candidate source that is chosen? The error when it could not be read."""
        holders = {assembly.sha256: (assembly.source, *assembly.also)}
        try:
            graph = await self._build(await text_of(self._store, assembly.document), assembly)
            await self._store.write(Batch(replace=(graph,), expect_holders=holders, anew=anew))
        except (WriteConflict, NotFound):
            # Another writer has just written this text, with its own rules: it is not ours to judge.
            return True
        except self.FAILS_ONE_FILE as error:
            return error
        return any(n.id == graph.document and n.properties.get("candidates", "") == self._tag for n in graph.nodes)

    async def _graph(self, assembly: Assembly, built: Built | None) -> DocumentGraph:
        """The graph of a planned document: the one at hand when it fits, else built from its text."""
        if built is not None and built.sha256 == assembly.sha256:
            if built.graph is not None and built.graph.document == assembly.document and not assembly.also:
                return built.graph
            return await self._build(built.file.text, assembly)
        # A text that a source leaves: the document it is stored under now.
        holders = self.sources.holders(assembly.sha256)
        return await self._build(await text_of(self._store, document_id(holders[0])), assembly)

    async def _build(self, text: str, assembly: Assembly) -> DocumentGraph:
        try:
            graph, _ = await self._workers.run(build_text, text, assembly, assembly.source, self._candidates)
        except WorkerCrashed as error:
            raise crashed(assembly.source, error) from None
        return graph

    async def _write(self, plan: Plan, graphs: list[DocumentGraph], built: Built | None) -> None:
        if self._dry_run:
            for graph in graphs:
                check_document_graph(graph)
            return
        contents: tuple[Content, ...] = ()
        if built is not None and plan.is_new_text:
            contents = (Content(built.sha256, built.file.text, built.file.original, plan.source),)
        await self._store.write(
            Batch(
                replace=tuple(graphs),
                remove=plan.remove,
                sources={plan.source: plan.sha256},
                contents=contents,
                expect_sources={plan.source: plan.expect_source},
                expect_holders=plan.expect_holders,
                lease=self._lease and replace(self._lease, writes=f"{plan.change} {plan.source}"),
            )
        )
