"""The shapes of uploads and jobs (see ``service.models``)."""

from __future__ import annotations

from pydantic import Field

from service.models import Bilingual, Shape


class JobErrorOut(Bilingual):
    """Why it failed, or why it is going to be tried again."""

    code: str


class ProgressOut(Shape):
    """Files of the upload that are dealt with, and how many it has (0: not known yet)."""

    done: int
    total: int


class ListedJob(Shape):
    """A job. ``document``: the one document that came of it; ``statuses``: how many files became what."""

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

    files: list[JobFileOut]
    skipped: list[SkippedOut]


class JobsOut(Shape):
    jobs: list[ListedJob]
    total: int
    next: str | None


class AcceptedOut(Shape):
    jobs: list[ListedJob]
