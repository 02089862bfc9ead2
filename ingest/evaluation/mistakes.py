"""What went wrong and where, with enough of the text around it to judge it without opening the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from ingest.evaluation.attributes import figure, names, same_value
from ingest.evaluation.gold import Case, Relation, Span
from ingest.evaluation.relations import RelationScore
from ingest.evaluation.spans import SpanScore

AROUND = 20
"""Characters of the text shown on either side."""

Kind = Literal["missed", "false", "edges", "value", "name"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Mistake:
    """``type`` is a span or relation type. ``start``–``end`` is the span, of a relation its tail, whose head is then
    ``head``. ``rule`` is the rule that found what is there; ``expected`` and ``found`` say what differs."""

    kind: Kind
    type: str
    document: str
    start: int
    end: int
    text: str
    before: str
    after: str
    rule: str = ""
    head: str = ""
    expected: str = ""
    found: str = ""


def span_mistakes(case: Case, score: SpanScore) -> Iterator[Mistake]:
    """Missed, false, found with other edges, found with another value or name."""
    for g in score.missed:
        yield _at("missed", g.type, case, g)
    for p in score.false:
        yield _at("false", p.type, case, p, rule=_rule(p))
    for g, p in score.pairs:
        if not g.required:
            continue
        if (g.start, g.end) != (p.start, p.end):
            yield _at("edges", g.type, case, g, rule=_rule(p), found=p.text)
        if g.type == "Indicator" and (wanted := figure(g)) and not same_value(g, p):
            found = p.attributes.get(wanted[0])
            yield _at("value", g.type, case, g, rule=_rule(p), expected=str(wanted[1]), found=str(found))
        if g.type == "Unit" and g.attributes.get("canonical") and not names(g) & names(p):
            yield _at("name", g.type, case, g, rule=_rule(p), expected=_listed(g), found=_listed(p))


def relation_mistakes(case: Case, score: RelationScore) -> Iterator[Mistake]:
    """Missed and false relations."""
    of_kind: tuple[tuple[Kind, Iterable[Relation]], ...] = (("missed", score.missed), ("false", score.false))
    for kind, relations in of_kind:
        for relation in relations:
            yield _at(kind, relation.rel, case, relation.tail, rule=relation.rule, head=relation.head.text)


def _at(
    kind: Kind,
    label: str,
    case: Case,
    span: Span,
    *,
    rule: str = "",
    head: str = "",
    expected: str = "",
    found: str = "",
) -> Mistake:
    return Mistake(
        kind=kind,
        type=label,
        document=case.name,
        start=span.start,
        end=span.end,
        text=span.text,
        before=case.text[max(span.start - AROUND, 0) : span.start],
        after=case.text[span.end : span.end + AROUND],
        rule=rule,
        head=head,
        expected=expected,
        found=found,
    )


def _rule(span: Span) -> str:
    return str(span.attributes.get("rule", ""))


def _listed(span: Span) -> str:
    return "、".join(sorted(names(span)))
