"""What becomes of candidates: the rules that hold for every source.

The rules' own result stands untouched. A candidate is refused when the text does not hold it, when a rule has read
that place (a label line or bracket of owners, a number, a title, a name it would cut), or when it could be a private
number. What is left becomes a Proposal, whose facts wait for a person.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from spacy.tokens import Doc

from graph.ontology import ontology
from ingest.annotations import links, mentions, overlapping, readable, text_of
from ingest.candidates.port import MAX_LENGTH, Candidate, CandidateSource, locate
from ingest.extraction import Link, Mention, Proposal
from ingest.intervals import Intervals
from ingest.pipeline.ownership.statements import find_statements
from ingest.pipeline.unit_words import words
from ingest.sentences import sentence_around

Refusal = Literal["type", "quote", "form", "place", "owners", "numbers", "known", "title", "cut", "suffix", "task"]
"""Why a candidate was not taken: no such type · quote not found · no name · outside the readable text · among stated
owners · a number · the rules have it · inside a title · parts a rule's name · no public body · no task to own there."""

_FORM = re.compile(rf"(?=[^\n]*[^\W\d_])[^\s。；;！？!?：:，,]{{2,{MAX_LENGTH}}}")
_PRIVATE = re.compile(r"[0-9０-９]{5}|[一-鿿][A-Z][·•]?[A-Z0-9]{5}")
"""Phone, identity and plate numbers: never part of a name."""
_NUMBERS = frozenset({"Indicator", "Period"})
_NOT_PASSED_ON = frozenset({"AIMS_AT", "MEASURES", "HOLDS_POST"})


class Refused(Exception):
    """A candidate was not taken."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason: Refusal = reason


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was taken of one document's candidates, in text order, and how many were not, by reason."""

    proposals: tuple[Proposal, ...] = ()
    refused: Counter[Refusal] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()
    complete: bool = True


def consult(doc: Doc, source: CandidateSource) -> Outcome:
    """Ask ``source`` about a document that the rules have read."""
    answer = source.propose(text_of(doc), tuple(readable(doc)))
    judge = _Judge(doc, suffixed=source.suffixed)
    taken: dict[tuple[str, int, int], Proposal] = {}
    refused: Counter[Refusal] = Counter()
    for candidate in answer.candidates:
        try:
            found = judge.proposal(candidate)
        except Refused as refusal:
            refused[refusal.reason] += 1
            continue
        key = (found.mention.type, found.mention.start, found.mention.end)
        before = taken.get(key, Proposal(found.mention))
        new = [link for link in found.links if not any(_says_the_same(link, old) for old in before.links)]
        taken[key] = replace(before, links=(*before.links, *new))
    left = refused.total() - refused["known"]
    notes = answer.notes
    if taken or left:
        notes = (*notes, f"候选（{source.name}）：{len(taken)} 处待审核，{left} 处不合规则")
    ordered = tuple(taken[key] for key in sorted(taken, key=lambda k: (k[1], -k[2], k[0])))
    return Outcome(ordered, refused, notes, answer.complete)


@cache
def candidate_types() -> frozenset[str]:
    """Labels a candidate may have."""
    return frozenset(ontology().proposable)


