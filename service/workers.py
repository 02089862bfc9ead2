"""The workers of one process, for as long as its store is open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from graph.connect import EMBEDDED
from graph.jobs.changes import FreeAll
from graph.jobs.record import stamp, utc_now
from graph.store import Store
from service.job_board import JobBoard
from service.job_settings import JobSettings
from service.worker import Worker


@asynccontextmanager
async def at_work(store: Store, settings: JobSettings, board: JobBoard) -> AsyncIterator[None]:
    """Within the block, ``settings.jobs_workers`` workers load what is uploaded; at its end they give back what they
    have not finished."""
    if store.url.startswith(EMBEDDED):
        # Nobody else can hold the folder: whoever had a job is dead, however long its lease still runs.
        await store.job(FreeAll(stamp(utc_now())))
    workers = [Worker(store, settings, board, number=number) for number in range(settings.jobs_workers)]
    running = [asyncio.create_task(worker.run()) for worker in workers]
    try:
        yield
    finally:
        for worker in workers:
            worker.stop()
        await asyncio.gather(*running)
