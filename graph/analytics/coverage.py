"""Violations and vehicle classes that documents speak of and no campaign is against."""

from __future__ import annotations

from collections import defaultdict

from graph.analytics.campaign_targets import TYPES, aims, neighbours, reachable
from graph.analytics.findings import FACTS, Findings, keys, ref
from graph.analytics.projection import Fact, Needs, Projection
from graph.models import Row

LABELS = ("Violation", "VehicleClass")
NEEDS = Needs((*LABELS, "Campaign"), (*TYPES, "MENTIONS", "KIND_OF", "COMPRISES", "VARIANT_OF"))


def compute(graph: Projection) -> Findings:
    """A row for each violation or vehicle class no campaign covers; those that most tasks are about first."""
    covered = _covered(graph)
    kinds = neighbours(graph.of("KIND_OF"), up=False)
    about: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in graph.of("TARGETS", "MENTIONS"):
        about[fact.tail].append(fact)
    rows: list[Row] = []
    wanted = graph.labelled(*LABELS)
    for thing in wanted:
        if thing.id in covered:
            continue
        facts = about[thing.id]
        targeting = [fact for fact in facts if fact.type == "TARGETS"]
        rows.append(
            {
                "target": {**ref(thing), "label": thing.label},
                "tasks": len({fact.head for fact in targeting}),
                "documents": len({fact.doc for fact in facts}),
                "kinds": len(below := reachable(thing.id, kinds)),
                "kinds_covered": len(below & covered),
                FACTS: keys(targeting or facts),
            }
        )
    rows.sort(
        key=lambda r: (-r["tasks"], -r["documents"], r["target"]["label"], r["target"]["name"], r["target"]["id"])
    )
    named = sum(bool(row["documents"]) for row in rows)
    return Findings(rows, {"all": len(wanted), "covered": len(wanted) - len(rows), "uncovered_named": named})


def _covered(graph: Projection) -> set[str]:
    """What campaigns are against, with its kinds and parts; parts that one document lists count there only."""
    below: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for fact in graph.of("KIND_OF"):
        below[fact.tail].append((fact.head, ""))
    for fact in graph.of("COMPRISES"):
        below[fact.head].append((fact.tail, fact.scope))
    for fact in graph.of("VARIANT_OF"):
        # What the general campaign comprises, its variant is against too.
        below[fact.head].append((fact.tail, ""))
    reached: set[tuple[str, str]] = set()
    waiting = [(id_, aim.doc) for aim in aims(graph) for id_ in (aim.target, aim.campaign)]
    waiting += [(fact.tail, fact.doc) for fact in graph.of("CARRIES_OUT")]
    while waiting:
        pair = waiting.pop()
        if pair in reached:
            continue
        reached.add(pair)
        thing, doc = pair
        waiting += [(other, doc) for other, scope in below[thing] if scope in ("", doc)]
    return {thing for thing, _ in reached}
