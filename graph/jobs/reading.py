"""Jobs as they are now. None of this takes a lock: what is read may change the moment after."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from graph.documents import TIMEOUT, unpack
from graph.errors import JOB, DamagedUpload, NotFound
from graph.jobs.record import COLUMNS, LISTED, OPEN, Job, job_of
from graph.jobs.transact import part_id
from graph.models import Row
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Waiting:
    """How the queue stands: how many jobs could be worked on now, since when the oldest of them can, and when a job
    was last taken ("" when none was)."""

    due: int
    since: str
    last_taken: str


async def get_job(store: Store, id_: str) -> Job:
    """The job of that id. Raises NotFound."""
    rows = await store.read(f"MATCH (j:Job {{id: $id}}) WHERE j.state IS NOT NULL RETURN {COLUMNS}", {"id": id_})
    if not rows:
        raise NotFound(what=JOB, name=id_)
    return job_of(rows[0])


async def get_jobs(store: Store, ids: Iterable[str]) -> list[Job]:
    """Those of the jobs that there are."""
    rows = await store.read(f"MATCH (j:Job) WHERE j.id IN $ids RETURN {LISTED} ORDER BY j.id", {"ids": sorted(ids)})
    return [job_of(row) for row in rows]


async def list_jobs(
    store: Store, *, state: str | None = None, skip: int = 0, limit: int = 100
) -> tuple[list[Job], int]:
    """Jobs newest first, of one state or of all, and how many there are."""
    given = {"state": state, "skip": skip, "limit": limit}
    which = "MATCH (j:Job) WHERE j.state = coalesce($state, j.state)"
    count = await store.read(f"{which} RETURN count(j) AS n", given)
    rows = await store.read(f"{which} RETURN {LISTED} ORDER BY j.created_at DESC, j.id SKIP $skip LIMIT $limit", given)
    return [job_of(row) for row in rows], count[0]["n"]


async def due_jobs(store: Store, at: str) -> list[str]:
    """Ids of jobs that may be claimed, oldest first. Of one source only the oldest that is open: what was sent last
    must be what stands in the end."""
    rows = await store.read(
        "MATCH (j:Job) WHERE j.state IN $open RETURN j.id AS id, j.source AS source, j.state AS state, "
        "j.not_before AS not_before, j.lease_until AS lease_until ORDER BY j.created_at, j.id",
        {"open": list(OPEN)},
        timeout=TIMEOUT,
    )
    oldest: dict[str, Row] = {}
    for row in rows:
        oldest.setdefault(row["source"], row)
    return [row["id"] for row in oldest.values() if _is_due(row, at)]


def _is_due(row: Row, at: str) -> bool:
    return bool(row["not_before"] <= at if row["state"] == "queued" else row["lease_until"] < at)


async def waiting(store: Store, at: str) -> Waiting:
    """How the queue stands at ``at``."""
    due = await store.read(
        "MATCH (j:Job) WHERE (j.state = 'queued' AND j.not_before <= $at) "
        "OR (j.state = 'running' AND j.lease_until < $at) "
        "RETURN count(j) AS n, min(coalesce(j.lease_until, j.not_before)) AS since",
        {"at": at},
    )
    if not due[0]["n"]:
        return Waiting(0, "", "")
    last = await store.read("MATCH (j:Job) WHERE j.started_at IS NOT NULL RETURN max(j.started_at) AS at")
    return Waiting(due[0]["n"], due[0]["since"], last[0]["at"] or "")


async def read_upload(store: Store, job: Job, write: Callable[[bytes], object]) -> None:
    """Give the job's bytes to ``write``, part by part. Raises DamagedUpload when they are not those that came."""
    digest = hashlib.sha256()
    for seq in range(job.parts):
        rows = await store.read(
            "MATCH (p:JobPart {id: $id}) RETURN p.data AS data", {"id": part_id(job.upload, seq)}, timeout=TIMEOUT
        )
        if not rows:
            raise DamagedUpload(job=job.id, name=job.name)
        data = unpack(rows[0]["data"])
        digest.update(data)
        write(data)
    if digest.hexdigest() != job.sha256:
        raise DamagedUpload(job=job.id, name=job.name)
