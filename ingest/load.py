"""Documents into a store: load and extract in worker processes, write here, one transaction a document.

What a run leaves behind is a function of the files and of what was stored before, not of order, grouping or timing.
It may be killed at any moment and run again: each document is written whole or not at all, and one that is there
already is not written twice.
"""

from __future__ import annotations

import asyncio
import os
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from graph.documents import sources as stored_sources
from graph.errors import Interrupted, InvalidParameter, NotFound, ZhizeError
from graph.progress import Progress, unseen
from graph.store import Store
from ingest.build import Built, build_file
from ingest.candidates import CandidateSettings, candidate_settings, source_of, tag_of
from ingest.interrupt import stop_on_interrupt
from ingest.limits import Limits
from ingest.load_files import failed, placed, written
from ingest.loaders import Found, Reader, discover
from ingest.plan import Plan, Sources
from ingest.pool import WorkerCrashed, Workers, abandoned_when
from ingest.report import FileReport, LoadReport, Skipped
from ingest.write import Writer, crashed

AHEAD = 2
"""Files under way for each worker: one in it and one waiting. More would only hold memory."""
LONGEST_SOURCE = 1000
"""Characters of a source that somebody names."""


async def ingest(  # noqa: PLR0913 — each is a choice of its own
    store: Store,
    paths: Sequence[Path | str],
    *,
    jobs: int | None = None,
    source: str | None = None,
    dry_run: bool = False,
    limits: Limits | None = None,
    candidates: CandidateSettings | None = None,
    on_progress: Progress | None = None,
    stop: asyncio.Event | None = None,
) -> LoadReport:
    """Load everything under ``paths``; a file that cannot be loaded is reported and the others are loaded.

    ``jobs`` defaults to the number of processors; ``source`` names a single file otherwise than by its file name;
    ``candidates`` (default: the environment's) is the candidate source that is asked beside the rules;
    ``on_progress`` is called with (done, all). Ctrl-C or ``stop`` ends the run after the document being written.
    Raises StoreError when the store fails: what was written stays, nothing is half-written; InvalidSetting, before
    anything is read, when the candidate source cannot be used.
    """
    started = time.perf_counter()
    limits, candidates = limits or Limits(), candidates or candidate_settings()
    tag = tag_of(source_of(candidates))
    found = await asyncio.to_thread(lambda: list(discover(paths, limits)))
    if source is not None:
        found = _named(found, source)
    wanted = [f for f in found if not f.skipped]
    skipped = tuple(Skipped(f.source, f.error) for f in found if f.skipped and f.error)
    jobs = min(jobs or os.cpu_count() or 1, max(len(wanted), 1))
    # A call that waits for an endpoint must not keep a run that is stopped.
    async with Workers(jobs, isolated=candidates.candidates == "llm") as workers:
        known = Sources(await stored_sources(store))
        writer = Writer(store, workers, known, dry_run=dry_run, candidates=candidates)
        with stop_on_interrupt(stop) as stopped, abandoned_when(stopped, workers):
            refreshed = await writer.refresh(stopped)
            files = await _Run(writer, workers, limits, candidates, stopped, on_progress).load(wanted)
    files += [FileReport(source, "failed", error=error) for source, error in refreshed.failed.items()]
    seconds = time.perf_counter() - started
    return LoadReport(tuple(files), skipped, refreshed.read, seconds, dry_run, tag, refreshed.unanswered)


async def remove(store: Store, source: str) -> Plan:
    """Take one source out of the store. Its document goes, or stays under the next of its sources. Raises NotFound."""
    async with Workers(1) as workers:
        writer = Writer(store, workers, Sources(await stored_sources(store)))
        if writer.sources.text_of(source) is None:
            raise NotFound(what={"zh": "来源", "en": "source"}, name=source)
        plan, _ = await writer.put(source, None)
    return plan


def _named(found: list[Found], source: str) -> list[Found]:
    """The single file of ``found`` under the name ``source``."""
    if len(found) != 1 or found[0].place:
        reason = {"zh": "只能用于单个文件", "en": "it names a single file, and this is not one"}
        raise InvalidParameter(name="--source", reason=reason)
    return [replace(found[0], source=checked_source(source, "--source"))]


def checked_source(source: str, parameter: str) -> str:
    """``source`` as a name that a person may give a document. Raises InvalidParameter, which names ``parameter``."""
    clean = unicodedata.normalize("NFC", source.strip())
    parts = clean.split("/")
    if not clean or "" in parts or "\\" in clean or {".", ".."} & {*parts} or not clean.isprintable():
        reason = {"zh": "须是相对名称，用 / 分隔", "en": "it must be a relative name with / between its parts"}
        raise InvalidParameter(name=parameter, reason=reason)
    if len(clean) > LONGEST_SOURCE:
        zh, en = f"至多 {LONGEST_SOURCE} 个字符", f"it may have at most {LONGEST_SOURCE} characters"
        raise InvalidParameter(name=parameter, reason={"zh": zh, "en": en})
    return clean


class _Run:
    """One pass over the files found: a bounded number loading at once, results written as they come."""

    def __init__(
        self,
        writer: Writer,
        workers: Workers,
        limits: Limits,
        candidates: CandidateSettings,
        stop: asyncio.Event,
        on_progress: Progress | None,
    ) -> None:
        self._writer = writer
        self._workers = workers
        self._limits = limits
        self._candidates = candidates
        self._stop = stop
        self._on_progress = on_progress or unseen
        self._reader = Reader(limits)
        self._reading = asyncio.Lock()

    async def load(self, wanted: list[Found]) -> list[FileReport]:
        """Reports in the order of ``wanted``."""
        reports: dict[int, FileReport] = {}
        waiting = iter(enumerate(wanted))
        under_way: dict[asyncio.Task[Built | ZhizeError], int] = {}
        stopped = asyncio.create_task(self._stop.wait())
        self._on_progress(0, len(wanted))
        try:
            while not self._stop.is_set():
                room = AHEAD * self._workers.jobs - len(under_way)
                for index, found in islice(waiting, room):
                    under_way[asyncio.create_task(self._build(found))] = index
                if not under_way:
                    break
                await asyncio.wait([stopped, *under_way], return_when=asyncio.FIRST_COMPLETED)
                for task in [task for task in under_way if task.done()]:
                    if self._stop.is_set():
                        break
                    index = under_way.pop(task)
                    reports[index] = await written(self._writer, wanted[index], task.result())
                    self._on_progress(len(reports), len(wanted))
        finally:
            for pending in (stopped, *under_way):
                pending.cancel()
            self._reader.close()
        done = {index: placed(self._writer.sources, report) for index, report in reports.items()}
        return [done.get(i) or failed(found, Interrupted(path=found.source)) for i, found in enumerate(wanted)]

    async def _build(self, found: Found) -> Built | ZhizeError:
        try:
            content = await self._content(found)
            known = self._writer.sources.text_of(found.source)
            return await self._workers.run(
                build_file, content, found.display, found.source, known, self._limits, self._candidates
            )
        except WorkerCrashed as error:
            return crashed(found.display, error)
        except ZhizeError as error:
            return error

    async def _content(self, found: Found) -> Path | bytes:
        """A path for the worker to read; a zip's members are read here, where the zip is open."""
        if found.error is not None:
            raise found.error
        if not found.place:
            return found.path
        async with self._reading:
            return await asyncio.to_thread(self._reader.read, found)
