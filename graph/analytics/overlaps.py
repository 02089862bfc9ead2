"""Campaigns that are against the same thing at the same time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TypeAlias

from graph.analytics.campaign_targets import TYPES, Aim, aims, neighbours, reachable
from graph.analytics.findings import FACTS, Findings, keys, ref, refs
from graph.analytics.projection import Fact, Needs, Projection, Thing
from graph.models import Row

LABELS = ("VehicleClass", "Violation", "PersonGroup", "Road")
Period: TypeAlias = tuple[str, str]


@dataclass(slots=True)
class _Overlap:
    """What two campaigns have in common; ``same_place`` is None while no place is known."""

    targets: set[str] = field(default_factory=set)
    first: str = "9999-12-31"
    last: str = ""
    documents: set[str] = field(default_factory=set)
    same_place: bool | None = None
    facts: list[Fact] = field(default_factory=list)


NEEDS = Needs(("Campaign", *LABELS), (*TYPES, "KIND_OF", "VARIANT_OF", "COMPRISES", "LOCATED_IN", "WITHIN"))


def compute(graph: Projection) -> Findings:
    """A row for each pair of campaigns; those of one place first, then by how many targets they share."""
    periods = {id_: found for id_, document in graph.documents.items() if (found := period(document))}
    targets = {thing.id for thing in graph.labelled(*LABELS)}
    dated = [aim for aim in aims(graph) if aim.doc in periods and aim.target in targets]
    related = _related(graph)
    places = _places(graph)
    shared: dict[tuple[str, str], _Overlap] = {}
    for one, other in _meeting(graph, dated):
        a, b = sorted((one, other), key=lambda aim: (aim.campaign, aim.doc))
        first, last = max(periods[a.doc][0], periods[b.doc][0]), min(periods[a.doc][1], periods[b.doc][1])
        if a.campaign != b.campaign and first <= last and b.campaign not in related.get(a.campaign, ()):
            both = shared.setdefault((a.campaign, b.campaign), _Overlap())
            both.targets.add(one.target)
            both.first, both.last = min(both.first, first), max(both.last, last)
            both.documents |= {a.doc, b.doc}
            both.same_place = _either(both.same_place, _same_place(places, a.doc, b.doc))
            both.facts += [*a.facts, *b.facts]
    rows = [_row(graph, pair, found) for pair, found in shared.items()]
    rows.sort(key=_order)
    undated = len(graph.documents) - len(periods)
    return Findings(
        rows, {"pairs": len(rows), "same_place": sum(r["same_place"] is True for r in rows), "undated": undated}
    )


def period(document: Thing) -> Period | None:
    """First and last day a document is about, ISO: its period, else its year, else the year it was issued; or None."""
    own = document.properties
    first, last = own.get("period_start"), own.get("period_end")
    year = own.get("year") or (own.get("issued_on") or first or last or "")[:4]
    if not year:
        return None
    return first or f"{year}-01-01", last or f"{year}-12-31"


def _meeting(graph: Projection, dated: list[Aim]) -> list[tuple[Aim, Aim]]:
    """Pairs of aims at one thing, or of which the first is at a kind of what the second is at."""
    by_target: defaultdict[str, list[Aim]] = defaultdict(list)
    for aim in dated:
        by_target[aim.target].append(aim)
    kinds = neighbours(graph.of("KIND_OF"), up=True)
    wider = {target: sorted(reachable(target, kinds) & by_target.keys()) for target in by_target}
    graph.check_pairs(
        sum(len(group) * (len(group) + sum(len(by_target[w]) for w in wider[t])) for t, group in by_target.items())
    )
    pairs = []
    for target, group in by_target.items():
        for index, one in enumerate(group):
            others = group[index + 1 :] + [aim for w in wider[target] for aim in by_target[w]]
            pairs += [(one, other) for other in others]
    return pairs


def _related(graph: Projection) -> dict[str, set[str]]:
    """Campaign → those that are one with it: its variants, parts and wholes. They do not compete."""
    joined: defaultdict[str, list[str]] = defaultdict(list)
    for fact in graph.of("VARIANT_OF", "COMPRISES"):
        if fact.head in graph.things and fact.tail in graph.things:
            joined[fact.head].append(fact.tail)
            joined[fact.tail].append(fact.head)
    campaigns = {thing.id for thing in graph.labelled("Campaign")}
    step = {
        id_: [other for other in others if other in campaigns] for id_, others in joined.items() if id_ in campaigns
    }
    return {id_: reachable(id_, step) for id_ in step}


def _places(graph: Projection) -> dict[str, set[str]]:
    """Document → the places it is located in, and what they lie within."""
    within = neighbours(graph.of("WITHIN"), up=True)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for fact in graph.of("LOCATED_IN"):
        if fact.head in graph.documents:
            found[fact.head].add(fact.tail)
    return {doc: own | {above for place in own for above in reachable(place, within)} for doc, own in found.items()}


def _same_place(places: dict[str, set[str]], a: str, b: str) -> bool | None:
    """Do two documents speak for one place, or one for a place within the other's? None when not known."""
    if a == b:
        return True
    if a not in places or b not in places:
        return None
    return places[a] <= places[b] or places[b] <= places[a]


def _either(a: bool | None, b: bool | None) -> bool | None:
    return True if a or b else b if a is None else a


def _row(graph: Projection, pair: tuple[str, str], found: _Overlap) -> Row:
    return {
        "campaign": ref(graph.things[pair[0]]),
        "other": ref(graph.things[pair[1]]),
        "targets": refs(graph.things[target] for target in found.targets),
        "first_day": found.first,
        "last_day": found.last,
        "same_place": found.same_place,
        "documents": refs(graph.documents[doc] for doc in found.documents),
        FACTS: keys(found.facts),
    }


def _order(row: Row) -> tuple[object, ...]:
    names = (row["campaign"]["name"], row["other"]["name"], row["campaign"]["id"], row["other"]["id"])
    return ({True: 0, None: 1, False: 2}[row["same_place"]], -len(row["targets"]), *names)
