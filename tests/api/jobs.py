"""Workers and uploads for the tests of jobs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from graph.jobs.reading import get_job
from graph.store import Store
from service.job_board import JobBoard
from service.job_settings import JobSettings
from service.worker import Worker

DOCUMENTS, JOBS = "/api/v1/documents", "/api/v1/jobs"


class Time:
    """A clock that goes when it is told to. It is ahead of the server's, which goes by itself: what is sent is due."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC) + timedelta(minutes=1)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@asynccontextmanager
async def worker(
    store: Store, board: JobBoard | None = None, clock: Time | None = None, **settings: Any
) -> AsyncIterator[Worker]:
    """A worker that takes steps when it is told to."""
    board = board or JobBoard(limit=9, poll=0.05)
    made = Worker(store, JobSettings(**settings), board, clock=clock or Time())
    yield made
    await made.close()


async def send(http: httpx.AsyncClient, *files: tuple[str, bytes], **fields: str) -> list[dict[str, Any]]:
    """The jobs of files that were accepted."""
    answer = await http.post(DOCUMENTS, files=[("files", file) for file in files], data=fields)
    assert answer.status_code == 202, answer.text
    jobs: list[dict[str, Any]] = answer.json()["jobs"]
    return jobs


async def until_it_is(store: Store, job: dict[str, Any], state: str) -> None:
    """Return when the job is in that state; fails after 30 s."""
    for _ in range(1500):
        if (await get_job(store, job["id"])).state == state:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{job['id']} is not {state} within 30 s")


async def look(http: httpx.AsyncClient, job: dict[str, Any]) -> dict[str, Any]:
    """The job as it is now."""
    answer = await http.get(f"{JOBS}/{job['id']}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found
