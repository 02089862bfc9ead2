"""What is worth a person's time, most worthwhile first.

``score = doubt × (1 + dependants)``: how likely something is wrong, times how much rests on it (``dependants``: other
relations of the task, indicator or node in question, at most ``MOST`` counted). ``doubt`` of a fact is 1 − confidence;
for the other kinds it is the fixed share in ``DOUBT``. What was decided about (confirmed, rejected, declared
different) is not asked again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from graph.claims import Claims
from graph.documents import TIMEOUT
from graph.errors import InvalidParameter
from graph.models import KNOWLEDGE, Row
from graph.ontology import ontology
from graph.review.alike import LABELS, Alike, Named, alike, apart, relative
from graph.review.entries import Entry
from graph.review.listing import listing
from graph.review.log import read_log
from graph.review.state import State, fold
from graph.store import Store

SURE = 0.9
"""Facts of this confidence and above are not asked about."""
MOST = 99
"""Dependants counted at most: a hub is not worth a hundred tasks."""
DOUBT = {"suspicious": 0.9, "waiting": 0.8, "owners": 0.6, "same-name": 0.5, "unknown": 0.4, "alike": 0.3}
KINDS = ("proposed", "unsure", *DOUBT)
LEXICON_LABELS = ("Campaign", "VehicleClass", "Violation", "Regulation", "Mechanism", "Platform", "PersonGroup")
"""Labels whose names the knowledge files list: one that is not there is an unknown term."""


@dataclass(frozen=True, slots=True)
class Item:
    """``target`` is what to decide about (relation key or node id); ``other`` the second node of a same-name pair.

    ``what`` is the relation type or label, ``name`` the names in question; ``details`` depend on the kind.
    """

    kind: str
    score: float
    doubt: float
    dependants: int
    target: str
    what: str
    name: str
    other: str = ""
    document: dict[str, Any] | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    details: dict[str, Any] = field(default_factory=dict)


async def queue(store: Store, *, kind: str | None = None, skip: int = 0, limit: int = 20) -> list[Item]:
    """One page of the queue, of one kind (``KINDS``) or of all. Raises InvalidParameter for another kind."""
    if kind is not None and kind not in KINDS:
        raise InvalidParameter.one_of("kind", KINDS)
    wanted = KINDS if kind is None else (kind,)
    # The best of all are among the best of each.
    top = skip + limit
    items = [item for name in wanted for item in await _FINDERS[name](store, top)]
    items.sort(key=lambda item: (-item.score, item.kind, item.target, item.other))
    return items[skip:top]


def _item(kind: str, doubt: float, row: Row, **more: Any) -> Item:
    dependants = min(int(row["dependants"]), MOST)
    score = round(doubt * (1 + dependants), 4)
    place: dict[str, Any] = {name: row.get(name) for name in ("document", "quote", "start", "end")}
    return Item(kind, score, round(doubt, 4), dependants, row["target"], row["what"], row["name"], **{**place, **more})


_FACTS = """
MATCH (h)-[r:{types}]->(t)
WHERE r.doc <> '' AND coalesce(r.status, 'extracted') = $status AND r.confidence < $sure
  AND coalesce(r.valid, 'current') = 'current'
WITH h, r, t, CASE WHEN type(r) IN $duties THEN COUNT {{ (t)--() }} ELSE COUNT {{ (h)--() }} END - 1 AS rest
WITH h, r, t, CASE WHEN rest > $most THEN $most ELSE rest END AS dependants
WITH h, r, t, dependants ORDER BY (1.0 - r.confidence) * (1 + dependants) DESC, r.key LIMIT $top
MATCH (d:Document {{id: r.doc}})
RETURN r.key AS target, type(r) AS what, h.name AS head, t.name AS tail, r.confidence AS confidence, dependants,
  coalesce(r.implicit, false) AS implicit, r.rule AS rule, {{id: d.id, name: d.name}} AS document, r.quote AS quote,
  r.start_char AS start, r.end_char AS end
