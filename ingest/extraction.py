"""What extraction gives, before it is a graph: mentions and links over one text, sections and a profile.

Offsets are code points into ``text`` exactly as loaded. Everything is immutable, picklable and ordered, so that the
same text gives the same Extraction in every process. ``ingest.assemble`` turns one into a DocumentGraph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Mention:
    """A typed span. ``type`` is an ontology label, or Period (becomes properties, not a node).

    ``canonical`` is the full or normal name ("" when it is the text). ``identity`` is the identity tuple of a shared
    entity, set by resolution ("" fields allowed; empty tuple: (canonical or text)). ``rule`` names the rule that found
    it; ``attributes`` hold ontology properties (level, kind, value, …) and gold flags (generic, nested, optional).
    """

    type: str
    start: int
    end: int
    text: str
    canonical: str = ""
    rule: str = ""
    confidence: float = 1.0
    identity: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.canonical or self.text


@dataclass(frozen=True, slots=True)
class Link:
    """A stated or inherited relation between two mentions.

    ``start``-``end`` is the evidence: the sentence or line that states it; for an inherited owner the task's title
    (``implicit=True``). ``basis`` is the other sentence that gives the role (heading, 下同 rule, signature).
    """

    rel: str
    head: Mention
    tail: Mention
    start: int
    end: int
    rule: str
    confidence: float = 1.0
    implicit: bool = False
    role_zh: str = ""
    joint: bool = False
    basis: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class SectionSpan:
    """One section: heading at ``start``-``end``, content up to ``body_end``. ``parent`` indexes the list, None at top.

    ``path`` is the stable position within the document ("2", "2.3", …; a restart after a cut begins a new first part).
    ``task`` is the heading as a Task mention when it names an action, None otherwise (主要工作情况).
    """

    number: str
    level: int
    start: int
    end: int
    body_end: int
    path: str
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What kind of document this is, who issued it, for where and when. Dates are ISO strings, "" when unknown."""

    name: str
    kind: str
    number: str = ""
    issued_on: str = ""
    year: int | None = None
    period_start: str = ""
    period_end: str = ""
    valid_from: str = ""
    """The day it takes effect: as written, else the day of issue."""
    valid_until: str = ""
    """The day it ends, where the document says so."""
    issuer: Mention | None = None
    issuer_basis: tuple[int, int] | None = None
    jurisdiction: tuple[str, ...] = ()
    """Canonical region names from the province down, e.g. (湖南省, 岳阳市, 汨罗市)."""
    recipients: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Short name → full name as the document itself defines them (以下简称…)."""
    damage: tuple[str, ...] = ()
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a candidate source adds to the rules' result: a mention, or what it says of one the rules have.

    It waits for a person: nodes and relations made from it have status ``proposed``.
    """

    mention: Mention
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one text. ``notes`` tell the per-file report what could not be read.

    ``candidates`` names the candidate source that was asked too, "" when none was or when it failed on the way.
    """

    text: str
    profile: Profile
    sections: tuple[SectionSpan, ...]
    mentions: tuple[Mention, ...]
    links: tuple[Link, ...]
    notes: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    candidates: str = ""
