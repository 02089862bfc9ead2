"""How much each unit bears: duties that a sentence gives it, alone or jointly, and those it only inherits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph.analytics.findings import FACTS, Findings, keys, ref
from graph.analytics.projection import Fact, Needs, Projection, Thing
from graph.models import Row

ROLES = ("LEADS", "COOPERATES", "EXECUTES", "ASSIGNS", "SUPERVISES")
NEEDS = Needs(("Unit",), ROLES)


def compute(graph: Projection) -> Findings:
    """A row for each unit with a duty: bodies before classes of bodies, the most burdened first."""
    duties: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in graph.of(*ROLES):
        if fact.head in graph.things:
            duties[fact.head].append(fact)
    rows = [_row(graph.things[unit], facts) for unit, facts in duties.items()]
    rows.sort(key=lambda r: (r["generic"], -r["own"], -r["inherited"], r["unit"]["name"], r["unit"]["id"]))
    own = sum(row["own"] for row in rows)
    return Findings(rows, {"units": len(rows), "own": own, "inherited": sum(row["inherited"] for row in rows)})


def _row(unit: Thing, facts: list[Fact]) -> Row:
    stated = [fact for fact in facts if not fact.implicit]
    own = _tasks(stated)
    alone = _tasks(f for f in stated if f.type == "LEADS" and not f.joint)
    others = {role.lower(): len(_tasks(f for f in stated if f.type == role)) for role in ROLES[1:]}
    return {
        "unit": ref(unit),
        "level": unit.properties.get("level"),
        "generic": bool(unit.properties.get("generic")),
        "own": len(own),
        "leads": len(alone),
        "leads_jointly": len(_tasks(f for f in stated if f.type == "LEADS" and f.joint) - alone),
        **others,
        "inherited": len(_tasks(f for f in facts if f.implicit) - own),
        "documents": len({fact.doc for fact in facts}),
        FACTS: keys(facts),
    }


def _tasks(facts: Iterable[Fact]) -> set[str]:
    return {fact.tail for fact in facts}
