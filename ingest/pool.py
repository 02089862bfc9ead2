"""Worker processes that may crash: a file that brings its process down is one failed file, the others go on.

Processes are spawned, not forked: the parent has threads and open connections that a fork would copy.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class WorkerCrashed(Exception):
    """The process running the call ended before the call did."""


class WorkerTimedOut(WorkerCrashed):
    """The process was ended because the call took longer than ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Workers:
    """``jobs`` processes, started with the first call; with one job, calls run in a thread of this process unless they
    are to be ``isolated``: only a process can be left in the middle of a call (``abandon``), and only an isolated call
    has the time limit of ``seconds``."""

    def __init__(self, jobs: int, *, isolated: bool = False, seconds: float | None = None) -> None:
        self.jobs = jobs
        self._seconds = seconds
        self._threads = jobs == 1 and not isolated
        self._pool: ProcessPoolExecutor | None = None
        self._alone = asyncio.Lock()
        self._under_way = 0
        self._context = multiprocessing.get_context("spawn")
        # Nothing is ever sent: the workers see its other end close, by ``abandon`` or by the death of this process.
        self._wanted, self._leash = self._context.Pipe(duplex=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.abandon()
        if self._pool is not None:
            await asyncio.to_thread(self._pool.shutdown, cancel_futures=True)
        self.abandon()
        self._wanted.close()

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of a picklable call, or its exception; WorkerCrashed when it ended the process, WorkerTimedOut
        when its time ran out."""
        if self._threads:
            return await asyncio.to_thread(function, *args, **kwargs)
        self._under_way += 1
        try:
            return await self._run(function, *args, **kwargs)
        finally:
            self._under_way -= 1

    async def _run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        pool = self._pool = self._pool or self._new(self.jobs)
        try:
            running = pool.submit(function, *args, **kwargs)
        except BrokenProcessPool:
            # Its process ended while nobody used it: no call is to blame.
            pool = self._pool = self._new(self.jobs)
            running = pool.submit(function, *args, **kwargs)
        try:
            return await self._within(pool, running)
        except BrokenProcessPool:
            if self._pool is pool:
                self._pool = None
                pool.shutdown(wait=False)
        if self._leash.closed or self._under_way == 1:
            raise WorkerCrashed
        # One of the calls under way ended its process, and all of them were lost with the pool. Each is tried again
        # alone, so that only the guilty one fails.
        async with self._alone:
            with self._new(1) as single:
                try:
                    return await self._within(single, single.submit(function, *args, **kwargs))
                except BrokenProcessPool:
                    raise WorkerCrashed from None

    async def _within(self, pool: ProcessPoolExecutor, running: Future[T]) -> T:
        try:
            async with asyncio.timeout(self._seconds) as limit:
                return await asyncio.wrap_future(running)
        except TimeoutError:
            if not limit.expired():
                raise
            _kill(pool)
            if self._pool is pool:
                self._pool = None
                pool.shutdown(wait=False)
            assert self._seconds is not None
            raise WorkerTimedOut(self._seconds) from None

    @property
    def abandoned(self) -> bool:
        """Have the processes been ended for good?"""
        return self._leash.closed

    def abandon(self) -> None:
        """End the processes now, whatever they are at: nobody wants the results of the calls under way any more."""
        self._leash.close()
        if self._pool is not None:
            _kill(self._pool)

    def _new(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(jobs, mp_context=self._context, initializer=_start, initargs=(self._wanted,))


@contextmanager
def abandoned_when(stopped: asyncio.Event, workers: Workers) -> Iterator[None]:
    """Within this, ``stopped`` ends the workers at once: what is being written is written here, by none of them."""

    async def watch() -> None:
        await stopped.wait()
        workers.abandon()

    watching = asyncio.create_task(watch())
    try:
        yield
    finally:
        watching.cancel()


def _kill(pool: ProcessPoolExecutor) -> None:
    """End its processes from outside: one that is stuck in native code does not see its leash (a thread of its own
    waits there for its turn). Python 3.14 has ``kill_workers`` for this."""
    processes: Mapping[int, BaseProcess] = pool._processes or {}
    for process in list(processes.values()):
        process.kill()


def _start(wanted: Connection) -> None:
    """In a new worker: Ctrl-C is the parent's business, and a worker never outlives its parent or its use."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, args=(wanted,), daemon=True).start()


def _follow(wanted: Connection) -> None:
    wanted.poll(None)
    os._exit(1)
