"""Uploads into jobs, and jobs as the API and the command line show them."""

from __future__ import annotations

import asyncio
import hashlib
import unicodedata
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any, BinaryIO

from graph.documents import pack
from graph.errors import InvalidParameter, JobsStuck, Sentence, UnsupportedFile
from graph.jobs.changes import Accept, StorePart
from graph.jobs.reading import waiting
from graph.jobs.record import Clock, Job, job_id, stamp, utc_now
from graph.store import Store
from ingest.limits import Limits
from ingest.load import checked_source
from ingest.loaders import SUPPORTED, unreadable
from ingest.loaders.sniff import HEAD, extension, unsupported
from service.job_settings import JobSettings

PART = 1_000_000
"""Bytes of an upload that one transaction stores: what is in memory at once."""
LONGEST_NAME = 255
LOADED = ("loaded", "replaced", "unchanged", "duplicate")
"""Statuses of a file that is in the store."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent. ``name`` and ``source`` are clean; ``file`` is at its beginning."""

    file: BinaryIO
    name: str
    source: str


def sent(file: BinaryIO, given: str, size: int, limits: Limits, source: str | None = None) -> Sent:
    """A file called ``given`` by whoever sends it, checked as far as its first bytes tell.

    Raises InvalidParameter (name, source), LimitExceeded, UnsupportedFile. What is wrong inside the file is found when
    it is read: its job fails and says so.
    """
    name = clean_file_name(given)
    limits.check(name, size, "file_bytes")
    head = file.read(HEAD)
    file.seek(0)
    reason = unsupported(head, name)
    if reason is not None:
        data = unreadable(name, reason.reason, reason.detail).data
        listed = " ".join(sorted(SUPPORTED))
        raise UnsupportedFile(path=name, reason=data["reason"], remedy=data["remedy"], supported=listed)
    if source and extension(name) == ".zip":
        said = {"zh": "只能用于单个文件，不能用于压缩包", "en": "it names a single file, and a zip is many"}
        raise InvalidParameter(name="source", reason=said)
    return Sent(file, name, checked_source(source, "source") if source else name)


def clean_file_name(given: str) -> str:
    """The last part of a name that a browser or program sent, without what a name must not have."""
    name = given.replace("\\", "/").rpartition("/")[2]
    # Marks that turn the direction of writing, or take no room, make a name look like another.
    name = "".join(c for c in unicodedata.normalize("NFC", name) if c.isprintable()).strip()
    if name in ("", ".", "..") or len(name) > LONGEST_NAME:
        said = {
            "zh": f"文件名须有 1 至 {LONGEST_NAME} 个字符",
            "en": f"a file needs a name of 1 to {LONGEST_NAME} characters",
        }
        raise InvalidParameter(name="files", reason=said)
    return name


async def accept(store: Store, sent: Sent, sent_by: str, settings: JobSettings, clock: Clock = utc_now) -> Job:
    """Store the file and its job; the job that is there already when it was sent before and is not done.

    When this returns, both are on disk. Raises QueueFull.
    """
    upload, digest, size, seq = uuid.uuid4().hex, hashlib.sha256(), 0, 0
    while data := await asyncio.to_thread(sent.file.read, PART):
        digest.update(data)
        packed = await asyncio.to_thread(pack, data)
        await store.job(StorePart(upload, seq, packed, stamp(clock())))
        size, seq = size + len(data), seq + 1
    sha256, at = digest.hexdigest(), stamp(clock())
    id_ = job_id(sent.source, sha256)
    change = Accept(id_, sent.source, sent.name, sha256, size, upload, seq, sent_by, at, settings.jobs_open)
    job = await store.job(change)
    assert job is not None
    return job


async def require_moving(store: Store, settings: JobSettings, clock: Clock = utc_now) -> None:
    """Raises JobsStuck when jobs wait, the oldest for longer than allowed, and none was taken in that time."""
    now = clock()
    found, long_ago = await waiting(store, stamp(now)), stamp(now, -settings.jobs_stuck)
    if found.due and found.since < long_ago and found.last_taken < long_ago:
        raise JobsStuck(due=found.due, since=found.since, seconds=round(settings.jobs_stuck))


def listed(job: Job) -> dict[str, Any]:
    """A job without the report of each file."""
    files = (job.result or {}).get("files", [])
    counts = Counter(file["status"] for file in files)
    loaded = [file["document"] for file in files if file["status"] in LOADED]
    return {
        "id": job.id,
        "state": job.state,
        "source": job.source,
        "name": job.name,
        "bytes": job.bytes,
        "sha256": job.sha256,
        "sent_by": job.sent_by,
        "created_at": job.created_at,
        "started_at": job.started_at or None,
        "finished_at": job.finished_at or None,
        "attempts": job.attempts,
        "not_before": job.not_before if job.state == "queued" else None,
        "progress": {"done": len(files), "total": len(files)} if files else {"done": job.done, "total": job.total},
        "error": job.error,
        "statuses": dict(counts),
        "document": loaded[0] if len(loaded) == 1 else None,
    }


def shown(job: Job) -> dict[str, Any]:
    """A job with what became of every file."""
    result = job.result or {}
    return {**listed(job), "files": result.get("files", []), "skipped": result.get("skipped", [])}


STATE_WORDS: dict[str, tuple[str, str]] = {
    "queued": ("等待", "queued"),
    "running": ("处理中", "running"),
    "done": ("完成", "done"),
    "failed": ("失败", "failed"),
    "cancelled": ("已取消", "cancelled"),
}
UNEXPECTED: Sentence = {
    "zh": "处理时程序出错（缺陷），已记入日志",
    "en": "the program failed on it (a defect); the log has the details",
}
