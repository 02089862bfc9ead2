"""What comparing a document with another needs, and nothing more: made once from its graph, kept as JSON beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

DIRECTIVE = frozenset({"plan", "notice", "assignment"})
"""Kinds of documents that set tasks and targets."""
REPORTING = frozenset({"summary", "report"})
"""Kinds of documents that say what came of them."""


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """A task that owns a duty. ``campaigns`` are cores, ``targets`` ids.

    Of its target indicators: ``metrics`` says what each counts, ``units`` in what, ``aims`` are their ids.
    """

    id: str
    at: int
    name: str
    text: str
    campaigns: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    aims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """A target or result.

    ``before``: its clause up to it; ``earlier``: the clause before that one in the sentence; ``task``: the name of its
    task; ``objects``: names of the vehicle classes it measures. ``deadline``: ISO date of the task, "" when it has
    none. ``change`` is in percent, ``change_abs`` in the unit (in points for a rate). ``ceiling``: is a rise to stay
    within it? ``year``: the year a result speaks of, 0 when the document's own; ``years``: does it add up several?
    """

    id: str
    at: int
    metric: str
    before: str
    task: str
    op: str
    value: float | None
    change: float | None
    unit: str
    objects: tuple[str, ...] = ()
    deadline: str = ""
    earlier: str = ""
    change_abs: float | None = None
    ceiling: bool = False
    year: int = 0
    years: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A policy the document names.

    ``relation``: IMPLEMENTS, SUPERSEDES or CITES; ``key``: of the relation that says so. ``titles`` and ``numbers``:
    all it is called here; ``own``: the title that makes it that policy everywhere, ``named``: does it name a place or
    body?
    """

    regulation: str
    relation: str
    key: str
    titles: tuple[str, ...]
    numbers: tuple[str, ...]
    own: str
    named: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided about a link, as far as this document knows: the ends that are its own, "" for the other's.

    ``entry`` and ``seq``: id and number of the decision; ``status``: confirmed or rejected.
    """

    entry: str
    seq: int
    type: str
    status: str
    head: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document as its partners see it.

    ``path``: the place it speaks for, province down, as far as it says; ``places``: names of all places in it.
    ``authority``: who speaks: police, or the domain or name of another body. ``titles``: comparable forms of its own
    title and of the title it issues; ``named``: do they name a place or body? ``valid`` and ``valid_until`` are its own
    words, ``marked`` its relations that are not current by themselves. ``judged``: decisions about its links.
    """

    id: str
    kind: str
    year: int = 0
    issued_on: str = ""
    period: tuple[str, str] = ("", "")
    path: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    issuer: str = ""
    authority: str = ""
    subject: str = ""
    titles: tuple[str, ...] = ()
    named: bool = False
    number: str = ""
    valid: str = "current"
    valid_from: str = ""
    valid_until: str = ""
    marked: Mapping[str, str] = field(default_factory=dict)
    loose: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    tasks: tuple[TaskFacts, ...] = ()
    targets: tuple[FigureFacts, ...] = ()
    results: tuple[FigureFacts, ...] = ()
    judged: tuple[Judgement, ...] = ()

    @property
    def place(self) -> str:
        """Name of the place it speaks for, "" when unknown."""
        return self.path[-1] if self.path else ""

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> DocumentRecord:
        value = json.loads(text)
        value["citations"] = [Citation(**_tuples(item)) for item in value["citations"]]
        value["tasks"] = [TaskFacts(**_tuples(item)) for item in value["tasks"]]
        value["judged"] = [Judgement(**item) for item in value["judged"]]
        for figures in ("targets", "results"):
            value[figures] = [FigureFacts(**_tuples(item)) for item in value[figures]]
        return cls(**_tuples(value))


def _tuples(value: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(item) if isinstance(item, list) else item for name, item in value.items()}
