"""The graph made anew from what is stored: documents, knowledge and decisions, each document in one transaction.

In place rather than into a second store that replaces the first: so it works the same on both engines and through a
server, readers are answered all the while, and a run that is killed leaves a whole store, in which some documents were
made anew and the others were not yet. Everything goes the one way every document goes (``ingest.write.Writer``,
``graph.writer``), so what holds there (evidence, decisions of reviewers, links between documents) holds here.
"""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass

from graph.documents import knowledge_version
from graph.documents import sources as stored_sources
from graph.errors import ZhizeError
from graph.hashing import graph_hash
from graph.progress import Progress
from graph.store import Store
from ingest.build import version
from ingest.candidates import CandidateSettings, candidate_settings
from ingest.interrupt import stop_on_interrupt
from ingest.plan import Sources
from ingest.pool import Workers, abandoned_when
from ingest.write import Writer


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild came to: graph hashes, how many documents were made anew of how many, source → why one was not.

    ``new_rules``: rules or knowledge had changed since the documents were read. ``stopped``: the user ended the run
    before the last document.
    """

    before: str
    after: str
    documents: int
    total: int
    failed: dict[str, ZhizeError]
    new_rules: bool
    stopped: bool
    seconds: float

    @property
    def same(self) -> bool:
        return self.before == self.after


async def rebuild(
    store: Store,
    *,
    jobs: int | None = None,
    candidates: CandidateSettings | None = None,
    on_progress: Progress | None = None,
    stop: asyncio.Event | None = None,
) -> Rebuilt:
    """Read every stored text again with the rules and knowledge in force, and write all of it.

    The texts are those in the store; files are not loaded again. A document that cannot be read keeps what it had.
    ``candidates`` (default: the environment's) is the candidate source that is asked beside the rules.
    Ctrl-C or ``stop`` ends the run after the documents being written. Raises StoreError when the store fails.
    """
    started = time.perf_counter()
    before = await graph_hash(store)
    new_rules = await knowledge_version(store) != await asyncio.to_thread(version)
    sources = Sources(await stored_sources(store))
    total = len(sources.documents())
    candidates = candidates or candidate_settings()
    jobs = min(jobs or os.cpu_count() or 1, max(total, 1))
    # As in ``ingest.load``: a call that waits for an endpoint must not keep a run that is stopped.
    async with Workers(jobs, isolated=candidates.candidates == "llm") as workers:
        writer = Writer(store, workers, sources, candidates=candidates)
        with stop_on_interrupt(stop) as stopped, abandoned_when(stopped, workers):
            done = await writer.refresh(stopped, anew=True, on_progress=on_progress)
    ended = done.read + len(done.failed) < total
    return Rebuilt(
        before, await graph_hash(store), done.read, total, done.failed, new_rules, ended, time.perf_counter() - started
    )