"""


def _facts(kind: str, status: str, sure: float) -> Callable[[Store, int], Awaitable[list[Item]]]:
    async def find(store: Store, top: int) -> list[Item]:
        known = ontology()
        types = [t for t in known.types() if known.relations[t].group != "structure" or t == "ISSUED_BY"]
        rows = await store.read(
            _FACTS.format(types="|".join(types)),
            {"status": status, "sure": sure, "duties": list(known.types("duty")), "most": MOST, "top": top},
            timeout=TIMEOUT,
        )
        items = []
        for row in rows:
            details = {"rule": row["rule"], "implicit": row["implicit"], "confidence": row["confidence"]}
            named = {**row, "name": f"{row['head']} → {row['tail']}"}
            items.append(_item(kind, 1 - row["confidence"], named, details=details))
        return items

    return find


async def _suspicious(store: Store, top: int) -> list[Item]:
    rows = await store.read(
        """
MATCH (i:Indicator) WHERE i.suspicious AND i.status IS NULL
WITH i, COUNT { (i)--() } AS dependants ORDER BY dependants DESC, i.id LIMIT $top
MATCH (d:Document {id: i.doc})
RETURN i.id AS target, 'Indicator' AS what, i.name AS name, dependants, i.suspicion AS suspicion,
  {id: d.id, name: d.name} AS document, i.quote AS quote, i.start_char AS start, i.end_char AS end
""",
        {"top": top},
        timeout=TIMEOUT,
    )
    return [_item("suspicious", DOUBT["suspicious"], row, details={"suspicion": row["suspicion"]}) for row in rows]


async def _owners(store: Store, top: int) -> list[Item]:
    """Tasks that different sentences give to different leads, as long as not all of these are confirmed."""
    rows = await store.read(
        """
MATCH (u:Unit)-[r:LEADS]->(t:Task)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND NOT coalesce(r.implicit, false)
  AND coalesce(r.valid, 'current') = 'current'
WITH t, u, r ORDER BY u.name, r.key
WITH t, collect(DISTINCT u.name) AS units, collect(r.key) AS keys,
  count(DISTINCT CASE WHEN coalesce(r.joint, false) THEN 'joint' ELSE r.key END) AS statements,
  sum(CASE WHEN coalesce(r.status, 'extracted') = 'confirmed' THEN 0 ELSE 1 END) AS undecided
WHERE size(units) > 1 AND statements > 1 AND undecided > 0 AND t.status IS NULL
WITH t, units, keys, COUNT { (t)--() } AS dependants ORDER BY dependants DESC, t.id LIMIT $top
MATCH (d:Document {id: t.doc})
RETURN t.id AS target, 'Task' AS what, t.name AS name, dependants, units, keys, {id: d.id, name: d.name} AS document,
  t.quote AS quote, t.start_char AS start, t.end_char AS end
""",
        {"top": top},
        timeout=TIMEOUT,
    )
    return [
        _item("owners", DOUBT["owners"], row, details={"units": row["units"], "facts": row["keys"]}) for row in rows
    ]


async def _unknown(store: Store, top: int) -> list[Item]:
    rows = await store.read("MATCH (c:Claim {id: $id}) RETURN c.claims AS claims", {"id": KNOWLEDGE}, timeout=TIMEOUT)
    known = sorted(Claims.from_json(rows[0]["claims"]).nodes) if rows else []
    items = []
    for label in LEXICON_LABELS:
        found = await store.read(
            f"""
