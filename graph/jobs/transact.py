"""Each change of a job in one write transaction that takes the job's lock first.

The lock is a property that is written: on Neo4j that waits for whoever holds the node, so two processes never decide
about one job at once. It is always followed by a second statement that reads: in one, Neo4j may read what was there
before it waited. Jobs are locked one at a time, or after the Meta node (``graph.writer``), never before it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import Any

from graph.errors import JOB, JobRefused, LeaseLost, NotFound, QueueFull, Sentence, WriteConflict
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
)
from graph.jobs.record import COLUMNS, OPEN, Job, failure, job_of
from graph.models import Lease
from graph.store import Engine, Transaction

ABANDONED = {
    "zh": "处理它的进程接连 {attempts} 次没有结束就消失了",
    "en": "the process working on it disappeared {attempts} times in a row",
}
_ENDED: Sentence = {"zh": "已经结束，无法取消", "en": "it has ended and cannot be cancelled"}
_NOT_ENDED: Sentence = {
    "zh": "只有失败或已取消的任务可以重试",
    "en": "only a job that failed or was cancelled can be retried",
}
_FRESH: Mapping[str, Any] = {
    "attempts": 0,
    "started_at": None,
    "finished_at": None,
    "lease_owner": None,
    "lease_until": None,
    "done": 0,
    "total": 0,
    "written": None,
    "failure": None,
    "report": None,
}
"""Properties of a job at its beginning. ``fence`` and ``rev`` are never set back."""


async def change_job(engine: Engine, change: Change) -> Job | None:
    """Carry out ``change``; the job as it is then, where it is about one."""
    return await engine.transact(lambda tx: _APPLY[type(change)](tx, change))


async def hold(tx: Transaction, lease: Lease) -> None:
    """Within a batch: LeaseLost unless the job is still this worker's; notes what is written for it."""
    job = await _leased(tx, lease.job, lease.fence)
    if lease.writes:
        await _set(tx, job, {"written": [*job.written, lease.writes]})


async def _locked(tx: Transaction, id_: str) -> Job | None:
    await tx.run("MATCH (j:Job {id: $id}) SET j.lock = true", {"id": id_})
    rows = await tx.run(f"MATCH (j:Job {{id: $id}}) RETURN {COLUMNS}", {"id": id_})
    return job_of(rows[0]) if rows else None


async def _existing(tx: Transaction, id_: str) -> Job:
    job = await _locked(tx, id_)
    if job is None:
        raise NotFound(what=JOB, name=id_)
    return job


async def _leased(tx: Transaction, id_: str, fence: int) -> Job:
    job = await _locked(tx, id_)
    if job is None or job.state != "running" or job.fence != fence:
        raise LeaseLost(store=tx.store, job=id_)
    return job


async def _set(tx: Transaction, job: Job, props: Mapping[str, Any]) -> Job:
    """The job with ``props``; None takes a property away."""
    await tx.run("MATCH (j:Job {id: $id}) SET j += $props", {"id": job.id, "props": dict(props)})
    rows = await tx.run(f"MATCH (j:Job {{id: $id}}) RETURN {COLUMNS}", {"id": job.id})
    return job_of(rows[0])


async def _drop_parts(tx: Transaction, upload: str) -> None:
    await tx.run("MATCH (p:JobPart) WHERE p.upload = $upload DELETE p", {"upload": upload})


async def _store_part(tx: Transaction, change: StorePart) -> None:
    props = {"upload": change.upload, "data": change.data, "stored_at": change.at}
    await tx.run(
        "MERGE (p:JobPart {id: $id}) SET p += $props", {"id": part_id(change.upload, change.seq), "props": props}
    )


def part_id(upload: str, seq: int) -> str:
    """Id of one part of an upload."""
    return f"part:{upload}:{seq:06d}"


async def _accept(tx: Transaction, change: Accept) -> Job:
    await tx.run("MERGE (j:Job {id: $id}) SET j.lock = true", {"id": change.id})
    rows = await tx.run(f"MATCH (j:Job {{id: $id}}) RETURN {COLUMNS}", {"id": change.id})
    known = job_of(rows[0]) if rows[0]["state"] is not None else None
    if known is not None and known.open:
        await _drop_parts(tx, change.upload)
        return known
    waiting = await tx.run("MATCH (j:Job) WHERE j.state IN $open RETURN count(j) AS n", {"open": list(OPEN)})
    if waiting[0]["n"] >= change.room:
        raise QueueFull(waiting=waiting[0]["n"], limit=change.room)
    if known is not None:
        await _drop_parts(tx, known.upload)
    stored = await tx.run("MATCH (p:JobPart) WHERE p.upload = $upload RETURN count(p) AS n", {"upload": change.upload})
    if stored[0]["n"] != change.parts:
        # They lay too long without a job and were swept away.
        raise WriteConflict(store=tx.store, what=change.name)
    given = asdict(change)
    props = {name: given[name] for name in ("source", "name", "sha256", "bytes", "upload", "parts", "sent_by")}
    props |= {**_FRESH, "state": "queued", "created_at": change.at, "not_before": change.at}
    props |= {"fence": known.fence + 1 if known else 0, "rev": known.rev + 1 if known else 1}
    await tx.run("MATCH (j:Job {id: $id}) SET j += $props", {"id": change.id, "props": props})
    rows = await tx.run(f"MATCH (j:Job {{id: $id}}) RETURN {COLUMNS}", {"id": change.id})
    return job_of(rows[0])


