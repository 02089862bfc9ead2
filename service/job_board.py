"""Who wants to know when a job changes: workers of this process, and those who listen to events over HTTP.

Changes made here are told at once; those of other processes are found by one look at the store a second, for all
listeners together, and only while there are any.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager

from graph.errors import TooManyListeners, ZhizeError
from graph.jobs.reading import get_jobs
from graph.jobs.record import Job
from graph.store import Store

log = logging.getLogger("zhize.service")

QUIET = 15.0
"""Seconds without news after which a listener is told that the line is alive."""


class Listener:
    """Follows one job. Made by ``JobBoard.join``, ended by ``JobBoard.leave``."""

    def __init__(self, job: Job) -> None:
        self.id = job.id
        self.news = asyncio.Event()
        self.news.set()
        self.latest: Job | None = job

    def tell(self, job: Job | None) -> None:
        """What is not fetched before the next change is not missed: only how the job stands counts."""
        if job is None or self.latest is None or job.rev > self.latest.rev:
            self.latest = job
            self.news.set()


class JobBoard:
    """One a process. ``limit`` listeners at once; ``poll`` seconds between looks at the store."""

    def __init__(self, *, limit: int, poll: float) -> None:
        self._limit = limit
        self._poll = poll
        self._told: set[Callable[[str], None]] = set()
        self._listeners: set[Listener] = set()
        self._looking: asyncio.Task[None] | None = None
        self._look = asyncio.Event()
        self._closed = False

    def changed(self, id_: str) -> None:
        """The job was changed by this process."""
        for tell in list(self._told):
            tell(id_)
        self._look.set()

    @contextmanager
    def told(self, tell: Callable[[str], None]) -> Iterator[None]:
        """Within this, ``tell`` is called with the id of every job that this process changes."""
        self._told.add(tell)
        try:
            yield
        finally:
            self._told.discard(tell)

    def join(self, store: Store, job: Job) -> Listener:
        """Listen to ``job`` from what it is now on. Raises TooManyListeners."""
        if len(self._listeners) >= self._limit:
            raise TooManyListeners(limit=self._limit)
        listener = Listener(job)
        self._listeners.add(listener)
        if self._looking is None:
            self._looking = asyncio.create_task(self._watch(store))
        return listener

    def leave(self, listener: Listener) -> None:
        """No more of it; the last one out ends the looking."""
        self._listeners.discard(listener)
        if not self._listeners and self._looking is not None:
            self._looking.cancel()
            self._looking = None

    def close(self) -> None:
        """End all streams of events: the server is stopping."""
        self._closed = True
        for listener in self._listeners:
            listener.news.set()

    async def follow(self, listener: Listener, quiet: float = QUIET) -> AsyncGenerator[Job | None, None]:
        """The job now and after each change, up to its end; None after ``quiet`` seconds without news."""
        while not self._closed:
            try:
                await asyncio.wait_for(listener.news.wait(), quiet)
            except TimeoutError:
                yield None
                continue
            listener.news.clear()
            job = listener.latest
            if job is None or self._closed:
                return
            yield job
            if not job.open:
                return

    async def _watch(self, store: Store) -> None:
        # Asked anew each time: Python 3.11 may lose a cancellation that comes together with what is waited for.
        while self._looking is asyncio.current_task():
            self._look.clear()
            ids = {listener.id for listener in self._listeners}
            try:
                found = {job.id: job for job in await get_jobs(store, ids)}
            except ZhizeError as error:
                log.error("jobs: events wait for the store: %s", error)
            else:
                for listener in [one for one in self._listeners if one.id in ids]:
                    # A job that is forgotten meanwhile has no more events.
                    listener.tell(found.get(listener.id))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._look.wait(), self._poll)
