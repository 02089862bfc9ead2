"""Worker processes that may crash: a file that brings its process down is one failed file, the others go on.

Processes are spawned, not forked: the parent has threads and open connections that a fork would copy.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class WorkerCrashed(Exception):
    """The process running the call ended before the call did."""


class Workers:
    """``jobs`` processes, started with the first call; with one job, calls run in a thread of this process."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._alone = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            # Waiting would wait for calls nobody wants any more; the processes end by themselves.
            await asyncio.to_thread(self._pool.shutdown, wait=kind is None, cancel_futures=True)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of a picklable call, or its exception; WorkerCrashed when it ended the process."""
        if self.jobs == 1:
            return await asyncio.to_thread(function, *args, **kwargs)
        pool = self._pool = self._pool or _new(self.jobs)
        try:
            return await asyncio.wrap_future(pool.submit(function, *args, **kwargs))
        except BrokenProcessPool:
            if self._pool is pool:
                self._pool = None
                pool.shutdown(wait=False)
        # One of the calls under way ended its process, and all of them were lost with the pool. Each is tried again
        # alone, so that only the guilty one fails.
        async with self._alone:
            with _new(1) as single:
                try:
                    return await asyncio.wrap_future(single.submit(function, *args, **kwargs))
                except BrokenProcessPool:
                    raise WorkerCrashed from None


def _new(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_start)


def _start() -> None:
    """In a new worker: Ctrl-C is the parent's business, and a worker never outlives its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.join,), daemon=True).start()


def _follow(wait: Callable[[], None]) -> None:
    wait()
    os._exit(1)
