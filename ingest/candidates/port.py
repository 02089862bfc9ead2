"""The port: what a candidate source is given and gives back, and where a candidate stands in the text.

A source names spans by quote; it is not trusted to count. It adds nothing to a document by itself: ``accept`` decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

MAX_LENGTH = 60
"""Characters of the longest name a candidate may have."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that a source sees in the text.

    ``start`` is where it says the quote begins, -1 when it does not know. ``duty`` is empty, or a duty relation that
    the Unit named has to the task in whose text it stands.
    """

    type: str
    quote: str
    source: str
    confidence: float
    start: int = -1
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """All a source has to say of one text. ``notes`` tell the per-file report, in Chinese, what it could not do.

    ``complete`` is False when it failed on the way: the document is then read again in a later run.
    """

    candidates: tuple[Candidate, ...]
    notes: tuple[str, ...] = ()
    complete: bool = True


class CandidateSource(Protocol):
    """A source. ``name`` and ``version`` (of the model and of what it is asked) are kept with what it proposes.

    ``suffixed``: a Unit of this source must extend one of the rules' or end as public bodies do.
    """

    name: str
    suffixed: bool

    @property
    def version(self) -> str: ...

    def propose(self, text: str, zones: Sequence[tuple[int, int]]) -> Proposed:
        """Candidates within ``zones``, the stretches of ``text`` that speak for the document. Never raises for what
        the text or the world outside is like: a source that fails says so in ``notes``."""
        ...


def locate(text: str, candidate: Candidate) -> tuple[int, int] | None:
    """Where the candidate's quote stands: at its offset, else at the one place where the text has it, else nowhere."""
    quote, start = candidate.quote, candidate.start
    if not quote:
        return None
    if start < 0 or not text.startswith(quote, start):
        start = unique(text, quote, 0, len(text))
    return (start, start + len(quote)) if start >= 0 else None


def unique(text: str, quote: str, low: int, high: int) -> int:
    """Offset of the only occurrence of ``quote`` in ``text[low:high]``; -1 when there is none or more than one, or
    when it is empty."""
    first = text.find(quote, low, high)
    return first if first >= 0 and text.find(quote, first + 1, high) < 0 else -1
