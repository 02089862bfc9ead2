"""Everything that may happen to a job, as values: what ``Store.job`` takes, in this process or over loopback.

Times come with the change (``graph.jobs.record.stamp``): a store has no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class StorePart:
    """Keep part ``seq`` of an upload. Nobody sees it until ``Accept``."""

    upload: str
    seq: int
    data: str
    at: str


@dataclass(frozen=True, slots=True)
class Accept:
    """Make the job of an upload whose parts are stored. When the same job is open already, that one is given back
    and these parts go; a finished one begins again. Raises QueueFull at ``room`` open jobs."""

    id: str
    source: str
    name: str
    sha256: str
    bytes: int
    upload: str
    parts: int
    sent_by: str
    at: str
    room: int


@dataclass(frozen=True, slots=True)
class Claim:
    """Take the job if it is due, or if the lease of whoever had it has run out; None when somebody was faster.

    After ``attempts`` claims that nobody brought to an end the job fails: it ends its workers.
    """

    id: str
    owner: str
    at: str
    until: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Beat:
    """Still at work: the lease goes on until ``until``; ``done`` of ``total`` files. Raises LeaseLost."""

    id: str
    fence: int
    until: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Settle:
    """The end of an attempt. Raises LeaseLost.

    ``queued``: again from ``not_before`` on, with ``failure`` saying why; ``counted`` False gives the job back as if
    it had not been taken.
    """

    id: str
    fence: int
    at: str
    state: Literal["done", "failed", "queued"]
    failure: str = ""
    report: str = ""
    not_before: str = ""
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Cancel:
    """No more of it. Raises NotFound, or JobRefused when it is done or failed."""

    id: str
    at: str


@dataclass(frozen=True, slots=True)
class Retry:
    """Begin again a job that failed or was cancelled. Raises NotFound, or JobRefused when it is in another state."""

    id: str
    at: str


@dataclass(frozen=True, slots=True)
class FreeAll:
    """Nobody else can be at work (one process holds the store): what is marked as running is due again."""

    at: str


@dataclass(frozen=True, slots=True)
class Prune:
    """Forget jobs finished before ``before`` and all but the newest ``keep`` finished ones, and parts older than
    ``parts_before`` that belong to no job. Documents stay."""

    before: str
    keep: int
    parts_before: str


Change: TypeAlias = StorePart | Accept | Claim | Beat | Settle | Cancel | Retry | FreeAll | Prune
_KINDS: Mapping[str, type[Change]] = {
    kind.__name__: kind for kind in (StorePart, Accept, Claim, Beat, Settle, Cancel, Retry, FreeAll, Prune)
}


def change_to_json(change: Change) -> dict[str, Any]:
    return {"change": type(change).__name__, **asdict(change)}


def change_from_json(value: Mapping[str, Any]) -> Change:
    """The change ``change_to_json`` was given; KeyError or TypeError for anything else."""
    given = dict(value)
    return _KINDS[given.pop("change")](**given)
