"""Working on jobs: claim one, read it in a process of its own, write it, say how it ended. In a server or alone.

A worker may be killed at any moment. What it wrote is whole documents, each under the fence of its lease; whoever
takes the job over finds them unchanged and does the rest. A job is settled by whoever has the fence, so it is done
once, however often it was begun.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import tempfile
from dataclasses import dataclass
from pathlib import Path

from graph.errors import LeaseLost, ZhizeError
from graph.jobs.changes import Beat, Claim, Prune, Settle
from graph.jobs.reading import due_jobs, read_upload
from graph.jobs.record import Clock, Job, failure, failure_of, stamp, utc_now
from graph.jobs.schedule import backoff
from graph.models import Lease
from graph.store import Store
from ingest.candidates import CandidateSettings, candidate_settings
from ingest.limits import Limits
from ingest.load_upload import Unfinished, Upload, load_upload
from ingest.pool import Workers, abandoned_when
from ingest.report import LoadReport
from service.job_board import JobBoard
from service.job_settings import JobSettings
from service.jobs import UNEXPECTED
from service.plain import to_json

log = logging.getLogger("zhize.service")

BEATS = 6
"""Signs of life in the time of one lease."""
BREATH = 0.3
"""Seconds between two of them when progress is quick."""
PRUNING = 3600.0
"""Seconds between two times of forgetting old jobs."""
PARTS_ALONE = 3600.0
"""Seconds the parts of an upload may lie without a job: it is still arriving, or was broken off."""


@dataclass(slots=True)
class _AtWork:
    """The job at hand: where it is, whether to leave it, and whether to say now how it stands."""

    job: Job
    stop: asyncio.Event
    beat: asyncio.Event
    over: bool = False
    done: int = 0
    total: int = 0


class Worker:
    """Works on one job at a time. ``run`` until ``stop``; ``step`` is one turn of it."""

    def __init__(
        self,
        store: Store,
        settings: JobSettings,
        board: JobBoard,
        *,
        number: int = 0,
        limits: Limits | None = None,
        candidates: CandidateSettings | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._store = store
        self._settings = settings
        self._board = board
        self._owner = f"{socket.gethostname()}:{os.getpid()}:{number}"
        self._limits = limits or Limits()
        self._candidates = candidates or candidate_settings()
        self._clock = clock
        self._workers: Workers | None = None
        self._at_work: _AtWork | None = None
        self._leaving = asyncio.Event()
        self._news = asyncio.Event()
        self._pruned = 0.0

    async def run(self) -> None:
        """Work until ``stop``. A store that fails is asked again: jobs wait in it."""
        try:
            with self._board.told(self._hear):
                while not self._leaving.is_set():
                    self._news.clear()
                    if not await self._turn():
                        with contextlib.suppress(TimeoutError):
                            await asyncio.wait_for(self._news.wait(), self._settings.jobs_poll)
        finally:
            await self._release()

    async def step(self) -> bool:
        """Work on one job that is due, to its end or the end of the attempt; False when none is."""
        for id_ in await due_jobs(self._store, stamp(self._clock())):
            now, settings = self._clock(), self._settings
            until = stamp(now, settings.jobs_lease)
            job = await self._store.job(Claim(id_, self._owner, stamp(now), until, settings.jobs_attempts))
            self._board.changed(id_)
            if job is not None:
                await self._work(job)
                return True
        return False

    def stop(self) -> None:
        """Leave: the job at hand is given back after the document that is being written."""
        self._leaving.set()
        self._news.set()
        if self._at_work is not None:
            self._at_work.stop.set()

    async def close(self) -> None:
        """End the process that reads documents; for those who only took steps."""
        await self._release()

    def _hear(self, id_: str) -> None:
        """Something happened to a job in this process: perhaps ours was cancelled, perhaps there is a new one."""
        if self._at_work is not None and self._at_work.job.id == id_:
            self._at_work.beat.set()
        self._news.set()

    async def _turn(self) -> bool:
        try:
            await self._prune()
            return await self.step()
        except ZhizeError as error:
            log.error("jobs: %s", error)
        except Exception:
            log.exception("jobs: a worker failed")
        return False

    async def _prune(self) -> None:
        now = self._clock()
        if now.timestamp() - self._pruned < PRUNING:
            return
        self._pruned = now.timestamp()
        before = stamp(now, -self._settings.jobs_days * 86400)
        await self._store.job(Prune(before, self._settings.jobs_kept, stamp(now, -PARTS_ALONE)))

    async def _work(self, job: Job) -> None:
        at_work = self._at_work = _AtWork(job, asyncio.Event(), asyncio.Event())
        if self._leaving.is_set():
            at_work.stop.set()
        beating = asyncio.create_task(self._beat(at_work))
        try:
            settled = await self._attempt(at_work)
        finally:
            # Not cancelled: Python 3.11 may lose that when it comes together with what is waited for.
            at_work.over = True
            at_work.beat.set()
            await beating
            self._at_work = None
        if settled is None:
            log.info("%s was left: it is another's or cancelled", job.id)
            return
        try:
            await self._store.job(settled)
        except LeaseLost:
            log.info("%s was settled by nobody: it is another's or cancelled", job.id)
        self._board.changed(job.id)

    async def _attempt(self, at_work: _AtWork) -> Settle | None:
        """How the attempt ended; None when the job is no longer ours."""
        job, error = at_work.job, None
        try:
            report = await self._load(at_work)
        except LeaseLost:
            return None
        except Unfinished as unfinished:
            error = failure_of(unfinished.error)
        except ZhizeError as failed:
            log.error("%s: %s", job.id, failed)
            error = failure_of(failed)
        except Exception:
            log.exception("%s failed", job.id)
            error = failure("internal-error", UNEXPECTED)
        if self._leaving.is_set():
            now = stamp(self._clock())
            return Settle(job.id, job.fence, now, "queued", not_before=now, counted=False)
        if at_work.stop.is_set():
            return None
        return self._again(job, error) if error is not None else self._ended(job, report)

    async def _load(self, at_work: _AtWork) -> LoadReport:
        job = at_work.job
        workers = await self._ready()

        def moved(done: int, total: int) -> None:
            at_work.done, at_work.total = done, total
            at_work.beat.set()

        with tempfile.TemporaryDirectory(prefix="zhize-job-") as folder:
            path = Path(folder) / "upload"
            with path.open("wb") as file:
                await read_upload(self._store, job, file.write)
            last = job.attempts >= self._settings.jobs_attempts
            upload = Upload(path, job.name, job.source, Lease(job.id, job.fence), job.written, last)
            with abandoned_when(at_work.stop, workers):
                return await load_upload(
                    self._store,
                    upload,
                    workers,
                    limits=self._limits,
                    candidates=self._candidates,
                    stop=at_work.stop,
                    on_progress=moved,
                )

    async def _beat(self, at_work: _AtWork) -> None:
        """Say that the job is in hand, and how far it is; leave it when it is not ours any more."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(at_work.beat.wait(), self._settings.jobs_lease / BEATS)
            if at_work.over:
                return
            at_work.beat.clear()
            job, until = at_work.job, stamp(self._clock(), self._settings.jobs_lease)
            try:
                await self._store.job(Beat(job.id, job.fence, until, at_work.done, at_work.total))
            except LeaseLost:
                at_work.stop.set()
                return
            except ZhizeError as error:
                log.error("%s: no sign of life: %s", job.id, error)
            # Files of a zip may be quick, and each beat is a write.
            await asyncio.sleep(0 if at_work.over else BREATH)

    def _again(self, job: Job, error: str) -> Settle:
        now = self._clock()
        if job.attempts >= self._settings.jobs_attempts:
            return Settle(job.id, job.fence, stamp(now), "failed", error)
        later = stamp(now, backoff(job.attempts))
        return Settle(job.id, job.fence, stamp(now), "queued", error, not_before=later)

    def _ended(self, job: Job, report: LoadReport) -> Settle:
        now, told = stamp(self._clock()), to_json(report.to_json()).decode()
        failures = [file.error for file in report.files if file.error is not None]
        if len(failures) < len(report.files):
            return Settle(job.id, job.fence, now, "done", report=told)
        # Nothing was loaded. Of a zip the first failure stands for all; the report has each.
        return Settle(job.id, job.fence, now, "failed", failure_of(failures[0]), told)

    async def _ready(self) -> Workers:
        if self._workers is None or self._workers.abandoned:
            await self._release()
            self._workers = Workers(1, isolated=True, seconds=self._settings.jobs_seconds)
        return self._workers

    async def _release(self) -> None:
        workers, self._workers = self._workers, None
        if workers is not None:
            await workers.__aexit__(None, None, None)
