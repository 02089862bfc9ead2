"""What is in force: a document's own word, and what the documents that repeal it make of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from graph.across.pairing import series_of, supersedes
from graph.across.record import DocumentRecord


@dataclass(frozen=True, slots=True)
class Validity:
    """``status``: current, superseded or withdrawn; ``until``: ISO date of its last day, "" when unknown or never."""

    status: str
    until: str


def validity_of(record: DocumentRecord, others: Iterable[DocumentRecord]) -> Validity:
    """The validity of ``record`` given all documents that may repeal it, in any order.

    The first repeal counts; a repealed repeal revives nothing. Of one day, a successor comes before a mere repeal.
    """
    ends = sorted(_end(record, other) for other in others if other.id != record.id and supersedes(other, record))
    own = Validity(record.valid, record.valid_until)
    if not ends:
        return own
    day, withdrawn = ends[0]
    status = own.status if own.status != "current" else ("withdrawn" if withdrawn else "superseded")
    return Validity(status, min(filter(None, (own.until, day)), default=""))


def _end(record: DocumentRecord, other: DocumentRecord) -> tuple[str, bool]:
    """The last day before ``other`` ends ``record``, and whether it only repeals it, without taking its place."""
    first = other.valid_from or other.issued_on
    last = (date.fromisoformat(first) - timedelta(days=1)).isoformat() if first else ""
    return last, series_of(record) != series_of(other)
