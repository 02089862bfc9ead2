"""The shapes of uploads and jobs (see ``service.models``)."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict, Field

from service.models import Bilingual, Shape

LOADED: dict[str, Any] = {
    "id": "job:3f1c9a0b77e2d4516c08",
    "state": "done",
    "source": "望岭县2031年工作要点.docx",
    "name": "望岭县2031年工作要点.docx",
    "bytes": 18211,
    "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "sent_by": "loopback",
    "created_at": "2031-03-05T08:00:00.000+00:00",
    "started_at": "2031-03-05T08:00:00.120+00:00",
    "finished_at": "2031-03-05T08:00:01.934+00:00",
    "attempts": 1,
    "not_before": None,
    "progress": {"done": 1, "total": 1},
    "error": None,
    "statuses": {"loaded": 1},
    "document": "document:0b1d9a6c2f7e8d3a4c55",
}
WAITING = {
    **LOADED,
    "state": "queued",
    "started_at": None,
    "finished_at": None,
    "attempts": 0,
    "not_before": LOADED["created_at"],
    "progress": {"done": 0, "total": 0},
    "statuses": {},
    "document": None,
}


def _example(*examples: dict[str, Any]) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": list(examples)})


class JobErrorOut(Bilingual):
    """Why it failed, or why it is going to be tried again."""

    code: str


class ProgressOut(Shape):
    """Files of the upload that are dealt with, and how many it has (0: not known yet)."""

    done: int
    total: int


class ListedJob(Shape):
    """A job. ``document``: the one document that came of it; ``statuses``: how many files became what."""

    model_config = _example(WAITING, LOADED)

    id: str
    state: str = Field(description="queued | running | done | failed | cancelled")
    source: str
    name: str
    bytes: int
    sha256: str
    sent_by: str
    created_at: str
    started_at: str | None
    finished_at: str | None
    attempts: int
    not_before: str | None
    progress: ProgressOut
    error: JobErrorOut | None
    statuses: dict[str, int]
    document: str | None


class JobFileOut(Shape):
    """What became of one file: loaded | replaced | unchanged | duplicate | failed."""

    source: str
    status: str
    document: str
    same_as: str | None
    sha256: str
    characters: int
    counts: dict[str, int]
    seconds: float
    notes: list[str]
    error: JobErrorOut | None


class SkippedOut(Bilingual):
    source: str


class JobOut(ListedJob):
    """A job with the report of each file, once it has one."""

    model_config = _example({**LOADED, "files": [], "skipped": []})

    files: list[JobFileOut]
    skipped: list[SkippedOut]


class JobsOut(Shape):
    model_config = _example({"jobs": [WAITING], "total": 1, "next": None})

    jobs: list[ListedJob]
    total: int
    next: str | None


class AcceptedOut(Shape):
    model_config = _example({"jobs": [WAITING]})

    jobs: list[ListedJob]
