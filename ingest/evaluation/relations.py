"""Relations of one document: both ends must touch the annotated ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from graph.ontology import ontology
from ingest.evaluation.counts import Counts
from ingest.evaluation.gold import Annotation, Relation, Span
from ingest.evaluation.matching import overlap

DUTIES = frozenset(ontology().types("duty"))
"""Relations from a unit to a task that say who must do it."""
KINDS = {"explicit": False, "implicit": True}
"""Duties by whether the text writes the subject there."""


@dataclass(frozen=True, slots=True)
class RelationScore:
    """Counts by relation type, and what was missed and wrong."""

    counts: dict[str, Counts]
    missed: tuple[Relation, ...]
    false: tuple[Relation, ...]


def score_relations(
    gold: Annotation, predicted: Iterable[Relation], *, coref: bool = False, partial: bool = False
) -> RelationScore:
    """Score all relations. ``coref``: a unit at an end may be any annotated mention of the same body.

    ``partial``: not every task is annotated. A predicted duty counts only when its task touches one that has annotated
    duties, any other relation only when its head touches the head of an annotated one of its type.
    """
    same = _mentions_of_same_body(gold) if coref else _itself
    wanted = sorted(gold.relations, key=lambda relation: relation.optional)
    found = [p for p in predicted if not partial or _is_annotated(p, wanted)]
    counts: dict[str, Counts] = defaultdict(Counts)
    used: set[int] = set()
    false: list[Relation] = []
    for p in found:
        hit = next((i for i, g in enumerate(wanted) if i not in used and _answers(p, g, same)), None)
        if hit is None:
            counts[p.rel] += Counts(fp=1)
            false.append(p)
            continue
        used.add(hit)
        counts[p.rel] += Counts(tp=int(not wanted[hit].optional))
    missed = [g for i, g in enumerate(wanted) if i not in used and not g.optional]
    for g in missed:
        counts[g.rel] += Counts(fn=1)
    return RelationScore(dict(counts), tuple(missed), tuple(false))


def score_duties(
    gold: Annotation, predicted: Iterable[Relation], *, implicit: bool, coref: bool = False, partial: bool = False
) -> Counts:
    """All duties of one kind together. A stated owner that is found as an inherited one is missed here, wrong there."""

    def of_kind(relations: Iterable[Relation]) -> tuple[Relation, ...]:
        return tuple(r for r in relations if r.rel in DUTIES and r.implicit == implicit)

    of_gold = Annotation(gold.spans, of_kind(gold.relations))
    scored = score_relations(of_gold, of_kind(predicted), coref=coref, partial=partial)
    return sum(scored.counts.values(), Counts())


def _answers(predicted: Relation, gold: Relation, same: Callable[[Span], Sequence[Span]]) -> bool:
    return (
        predicted.rel == gold.rel
        and any(overlap(mention, predicted.head) for mention in same(gold.head))
        and any(overlap(mention, predicted.tail) for mention in same(gold.tail))
    )


def _itself(end: Span) -> Sequence[Span]:
    return (end,)


def _mentions_of_same_body(gold: Annotation) -> Callable[[Span], Sequence[Span]]:
    """All mentions of the body at an end, the end among them. An end of another type stands for itself."""
    units = gold.of_type("Unit")
    names = {(unit.start, unit.end): unit.name for unit in units}
    by_name: dict[str, list[Span]] = defaultdict(list)
    for unit in units:
        by_name[unit.name].append(unit)

    def same(end: Span) -> Sequence[Span]:
        if end.type != "Unit" or (end.start, end.end) not in names:
            return (end,)
        return (end, *by_name[names[end.start, end.end]])

    return same


def _is_annotated(predicted: Relation, gold: Iterable[Relation]) -> bool:
    if predicted.rel in DUTIES:
        return any(g.rel in DUTIES and overlap(g.tail, predicted.tail) for g in gold)
    return any(g.rel == predicted.rel and overlap(g.head, predicted.head) for g in gold)
