"""What is true of a set of documents, and how it is written as JSON.

Offsets are code points in the document's text, and ``text[start:end] == span.text``: :func:`check` asserts it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import chain, pairwise
from typing import Any, Literal

Verdict = Literal["met", "missed", "not_reported", "not_comparable"]
Change = Literal["kept", "reworded", "moved", "raised", "lowered", "level"]
"""How a task came down: by years (several may hold at once), or ``level``: from the plan above to the plan beneath."""


@dataclass(frozen=True, order=True)
class Span:
    doc: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Document:
    """``place`` and ``issuer`` are ids; of a redacted document both are its own, shared with no other document."""

    doc: str
    title: str
    kind: str
    place: str
    year: int
    issuer: str
    issued_on: str
    number: str


@dataclass(frozen=True)
class Unit:
    """``generic``: a class of bodies of this place (各大队), not one body."""

    id: str
    name: str
    place: str
    generic: bool = False


@dataclass(frozen=True)
class Campaign:
    """One named campaign; its variants share the ``family`` (“一盔一带”)."""

    id: str
    name: str
    family: str


@dataclass(frozen=True)
class UnitMention:
    span: Span
    unit: str


@dataclass(frozen=True)
class CampaignMention:
    span: Span
    campaign: str


@dataclass(frozen=True)
class Task:
    """``span`` is the title: to the first 。, number outside. With no owner written the issuer leads (``implicit``)."""

    key: str
    span: Span
    leads: tuple[str, ...]
    cooperates: tuple[str, ...] = ()
    implicit: bool = False
    deadline: str | None = None
    deadline_text: str | None = None


@dataclass(frozen=True)
class Figure:
    """A target or a result: from the metric's or verb's first character to the end of value, counter and bound."""

    key: str
    span: Span
    role: Literal["target", "result"]
    metric: str
    op: str
    value: float
    unit: str


@dataclass(frozen=True)
class Outcome:
    """What the documents say about a target. ``result`` is absent only for ``not_reported``."""

    target: Span
    result: Span | None
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True)
class Correspondence:
    """Two tasks of a judged pair of documents that are the same duty; the older or higher one is ``head``."""

    head: Span
    tail: Span
    kinds: tuple[Change, ...]


@dataclass(frozen=True)
class Unmatched:
    """A task without a counterpart in the other document: ``dropped`` from the older one, ``added`` in the newer."""

    span: Span
    kind: Literal["added", "dropped"]
    against: str


@dataclass(frozen=True)
class DocumentLink:
    """``doc`` puts ``of`` into effect, or replaces it; ``span`` is where ``doc`` names it."""

    doc: str
    of: str
    span: Span


@dataclass(frozen=True)
class Truth:
    """``judged``: the pairs of documents (older or higher first) whose correspondences are complete."""

    documents: tuple[Document, ...]
    units: tuple[Unit, ...]
    campaigns: tuple[Campaign, ...]
    unit_mentions: tuple[UnitMention, ...]
    campaign_mentions: tuple[CampaignMention, ...]
    tasks: tuple[Task, ...]
    targets: tuple[Figure, ...]
    results: tuple[Figure, ...]
    outcomes: tuple[Outcome, ...]
    judged: tuple[tuple[str, str], ...]
    correspondences: tuple[Correspondence, ...]
    unmatched: tuple[Unmatched, ...]
    implements: tuple[DocumentLink, ...]
    supersedes: tuple[DocumentLink, ...]

    def spans(self) -> Iterator[Span]:
        """Every span that the truth speaks of."""
        yield from (mention.span for mention in self.unit_mentions)
        yield from (named.span for named in self.campaign_mentions)
        yield from (task.span for task in self.tasks)
        yield from (figure.span for figure in chain(self.targets, self.results))
        yield from (task.span for task in self.unmatched)
        yield from (link.span for link in chain(self.implements, self.supersedes))
        for pair in self.correspondences:
            yield from (pair.head, pair.tail)
        for outcome in self.outcomes:
            yield from (span for span in (outcome.target, outcome.result) if span is not None)

    def json(self) -> dict[str, Any]:
        """Plain lists and maps, in the order of the fields."""
        return asdict(self)

    def counts(self) -> dict[str, int]:
        """How many of each kind of truth, verdicts and changes told apart."""
        plain = {name: len(value) for name, value in vars(self).items()}
        verdicts = Counter(f"outcomes.{outcome.verdict}" for outcome in self.outcomes)
        changes = Counter(f"correspondences.{kind}" for pair in self.correspondences for kind in pair.kinds)
        lonely = Counter(f"unmatched.{item.kind}" for item in self.unmatched)
        return {**plain, **dict(sorted((verdicts + changes + lonely).items()))}


def check(truth: Truth, texts: Mapping[str, str]) -> None:
    """Every span stands where it says, every id is known, and no mention lies across another of its kind.

    Raises :class:`AssertionError` with the span that is wrong.
    """
    units, campaigns = {unit.id for unit in truth.units}, {campaign.id for campaign in truth.campaigns}
    assert {document.doc for document in truth.documents} == set(texts)
    for span in truth.spans():
        assert span.text, span
        assert texts[span.doc][span.start : span.end] == span.text, span
    for mention in truth.unit_mentions:
        assert mention.unit in units, mention
    for named in truth.campaign_mentions:
        assert named.campaign in campaigns, named
    for task in truth.tasks:
        assert {*task.leads, *task.cooperates} <= units, task
        assert task.leads, task
    assert all(document.issuer in units for document in truth.documents)
    for spans in (
        sorted(mention.span for mention in truth.unit_mentions),
        sorted(named.span for named in truth.campaign_mentions),
    ):
        for one, other in pairwise(spans):
            assert one.doc != other.doc or one.end <= other.start, (one, other)
