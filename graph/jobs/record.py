"""What a job is. Times are UTC in one fixed form, so that comparing the strings compares the times."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, TypeAlias

from graph.errors import Sentence, ZhizeError
from graph.ids import digest

State = Literal["queued", "running", "done", "failed", "cancelled"]
STATES: tuple[State, ...] = ("queued", "running", "done", "failed", "cancelled")
OPEN = ("queued", "running")
"""States of a job that still has something to come."""

Clock: TypeAlias = Callable[[], datetime]
"""Gives the time now, in UTC. Tests give their own, so that a lease can run out without waiting."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def stamp(moment: datetime, seconds: float = 0.0) -> str:
    """``moment`` plus ``seconds``, as ISO 8601 with milliseconds."""
    return (moment + timedelta(seconds=seconds)).astimezone(UTC).isoformat(timespec="milliseconds")


def job_id(source: str, sha256: str) -> str:
    """One id for the same bytes under the same source: sending a file twice is one job."""
    return f"job:{digest(['job', source, sha256])}"


@dataclass(frozen=True, slots=True)
class Job:
    """One uploaded file. The fields are the properties of its node.

    ``name`` is the file's name for messages and for the choice of its loader, ``upload`` names the parts its bytes are
    stored in. ``fence`` goes up with every claim, cancel and retry; ``rev`` with everything a caller can see.
    ``written`` are ``change source`` of the documents that were written under the lease, kept with them in one
    transaction. ``failure`` and ``report`` are JSON, "" when there is none.
    """

    id: str
    state: State
    source: str
    name: str
    sha256: str
    bytes: int
    upload: str
    parts: int
    sent_by: str
    created_at: str
    not_before: str
    attempts: int = 0
    fence: int = 0
    rev: int = 0
    started_at: str = ""
    finished_at: str = ""
    lease_owner: str = ""
    lease_until: str = ""
    done: int = 0
    total: int = 0
    written: tuple[str, ...] = ()
    failure: str = ""
    report: str = ""

    @property
    def open(self) -> bool:
        return self.state in OPEN

    @property
    def error(self) -> dict[str, str] | None:
        """``{code, zh, en}`` of what ended it, or of the last attempt that is to be repeated."""
        return json.loads(self.failure) if self.failure else None

    @property
    def result(self) -> dict[str, Any] | None:
        """The report of the load, in the form of ``zhize ingest --json``."""
        return json.loads(self.report) if self.report else None


FIELDS = tuple(field.name for field in fields(Job))
COLUMNS = ", ".join(f"j.{name} AS {name}" for name in FIELDS)
"""What a statement about ``(j:Job)`` returns for ``job_of``."""
LISTED = ", ".join(f"j.{name} AS {name}" for name in FIELDS if name != "written")
"""The same without what only the worker needs."""


def job_of(row: Mapping[str, Any]) -> Job:
    """The job of a row with ``COLUMNS`` or ``LISTED``."""
    given = {name: row[name] for name in FIELDS if row.get(name) is not None}
    return Job(**{**given, "written": tuple(given.get("written", ()))})


def failure_of(error: ZhizeError) -> str:
    """An error as a job keeps it."""
    return failure(error.code, {"zh": error.message("zh"), "en": error.message("en")})


def failure(code: str, said: Sentence) -> str:
    return json.dumps({"code": code, "zh": said["zh"], "en": said["en"]}, ensure_ascii=False)
