"""Who hears of a job's changes, and when nobody looks any more (``service.job_board``)."""

from __future__ import annotations

import asyncio

import pytest

from graph.errors import StoreUnavailable, TooManyListeners
from graph.jobs.changes import Accept, Beat, Cancel, Claim, Prune, Settle
from graph.jobs.record import Job, job_id
from graph.store import Store
from service import job_board
from service.job_board import JobBoard, Listener

LATER = "2031-03-05T09:00:00.000+00:00"
WHEN = "2031-03-05T08:00:00.000+00:00"


async def accepted(store: Store, source: str = "空.txt") -> Job:
    """A job without bytes."""
    job = await store.job(Accept(job_id(source, ""), source, source, "", 0, source, 0, "key", WHEN, 9))
    assert job is not None
    return job


async def heard(board: JobBoard, listener: Listener, quiet: float = 30) -> list[str]:
    """States as they come ("" for a sign of life), to the end of the stream."""
    return [job.state if job else "" async for job in board.follow(listener, quiet)]


async def test_changes_of_other_processes_are_found(embedded_store: Store) -> None:
    """Nobody told the board: it looks. What nobody can see (a sign of life without progress) is no event."""
    board = JobBoard(limit=2, poll=0.02)
    job = await accepted(embedded_store)
    listener = board.join(embedded_store, job)
    hearing = asyncio.create_task(heard(board, listener))
    await asyncio.sleep(0.1)
    taken = await embedded_store.job(Claim(job.id, "a", WHEN, LATER, 3))
    assert taken is not None
    await asyncio.sleep(0.1)
    await embedded_store.job(Beat(job.id, taken.fence, LATER, 0, 0))
    await asyncio.sleep(0.1)
    await embedded_store.job(Settle(job.id, taken.fence, WHEN, "done"))
    async with asyncio.timeout(20):
        assert await hearing == ["queued", "running", "done"]
    board.leave(listener)


async def test_a_forgotten_job_has_no_more_events(embedded_store: Store) -> None:
    """The stream ends."""
    board = JobBoard(limit=2, poll=0.02)
    job = await accepted(embedded_store)
    listener = board.join(embedded_store, job)
    await embedded_store.job(Cancel(job.id, WHEN))
    await embedded_store.job(Prune(LATER, 9, WHEN))
    async with asyncio.timeout(20):
        assert set(await heard(board, listener)) <= {"queued"}
    board.leave(listener)


async def test_a_quiet_line_shows_that_it_is_alive(embedded_store: Store) -> None:
    """Until the server stops; then every stream ends."""
    board = JobBoard(limit=1, poll=0.02)
    listener = board.join(embedded_store, await accepted(embedded_store))
    with pytest.raises(TooManyListeners):
        board.join(embedded_store, await accepted(embedded_store))
    hearing = asyncio.create_task(heard(board, listener, 0.05))
    await asyncio.sleep(0.3)
    board.close()
    async with asyncio.timeout(20):
        states = await hearing
    assert states[:2] == ["queued", ""]
    board.leave(listener)


async def test_nobody_listens_nobody_looks(embedded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store is asked while there are listeners, once for all of them; one that fails is asked again."""
    looks: list[set[str]] = []
    real = job_board.get_jobs

    async def counted(store: Store, ids: set[str]) -> list[Job]:
        looks.append(ids)
        if len(looks) == 1:
            raise StoreUnavailable(store=store.url, reason="x")
        return await real(store, ids)

    monkeypatch.setattr(job_board, "get_jobs", counted)
    board = JobBoard(limit=9, poll=0.02)
    jobs = [await accepted(embedded_store, f"{n}.txt") for n in range(2)]
    listeners = [board.join(embedded_store, job) for job in jobs]
    hearing = [asyncio.create_task(heard(board, listener)) for listener in listeners]
    await asyncio.sleep(0.2)
    for job in jobs:
        await embedded_store.job(Cancel(job.id, WHEN))
        board.changed(job.id)
    async with asyncio.timeout(20):
        assert await asyncio.gather(*hearing) == [["queued", "cancelled"]] * 2
    assert looks[-1] == {job.id for job in jobs}
    for listener in listeners:
        board.leave(listener)
    await asyncio.sleep(0.1)
    before = len(looks)
    await asyncio.sleep(0.2)
    assert len(looks) == before
