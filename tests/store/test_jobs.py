"""Jobs in the store (``graph.jobs``), on both engines: nothing accepted is lost, nothing is done twice.

Time is given with every change, so that leases run out without anybody waiting.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from graph.connect import open_store
from graph.documents import pack, sources
from graph.errors import DamagedUpload, JobRefused, LeaseLost, NotFound, QueueFull, WriteConflict
from graph.hashing import graph_hash
from graph.jobs.changes import (
    Accept,
    Beat,
    Cancel,
    Change,
    Claim,
    FreeAll,
    Prune,
    Retry,
    Settle,
    StorePart,
    change_from_json,
    change_to_json,
)
from graph.jobs.reading import due_jobs, get_job, list_jobs, read_upload, waiting
from graph.jobs.record import Job, job_id, stamp
from graph.jobs.schedule import backoff
from graph.models import Lease
from graph.store import Store
from tests.graphs import batch, document, unit

START = datetime(2031, 3, 5, 8, 0, tzinfo=UTC)


def at(seconds: float) -> str:
    return stamp(START, seconds)


async def sent(store: Store, source: str = "要点.txt", data: bytes = b"abc", *, upload: str = "u1", **more: int) -> Job:
    """An upload in one part, accepted at ``more['when']`` seconds."""
    when = at(more.get("when", 0))
    await store.job(StorePart(upload, 0, pack(data), when))
    sha = hashlib.sha256(data).hexdigest()
    job = await store.job(
        Accept(job_id(source, sha), source, source, sha, len(data), upload, 1, "key", when, more.get("room", 100))
    )
    assert job is not None
    return job


async def claimed(store: Store, job: Job, when: float = 1, *, owner: str = "a", attempts: int = 3) -> Job | None:
    return await store.job(Claim(job.id, owner, at(when), at(when + 60), attempts))


async def running(store: Store, job: Job, when: float = 1) -> Job:
    found = await claimed(store, job, when)
    assert found is not None
    return found


async def original(store: Store, job: Job) -> bytes:
    data = bytearray()
    await read_upload(store, job, data.extend)
    return bytes(data)


async def parts(store: Store) -> int:
    return int((await store.read("MATCH (p:JobPart) RETURN count(p) AS n"))[0]["n"])


async def test_a_job_goes_its_way(store: Store) -> None:
    """Accepted with its bytes, claimed, beating, done; its bytes go when it is done, and nothing shows in the graph."""
    before = await graph_hash(store)
    job = await sent(store)
    assert (job.state, job.attempts, job.rev) == ("queued", 0, 1)
    assert await due_jobs(store, at(0)) == [job.id]
    assert await original(store, job) == b"abc"
    taken = await running(store, job)
    assert (taken.state, taken.attempts, taken.lease_owner, taken.lease_until) == ("running", 1, "a", at(61))
    assert await due_jobs(store, at(2)) == []
    beaten = await store.job(Beat(job.id, taken.fence, at(90), 1, 2))
    assert beaten is not None
    assert (beaten.done, beaten.total, beaten.lease_until) == (1, 2, at(90))
    done = await store.job(Settle(job.id, taken.fence, at(5), "done", report='{"ok": true}'))
    assert done == await get_job(store, job.id)
    assert done is not None
    assert (done.state, done.finished_at, done.result, done.lease_owner) == ("done", at(5), {"ok": True}, "")
    assert await parts(store) == 0
    assert await graph_hash(store) == before
    assert (await store.health()).revision == 0


async def test_the_same_bytes_under_the_same_source_are_one_job(store: Store) -> None:
    """While it is open the sender gets the same job and the second copy goes; once it has ended it begins again."""
    first = await sent(store)
    assert await sent(store, upload="u2") == first
    taken = await running(store, first)
    assert await sent(store, upload="u3") == taken
    assert await parts(store) == 1
    await store.job(Settle(first.id, taken.fence, at(5), "done", report="{}"))
    again = await sent(store, upload="u4", when=9)
    assert (again.id, again.state, again.attempts, again.result) == (first.id, "queued", 0, None)
    assert again.fence > taken.fence
    assert again.rev > taken.rev
    assert (await sent(store, "别的.txt", upload="u5")).id != first.id
    assert (await sent(store, data=b"abd", upload="u6")).id != first.id
    assert (await list_jobs(store))[1] == 3


async def test_a_worker_that_lost_its_job_changes_nothing(store: Store) -> None:
    """After its lease ran out and another took over: no beat, no end, no document of it gets in."""
    job = await sent(store)
    old = await running(store, job, 1)
    assert await claimed(store, job, 60, owner="b") is None
    new = await claimed(store, job, 62, owner="b")
    assert new is not None
    assert (new.lease_owner, new.attempts) == ("b", 2)
    paper = batch(document("要点.txt", [(unit("望岭县公安局"), "巡查")]))
    late = replace(paper, lease=Lease(job.id, old.fence, "loaded 要点.txt"))
    for attempt in (
        store.job(Beat(job.id, old.fence, at(99), 0, 1)),
        store.job(Settle(job.id, old.fence, at(70), "done")),
        store.write(late),
    ):
        with pytest.raises(LeaseLost):
            await attempt
    assert await sources(store) == {}
    await store.write(replace(paper, lease=Lease(job.id, new.fence, "loaded 要点.txt")))
    assert (await get_job(store, job.id)).written == ("loaded 要点.txt",)
    assert await sources(store) != {}


async def test_a_cancelled_job_is_nobodys(store: Store) -> None:
    """Waiting or under way; its worker is refused from then on, and it can be begun again with its bytes."""
    job = await sent(store)
    taken = await running(store, job)
    cancelled = await store.job(Cancel(job.id, at(3)))
    assert cancelled is not None
    assert (cancelled.state, cancelled.finished_at) == ("cancelled", at(3))
    assert await store.job(Cancel(job.id, at(4))) == cancelled
    with pytest.raises(LeaseLost):
        await store.job(Beat(job.id, taken.fence, at(99), 0, 1))
    assert await due_jobs(store, at(1000)) == []
    again = await store.job(Retry(job.id, at(5)))
    assert again is not None
    assert (again.state, again.attempts) == ("queued", 0)
    assert await original(store, again) == b"abc"


async def test_what_a_state_does_not_allow_is_refused(store: Store) -> None:
    """In one sentence that names the state; a job that is not there is not found."""
    job = await sent(store)
    with pytest.raises(JobRefused, match="queued: only a job that failed or was cancelled"):
        await store.job(Retry(job.id, at(1)))
    taken = await running(store, job)
    await store.job(Settle(job.id, taken.fence, at(5), "done"))
    with pytest.raises(JobRefused, match="done: it has ended"):
        await store.job(Cancel(job.id, at(6)))
    changes: tuple[Change, ...] = (Retry("job:0", at(1)), Cancel("job:0", at(1)))
    for change in changes:
        with pytest.raises(NotFound):
            await store.job(change)
    with pytest.raises(NotFound):
        await get_job(store, "job:0")


async def test_a_job_that_ends_its_workers_fails_after_three(store: Store) -> None:
    """Nobody settles it, its lease runs out: the third time it is not taken again, and it says why."""
    job = await sent(store)
    for attempt in range(3):
        assert await claimed(store, job, 100 * attempt) is not None
    assert await claimed(store, job, 300) is None
    failed = await get_job(store, job.id)
    assert failed.state == "failed"
    assert failed.error is not None
    assert failed.error["code"] == "job-abandoned"
    assert "3" in failed.error["zh"]
    assert await parts(store) == 1


async def test_a_failed_attempt_waits_longer_each_time(store: Store) -> None:
    """It is not due before; what was given back does not count as an attempt."""
    assert [backoff(n) for n in (1, 2, 3, 4, 5, 6, 60)] == [5, 20, 80, 320, 1280, 3600, 3600]
    job = await sent(store)
    taken = await running(store, job, 1)
    await store.job(Settle(job.id, taken.fence, at(2), "queued", failure='{"code": "x"}', not_before=at(7)))
    assert await due_jobs(store, at(6)) == []
    assert await claimed(store, job, 6) is None
    assert (await get_job(store, job.id)).error == {"code": "x"}
    taken = await running(store, job, 7)
    assert taken.attempts == 2
    back = await store.job(Settle(job.id, taken.fence, at(8), "queued", not_before=at(8), counted=False))
    assert back is not None
    assert (back.attempts, back.state) == (1, "queued")


async def test_a_full_queue_takes_nothing(store: Store) -> None:
    """But gives back what it has already."""
    job = await sent(store, room=1)
    with pytest.raises(QueueFull, match="1 jobs wait"):
        await sent(store, "别的.txt", upload="u2", room=1)
    assert await sent(store, upload="u3", room=1) == job
    assert (await list_jobs(store))[1] == 1


async def test_a_job_is_accepted_with_all_its_bytes_only(store: Store) -> None:
    """Parts that are missing are noticed when it is accepted, parts that changed when it is read."""
    sha = hashlib.sha256(b"abc").hexdigest()
    with pytest.raises(WriteConflict):
        await store.job(Accept(job_id("x", sha), "x", "x", sha, 3, "u0", 1, "key", at(0), 9))
    job = await sent(store)
    await store.job(StorePart("u1", 0, pack(b"abd"), at(1)))
    with pytest.raises(DamagedUpload):
        await original(store, job)
    with pytest.raises(DamagedUpload):
        await original(store, replace(job, upload="gone"))


async def test_old_jobs_are_forgotten_and_their_documents_stay(store: Store) -> None:
    """By age and by number; open ones never; parts that no job came to hold go too."""
    await store.write(batch(document("要点.txt", [(unit("望岭县公安局"), "巡查")])))
    for number in range(4):
        job = await sent(store, f"{number}.txt", upload=f"u{number}", when=number)
        taken = await running(store, job, 10 + number)
        await store.job(Settle(job.id, taken.fence, at(20 + number), "failed", failure="{}"))
    kept = await sent(store, "open.txt", upload="open", when=50)
    await store.job(StorePart("lost", 0, pack(b"x"), at(1)))
    await store.job(StorePart("fresh", 0, pack(b"x"), at(90)))
    await store.job(Prune(at(21), 2, at(60)))
    jobs, total = await list_jobs(store)
    assert [job.source for job in jobs] == ["open.txt", "3.txt", "2.txt"]
    assert total == 3
    left = await store.read("MATCH (p:JobPart) RETURN p.upload AS upload ORDER BY upload")
    assert [row["upload"] for row in left] == ["fresh", "open", "u2", "u3"]
    assert await original(store, kept) == b"abc"
    assert await sources(store) != {}


async def test_lists_go_by_time_and_state(store: Store) -> None:
    """Newest first, in pages, and how many there are in all."""
    jobs = [await sent(store, f"{n}.txt", upload=f"u{n}", when=n) for n in range(3)]
    await running(store, jobs[0])
    found, total = await list_jobs(store, state="queued", skip=1, limit=5)
    assert ([job.id for job in found], total) == ([jobs[1].id], 2)
    assert [job.source for job in (await list_jobs(store))[0]] == ["2.txt", "1.txt", "0.txt"]


async def test_versions_of_one_source_go_one_after_the_other(store: Store) -> None:
    """Even with many workers what was sent last is loaded last; other sources do not wait for them."""
    first = await sent(store, data=b"v1")
    second = await sent(store, data=b"v2", upload="u2", when=1)
    other = await sent(store, "别的.txt", upload="u3", when=2)
    assert await due_jobs(store, at(3)) == [first.id, other.id]
    taken = await running(store, first, 3)
    await store.job(Settle(first.id, taken.fence, at(4), "queued", not_before=at(9)))
    assert await due_jobs(store, at(5)) == [other.id]
    taken = await running(store, first, 9)
    await store.job(Settle(first.id, taken.fence, at(10), "failed"))
    assert await due_jobs(store, at(10)) == [second.id, other.id]


async def test_a_queue_that_stands_is_seen(store: Store) -> None:
    """How many are due, since when, and when somebody last took one; leases that ran out are due too."""
    assert (await waiting(store, at(0))).due == 0
    first = await sent(store)
    await sent(store, "别的.txt", upload="u2", when=2)
    assert await waiting(store, at(5)) == replace(await waiting(store, at(5)), due=2, since=at(0), last_taken="")
    await running(store, first, 6)
    now = await waiting(store, at(7))
    assert (now.due, now.since, now.last_taken) == (1, at(2), at(6))
    assert (await waiting(store, at(99))).due == 2


async def test_who_alone_holds_the_store_takes_back_what_ran(store: Store) -> None:
    """The process before was killed: its jobs are due at once, and its fence is worth nothing."""
    taken = await running(store, await sent(store))
    await store.job(FreeAll(at(2)))
    assert await due_jobs(store, at(2)) == [taken.id]
    with pytest.raises(LeaseLost):
        await store.job(Beat(taken.id, taken.fence, at(99), 0, 1))


@pytest.mark.parametrize("workers", [8])
async def test_each_job_is_taken_once(store: Store, store_url: str, workers: int, engine: str) -> None:
    """Many workers at once; on Neo4j through two stores, as two processes have them."""
    other = await open_store(store_url) if engine == "neo4j" else store
    jobs = [await sent(store, f"{n}.txt", upload=f"u{n}") for n in range(10)]
    taken: list[tuple[str, str]] = []

    async def work(name: str, mine: Store) -> None:
        while due := await due_jobs(mine, at(1)):
            for id_ in due:
                job = await mine.job(Claim(id_, name, at(1), at(61), 3))
                if job is not None:
                    taken.append((id_, name))
                    await mine.job(Settle(id_, job.fence, at(2), "done"))

    await asyncio.gather(*(work(f"w{n}", (store, other)[n % 2]) for n in range(workers)))
    assert sorted(id_ for id_, _ in taken) == sorted(job.id for job in jobs)
    if other is not store:
        await other.close()


async def test_many_senders_of_one_file_make_one_job(store: Store, store_url: str, engine: str) -> None:
    """At the same moment; on Neo4j through two stores."""
    other = await open_store(store_url) if engine == "neo4j" else store
    found = await asyncio.gather(*(sent((store, other)[n % 2], upload=f"u{n}") for n in range(6)))
    assert len({(job.id, job.upload) for job in found}) == 1
    assert await parts(store) == 1
    if other is not store:
        await other.close()


@pytest.mark.parametrize(
    "change",
    [
        StorePart("u", 1, "x", at(0)),
        Claim("job:1", "a", at(0), at(1), 3),
        Settle("job:1", 4, at(0), "queued", "{}", "", at(9), counted=False),
        Prune(at(0), 3, at(1)),
    ],
)
def test_changes_travel(change: Change) -> None:
    """Over loopback a change arrives as it was sent."""
    assert change_from_json(change_to_json(change)) == change