async def _claim(tx: Transaction, change: Claim) -> Job | None:
    job = await _locked(tx, change.id)
    if job is None or not _is_due(job, change.at):
        return None
    if job.attempts >= change.attempts:
        said = {lang: text.format(attempts=job.attempts) for lang, text in ABANDONED.items()}
        ended = {"state": "failed", "failure": failure("job-abandoned", said), "finished_at": change.at}
        await _set(tx, job, {**ended, "fence": job.fence + 1, "rev": job.rev + 1, "lease_owner": None})
        return None
    taken = {"state": "running", "attempts": job.attempts + 1, "fence": job.fence + 1, "rev": job.rev + 1}
    taken |= {"lease_owner": change.owner, "lease_until": change.until, "started_at": change.at}
    return await _set(tx, job, taken)


def _is_due(job: Job, at: str) -> bool:
    if job.state == "queued":
        return job.not_before <= at
    return job.state == "running" and job.lease_until < at


async def _beat(tx: Transaction, change: Beat) -> Job:
    job = await _leased(tx, change.id, change.fence)
    moved = (job.done, job.total) != (change.done, change.total)
    progress = {"done": change.done, "total": change.total, "rev": job.rev + moved}
    return await _set(tx, job, {"lease_until": change.until, **progress})


async def _settle(tx: Transaction, change: Settle) -> Job:
    job = await _leased(tx, change.id, change.fence)
    props: dict[str, Any] = {
        "state": change.state,
        "rev": job.rev + 1,
        "lease_owner": None,
        "lease_until": None,
        "failure": change.failure or None,
        "report": change.report or None,
    }
    if change.state == "queued":
        props |= {"not_before": change.not_before, "attempts": job.attempts - (not change.counted)}
    else:
        props["finished_at"] = change.at
    if change.state == "done":
        # The original lives on beside the document.
        await _drop_parts(tx, job.upload)
    return await _set(tx, job, props)


async def _cancel(tx: Transaction, change: Cancel) -> Job:
    job = await _existing(tx, change.id)
    if job.state == "cancelled":
        return job
    if not job.open:
        raise JobRefused(job=job.id, state=job.state, reason=_ENDED)
    ended = {"state": "cancelled", "finished_at": change.at, "lease_owner": None, "lease_until": None}
    return await _set(tx, job, {**ended, "fence": job.fence + 1, "rev": job.rev + 1})


async def _retry(tx: Transaction, change: Retry) -> Job:
    job = await _existing(tx, change.id)
    if job.state not in ("failed", "cancelled"):
        raise JobRefused(job=job.id, state=job.state, reason=_NOT_ENDED)
    # What was written before stays noted: it is reported as loaded, which it is.
    fresh = {name: value for name, value in _FRESH.items() if name != "written"}
    again = {**fresh, "state": "queued", "not_before": change.at, "fence": job.fence + 1, "rev": job.rev + 1}
    return await _set(tx, job, again)


async def _free_all(tx: Transaction, change: FreeAll) -> None:
    for row in await tx.run("MATCH (j:Job) WHERE j.state = 'running' RETURN j.id AS id ORDER BY j.id"):
        job = await _locked(tx, row["id"])
        if job is not None and job.state == "running":
            freed = {"lease_owner": None, "lease_until": None, "not_before": change.at, "state": "queued"}
            await _set(tx, job, {**freed, "fence": job.fence + 1, "rev": job.rev + 1})


async def _prune(tx: Transaction, change: Prune) -> None:
    rows = await tx.run(
        "MATCH (j:Job) WHERE NOT j.state IN $open "
        "RETURN j.id AS id, j.upload AS upload, j.finished_at AS finished ORDER BY finished DESC, id",
        {"open": list(OPEN)},
    )
    for row in [row for seq, row in enumerate(rows) if seq >= change.keep or row["finished"] < change.before]:
        job = await _locked(tx, row["id"])
        if job is not None and not job.open:
            await _drop_parts(tx, row["upload"])
            await tx.run("MATCH (j:Job {id: $id}) DELETE j", {"id": row["id"]})
    held = {row["upload"] for row in await tx.run("MATCH (j:Job) RETURN j.upload AS upload")}
    old = await tx.run(
        "MATCH (p:JobPart) WHERE p.stored_at < $before RETURN DISTINCT p.upload AS upload",
        {"before": change.parts_before},
    )
    for row in old:
        if row["upload"] not in held:
            await _drop_parts(tx, row["upload"])


_APPLY: Mapping[type[Change], Callable[[Transaction, Any], Awaitable[Job | None]]] = {
    StorePart: _store_part,
    Accept: _accept,
    Claim: _claim,
    Beat: _beat,
    Settle: _settle,
    Cancel: _cancel,
    Retry: _retry,
    FreeAll: _free_all,
    Prune: _prune,
}