MATCH (n:{label}) WHERE n.status IS NULL AND NOT n.id IN $known
WITH n, COUNT {{ (n)--() }} AS dependants ORDER BY dependants DESC, n.id LIMIT $top
RETURN n.id AS target, '{label}' AS what, n.name AS name, dependants
""",
            {"known": known, "top": top},
            timeout=TIMEOUT,
        )
        items += [_item("unknown", DOUBT["unknown"], row) for row in found]
    return items


def _identifiable(label: str) -> str:
    """Matches the nodes ``n`` that could be one with another: not those that one document alone knows (redacted)."""
    scoped = " AND n.scope IS NULL" if "scope" in ontology().node(label).properties else ""
    return f"MATCH (n:{label}) WHERE (n.status IS NULL OR n.status = 'confirmed'){scoped}"


def _at(label: str) -> str:
    return "coalesce(n.jurisdiction, '')" if "jurisdiction" in ontology().node(label).properties else "''"


async def _same_name(store: Store, top: int) -> list[Item]:
    """Two nodes of one label that some document calls by one name."""
    state = fold((await read_log(store)).entries)
    items: dict[tuple[str, str], Item] = {}
    for label in ontology().labels(scope="shared"):
        rows = await store.read(
            f"""
{_identifiable(label)}
UNWIND [n.name] + coalesce(n.aliases, []) AS called
WITH called, n ORDER BY n.id
WITH called, collect(DISTINCT n.id) AS ids WHERE size(ids) > 1
UNWIND ids AS id
MATCH (n:{label} {{id: id}})
WITH called, n, COUNT {{ (n)--() }} AS degree ORDER BY called, n.id
RETURN called, collect({{id: n.id, name: n.name, degree: degree, at: {_at(label)}}}) AS nodes ORDER BY called
""",
            timeout=TIMEOUT,
        )
        for row in rows:
            _add_pairs(items, label, row["called"], row["nodes"], state)
    return sorted(items.values(), key=lambda item: (-item.score, item.target, item.other))[:top]


def _add_pairs(items: dict[tuple[str, str], Item], label: str, called: str, nodes: Sequence[Row], state: State) -> None:
    if relative(called):
        return
    named = [Named(row["id"], row["name"], (called,), row["degree"], row["at"]) for row in nodes]
    for one, other in combinations(named, 2):
        pair = (one.id, other.id)
        # 县大队 means another body in every county: two places are two bodies.
        if pair not in items and not apart(one.at, other.at) and _open(one, other, state):
            items[pair] = _pair("same-name", label, one, other, called=called)


def _open(one: Named, other: Named, state: State) -> bool:
    """Has nobody declared the two different?"""
    return frozenset((one.id, other.id)) not in state.different


def _pair(kind: str, label: str, one: Named, other: Named, **details: Any) -> Item:
    """The item that asks whether two nodes are one."""
    name, dependants = f"{one.name} / {other.name}", min(one.degree, other.degree)
    row = {"target": one.id, "what": label, "name": name, "dependants": dependants}
    return _item(kind, DOUBT[kind], row, other=other.id, details=details)


async def _alike(store: Store, top: int) -> list[Item]:
    """Two nodes of one label that may be one by their names; what is joined by a relation is told apart already."""
    state = fold((await read_log(store)).entries)
    items: list[Item] = []
    for label in LABELS:
        rows = await store.read(
            f"""
{_identifiable(label)}
RETURN n.id AS id, n.name AS name, coalesce(n.aliases, []) AS aliases, COUNT {{ (n)--() }} AS degree,
  {_at(label)} AS at
""",
            timeout=TIMEOUT,
        )
        nodes = [Named(r["id"], r["name"], (r["name"], *r["aliases"]), r["degree"], r["at"]) for r in rows]
        pairs = [p for p in await asyncio.to_thread(alike, nodes) if _open(p.one, p.other, state)]
        joined = await _joined(store, label, pairs)
        items += [
            _pair("alike", label, p.one, p.other, likeness=p.likeness)
            for p in pairs
            if frozenset((p.one.id, p.other.id)) not in joined
        ]
    return sorted(items, key=lambda item: (-item.score, item.target, item.other))[:top]


async def _joined(store: Store, label: str, pairs: Sequence[Alike]) -> set[frozenset[str]]:
    rows = await store.read(
        f"""
UNWIND $pairs AS pair
MATCH (a:{label} {{id: pair.one}})--(b:{label} {{id: pair.other}})
RETURN DISTINCT a.id AS one, b.id AS other
""",
        {"pairs": [{"one": pair.one.id, "other": pair.other.id} for pair in pairs]},
        timeout=TIMEOUT,
    )
    return {frozenset((row["one"], row["other"])) for row in rows}


async def _waiting(store: Store, top: int) -> list[Item]:
    items = []
    for listed in (await listing(store)).waiting[:top]:
        row = {"target": listed.id, "what": listed.entry.action, "name": _named(listed.entry), "dependants": 0}
        items.append(_item("waiting", DOUBT["waiting"], row, details={"number": listed.entry.seq}))
    return items


def _named(entry: Entry) -> str:
    """The names of what a decision is about."""
    if entry.node:
        return entry.node.name
    relation = entry.link or entry.facts[0]
    return f"{relation.head.name} → {relation.tail.name}"


_FINDERS: dict[str, Callable[[Store, int], Awaitable[list[Item]]]] = {
    "proposed": _facts("proposed", "proposed", 1.1),
    "unsure": _facts("unsure", "extracted", SURE),
    "suspicious": _suspicious,
    "waiting": _waiting,
    "owners": _owners,
    "same-name": _same_name,
    "unknown": _unknown,
    "alike": _alike,
}
