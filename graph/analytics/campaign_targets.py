"""Which campaign is against what, by the sentence that says so. Shared by what looks at it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.analytics.projection import Fact, Projection
from graph.ids import label_of

TYPES = ("TARGETS", "CARRIES_OUT")


@dataclass(frozen=True, slots=True)
class Aim:
    """``campaign`` is against ``target`` in document ``doc``; ``facts`` say so."""

    campaign: str
    target: str
    doc: str
    facts: tuple[Fact, ...]


def aims(graph: Projection) -> list[Aim]:
    """What campaigns target, directly or through the task that carries them out.

    Of several campaigns of one task, a target is of the one whose sentence names it (the rule of the catalog query
    campaigns-of-vehicle-class).
    """
    carried: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in graph.of("CARRIES_OUT"):
        carried[fact.head].append(fact)
    found = []
    for fact in graph.of("TARGETS"):
        if label_of(fact.head) == "Campaign":
            found.append(Aim(fact.head, fact.tail, fact.doc, (fact,)))
            continue
        campaigns = carried[fact.head]
        alone = len({other.tail for other in campaigns}) == 1
        found += [
            Aim(does.tail, fact.tail, fact.doc, (fact, does)) for does in campaigns if alone or does.span == fact.span
        ]
    return [aim for aim in found if aim.campaign in graph.things and aim.target in graph.things]


def neighbours(facts: Iterable[Fact], *, up: bool) -> dict[str, list[str]]:
    """Node → what it is a kind of (``up``), or its kinds."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for fact in facts:
        head, tail = (fact.head, fact.tail) if up else (fact.tail, fact.head)
        found[head].append(tail)
    return found


def reachable(start: str, step: Mapping[str, Iterable[str]]) -> set[str]:
    """All that can be reached from ``start``, itself left out. Circles do no harm."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for other in step.get(waiting.pop(), ()):
            if other not in found and other != start:
                found.add(other)
                waiting.append(other)
    return found
