"""All links of two documents, as relations of the graph. Pure: a function of the two records alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.across import pairing
from graph.across.figures import sort_of
from graph.across.record import Citation, DocumentRecord, Judgement, TaskFacts
from graph.across.results import continuing, reporting
from graph.across.tasks import corresponding
from graph.across.verdicts import course, verdict
from graph.ids import relation_key
from graph.models import KNOWLEDGE, Relation, Value

TYPES = ("CORRESPONDS_TO", "REPORTS_ON", "FOLLOWS", "IMPLEMENTS", "SUPERSEDES", "TEXT_OF")
"""Types of derived relations between documents."""
CONFIDENCE = {"FOLLOWS": 0.9, "IMPLEMENTS": 0.95, "SUPERSEDES": 0.95, "TEXT_OF": 0.95}
"""How sure links between whole documents are; the others carry their score."""


def links_between(one: DocumentRecord, other: DocumentRecord) -> list[Relation]:
    """Every derived relation between two different documents, by key, as decided about."""
    found = [*_links(one, other), *_links(other, one)]
    return _judged(found, one, other)


def own_links(record: DocumentRecord) -> list[Relation]:
    """Links that need no second document: a notice is the text of the plan it issues and names."""
    found = (_text_of(record, citation) for citation in record.citations if pairing.is_text_of(record, citation))
    return _judged(found, record)


def joined(judgements: Iterable[Judgement]) -> list[Judgement]:
    """What several documents know of decisions, put together, in the order of the log; without those missing an end."""
    known: dict[str, Judgement] = {}
    for judgement in judgements:
        other = known.get(judgement.entry, judgement)
        known[judgement.entry] = replace(other, head=other.head or judgement.head, tail=other.tail or judgement.tail)
    return sorted((j for j in known.values() if j.head and j.tail), key=lambda j: j.seq)


def _judged(found: Iterable[Relation], *records: DocumentRecord) -> list[Relation]:
    """Links of these documents by key, with the status people gave them last."""
    known = joined(judgement for record in records for judgement in record.judged)
    verdicts = {(judgement.type, judgement.head, judgement.tail): judgement for judgement in known}
    return [_with_status(r, verdicts.get((r.type, r.head, r.tail))) for r in sorted(found, key=lambda r: r.key)]


def _with_status(relation: Relation, verdict: Judgement | None) -> Relation:
    if verdict is None:
        return relation
    return replace(relation, properties={**relation.properties, "status": verdict.status})


def _links(one: DocumentRecord, other: DocumentRecord) -> Iterator[Relation]:
    """Relations that go from ``one`` to ``other``, and what ``one`` names that ``other`` is the text of."""
    if other.id == KNOWLEDGE:
        return
    for citation in one.citations:
        if pairing.is_text_of(other, citation):
            yield _text_of(other, citation)
    if one.id == KNOWLEDGE:
        return
    if pairing.follows(one, other):
        yield _documents("FOLLOWS", one, other, "across.next-year", [one.id, other.id])
    cited = pairing.named_in(one, other)
    if cited is not None and cited.relation in ("IMPLEMENTS", "SUPERSEDES"):
        rule = "across.named-superior" if cited.relation == "IMPLEMENTS" else "across.named-predecessor"
        yield _documents(cited.relation, one, other, rule, [cited.key])
    if pairing.tasks_compared(one, other):
        yield from _tasks(one, other)
    if pairing.reports_on(one, other):
        yield from _reports(one, other)


def _tasks(later: DocumentRecord, earlier: DocumentRecord) -> Iterator[Relation]:
    rule = "across.same-duty-of-level" if later.year == earlier.year else "across.same-duty-of-year"
    for pair in corresponding(later.tasks, earlier.tasks):
        head, tail = later.tasks[pair.one].id, earlier.tasks[pair.other].id
        more: dict[str, Value] = {"score": pair.score, "reasons": list(pair.reasons), "confidence": pair.score}
        yield _relation("CORRESPONDS_TO", ("Task", head), ("Task", tail), later.id, rule, [head, tail], more)
        yield from _targets(later, earlier, later.tasks[pair.one], earlier.tasks[pair.other])


def _targets(later: DocumentRecord, earlier: DocumentRecord, one: TaskFacts, other: TaskFacts) -> Iterator[Relation]:
    """Targets of two tasks that are one duty, which count the same thing.

    A count of a place is a part of that of the place above, neither more nor less.
    """
    now = [figure for figure in later.targets if figure.id in one.aims]
    before = [figure for figure in earlier.targets if figure.id in other.aims]
    for pair in continuing(now, before, [*later.targets, *earlier.targets]):
        head, tail = now[pair.one], before[pair.other]
        part = later.year == earlier.year and sort_of(head) == "count"
        said = "not_comparable" if part else course(head, tail)
        more: dict[str, Value] = {"score": pair.score, "confidence": pair.score, "verdict": said}
        ends, rule = [head.id, tail.id], "across.same-target"
        yield _relation("CORRESPONDS_TO", ("Indicator", ends[0]), ("Indicator", ends[1]), later.id, rule, ends, more)


def _reports(report: DocumentRecord, plan: DocumentRecord) -> Iterator[Relation]:
    for pair in reporting(report, plan):
        result, target = report.results[pair.one], plan.targets[pair.other]
        more: dict[str, Value] = {"score": pair.score, "confidence": pair.score, "verdict": verdict(target, result)}
        ends, rule = [result.id, target.id], "across.result-of-target"
        yield _relation("REPORTS_ON", ("Indicator", ends[0]), ("Indicator", ends[1]), report.id, rule, ends, more)


def _text_of(document: DocumentRecord, citation: Citation) -> Relation:
    head, tail = ("Document", document.id), ("Regulation", citation.regulation)
    more: dict[str, Value] = {"confidence": CONFIDENCE["TEXT_OF"]}
    return _relation("TEXT_OF", head, tail, document.id, "across.same-title", [document.id, citation.regulation], more)


def _documents(type_: str, one: DocumentRecord, other: DocumentRecord, rule: str, inputs: list[str]) -> Relation:
    more: dict[str, Value] = {"confidence": CONFIDENCE[type_]}
    return _relation(type_, ("Document", one.id), ("Document", other.id), one.id, rule, inputs, more)


def _relation(
    type_: str,
    head: tuple[str, str],
    tail: tuple[str, str],
    doc: str,
    rule: str,
    inputs: list[str],
    more: dict[str, Value],
) -> Relation:
    """A derived relation; ``head`` and ``tail`` are (label, id)."""
    key = relation_key(type_, head[1], tail[1], doc, -1, -1, rule)
    properties: dict[str, Value] = {
        "origin": "derived",
        "status": "extracted",
        "valid": "current",
        "key": key,
        "doc": doc,
        "rule": rule,
        "inputs": inputs,
        "implicit": False,
        **more,
    }
    return Relation(type_, *head, *tail, key, properties)