class _Judge:
    """The rules over one document."""

    def __init__(self, doc: Doc, *, suffixed: bool) -> None:
        self.doc, self.text, self.suffixed = doc, text_of(doc), suffixed
        self.links = links(doc)
        self.readable = list(readable(doc))
        self.owners = Intervals((s.start, s.end) for s in find_statements(doc))
        self.tasks = [m for m in mentions(doc, "Task") if m.attributes["level"] != "measure"]
        self.named: dict[tuple[str, str], Mention] = {}
        for mention in mentions(doc):
            self.named.setdefault((mention.type, mention.text), mention)

    def proposal(self, candidate: Candidate) -> Proposal:
        """``candidate`` as a proposal. Raises Refused."""
        place = self._place(candidate)
        touched = overlapping(self.doc, None, *place)
        self._check_place(candidate, place, touched)
        same = [m for m in touched if m.type == candidate.type]
        mention = next((m for m in same if (m.start, m.end) == place), None)
        stated: tuple[Link, ...] = ()
        if mention is None:
            inner = self._extended(candidate, place, same)
            mention = self._mention(candidate, place)
            stated = tuple(self._passed_on(inner, mention)) if inner else ()
        elif not candidate.duty:
            raise Refused("known")
        return Proposal(mention, (*stated, self._duty(candidate, mention)) if candidate.duty else stated)

    def _place(self, candidate: Candidate) -> tuple[int, int]:
        if candidate.type not in candidate_types():
            raise Refused("type")
        if candidate.duty and (candidate.type != "Unit" or candidate.duty not in ontology().types("duty")):
            raise Refused("type")
        place = locate(self.text, candidate)
        if place is None:
            raise Refused("quote")
        if not _FORM.fullmatch(candidate.quote):
            raise Refused("form")
        return place

    def _check_place(self, candidate: Candidate, place: tuple[int, int], touched: list[Mention]) -> None:
        """Refuse places that are the rules' alone."""
        start, end = place
        stretch = bisect_right(self.readable, start, key=lambda s: s[0]) - 1
        if stretch < 0 or self.readable[stretch][1] < end:
            raise Refused("place")
        if self.owners.overlaps(start, end):
            raise Refused("owners")
        if _PRIVATE.search(candidate.quote) or any(_figure(m, self.text, place) for m in touched):
            raise Refused("numbers")
        if any(m.type == "Regulation" != candidate.type and m.start <= start and end <= m.end for m in touched):
            raise Refused("title")

    def _extended(self, candidate: Candidate, place: tuple[int, int], same: list[Mention]) -> Mention | None:
        """The one mention of the rules that the candidate is longer than, if any."""
        inner = _outermost(same)
        if len(inner) > 1 or any(m.start < place[0] or place[1] < m.end for m in inner):
            raise Refused("cut")
        if inner:
            return inner[0]
        if candidate.type == "Unit" and self.suffixed and not _ends_as_a_body(candidate.quote):
            raise Refused("suffix")
        return None

    def _mention(self, candidate: Candidate, place: tuple[int, int]) -> Mention:
        """A new mention: of the entity that the rules know by this name here, else of one that is only proposed."""
        rule, start, end = f"candidate.{candidate.source}", *place
        known = self.named.get((candidate.type, candidate.quote))
        if known is not None:
            return replace(known, start=start, end=end, rule=rule, confidence=candidate.confidence)
        return Mention(
            candidate.type,
            start,
            end,
            candidate.quote,
            rule=rule,
            confidence=candidate.confidence,
            identity=("proposed", candidate.quote),
            attributes={"scope": "document", "status": "proposed"},
        )

    def _duty(self, candidate: Candidate, unit: Mention) -> Link:
        """The duty a candidate states, of the innermost task around it."""
        around = [t for t in self.tasks if t.start <= unit.start and unit.end <= int(t.attributes["body_end"])]
        if not around:
            raise Refused("task")
        if any(_says(link, candidate.duty, unit, around[-1]) for link in self.links):
            raise Refused("known")
        span, rule = sentence_around(self.text, unit.start, unit.end), f"candidate.{candidate.source}"
        return Link(candidate.duty, unit, around[-1], *span, rule=rule, confidence=candidate.confidence)

    def _passed_on(self, inner: Mention, mention: Mention) -> Iterable[Link]:
        """What the rules say of the shorter name, said of the longer one."""
        for link in self.links:
            if link.implicit or link.rel in _NOT_PASSED_ON:
                continue
            if _same(link.head, inner):
                yield replace(link, head=mention, rule=mention.rule, confidence=mention.confidence)
            elif _same(link.tail, inner):
                yield replace(link, tail=mention, rule=mention.rule, confidence=mention.confidence)


def _figure(mention: Mention, text: str, place: tuple[int, int]) -> bool:
    """Does ``place`` take in a number or date that a rule has read, whole or in its digits?"""
    if mention.type not in _NUMBERS:
        return False
    start, end = max(mention.start, place[0]), min(mention.end, place[1])
    return (start, end) == (mention.start, mention.end) or any(c.isdigit() for c in text[start:end])


def _ends_as_a_body(name: str) -> bool:
    return any(name[i:] in words().suffixes or name[i:] in words().fixed for i in range(1, len(name)))


def _outermost(found: list[Mention]) -> list[Mention]:
    """Of mentions in text order, those that lie in no other."""
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.end > kept[-1].end:
            kept.append(mention)
    return kept


def _same(one: Mention, other: Mention) -> bool:
    return (one.type, one.start, one.end) == (other.type, other.start, other.end)


def _says(link: Link, duty: str, unit: Mention, task: Mention) -> bool:
    names = link.head.name == unit.name
    return link.rel == duty and not link.implicit and _same(link.tail, task) and names


def _says_the_same(one: Link, other: Link) -> bool:
    return one.rel == other.rel and _same(one.head, other.head) and _same(one.tail, other.tail)
