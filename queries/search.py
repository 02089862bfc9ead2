"""Search for nodes by name: full text proposes, ``search`` decides, the ranking is our own, alike on every store.

Best first: the name itself, an alias, the quoted core of a name (“一盔一带”…), pinyin initials, the beginning of a
name, a stretch of a name, a whole that comprises a match (三超一疲劳 for 疲劳驾驶), all words somewhere. Then how much
of the name was asked for, how many relations the node has, and its id.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.errors import InvalidParameter
from graph.models import Row
from graph.ontology import ontology
from graph.store import Store
from graph.text import compact, initials, query_terms, quoted_cores
from queries.parameters import MAX_LENGTH, search_query, search_terms

MATCHES = ("name", "alias", "core", "initials", "prefix", "stretch", "part", "words")
"""Why a node was found, best first."""
CANDIDATES = 200
"""Candidates a label contributes, closest names first; totals and facets count all of them."""
TIES = 300
"""Nodes whose number of relations is looked up to order equal matches."""
_LETTERS = re.compile(r"[a-z0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Hit:
    """A node found; ``matched`` is one of MATCHES."""

    id: str
    label: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    matched: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """``total`` nodes match, ``hits`` are the best of them; ``facets``: label and kind, each with its count."""

    query: str
    hits: tuple[Hit, ...]
    facets: dict[str, list[dict[str, object]]]
    total: int


async def search(
    store: Store,
    q: str,
    *,
    label: str | None = None,
    kind: str | None = None,
    labels: Sequence[str] = (),
    limit: int = 20,
    timeout: float | None = None,
) -> SearchResult:
    """The best ``limit`` nodes for ``q`` among ``label`` (or ``labels``; all by default) and ``kind``."""
    wanted = _labels(label, labels)
    text = q.strip()
    if len(text) > MAX_LENGTH:
        raise InvalidParameter(
            name="q",
            reason={"zh": f"最长 {MAX_LENGTH} 个字符", "en": f"is longer than {MAX_LENGTH} characters"},
        )
    if not compact(text):
        return SearchResult(q, (), {"label": [], "kind": []}, 0)
    params = _parameters(text, kind)
    rows, counts = await asyncio.gather(
        store.read(_statement(text, wanted, _CLOSEST), params, timeout=timeout),
        store.read(_statement(text, wanted, _COUNTED), params, timeout=timeout),
    )
    hits = [Hit(r["id"], r["label"], r["name"], r["kind"] or "", tuple(r["aliases"] or ()), "") for r in rows]
    ranked = [(_rank(text, hit), hit) for hit in hits]
    wholes = await _wholes(
        store, [hit for (place, _), hit in ranked if place < MATCHES.index("words")], wanted, kind, timeout
    )
    known = {hit.id for hit in hits}
    added = [hit for hit in wholes if hit.id not in known]
    ranked += [((MATCHES.index("part"), 0.0), hit) for hit in added]
    best = await _ordered(store, ranked, limit, timeout)
    return SearchResult(q, tuple(best), _facets(counts, added), sum(r["count"] for r in counts) + len(added))


def _labels(label: str | None, labels: Sequence[str]) -> list[str]:
    known = ontology().labels(search=True)
    wanted = [label] if label else list(labels) or list(known)
    for name in wanted:
        if name not in known:
            raise InvalidParameter.one_of("label", known)
    return wanted


def _parameters(text: str, kind: str | None) -> dict[str, object]:
    return {
        "x": compact(text),
        "quoted": f"“{text}”",
        "raw": text,
        "x_terms": search_terms(text),
        "x_query": search_query(text),
        "kind": kind,
        "limit": CANDIDATES,
    }


# Exact names, aliases and cores must be among the candidates however many longer names there are.
_CLOSEST = """
  WITH node, CASE
    WHEN node.name = $raw OR $raw IN coalesce(node.aliases, []) OR node.name CONTAINS $quoted THEN 0 ELSE 1
  END AS far
  ORDER BY far, size(node.name), node.id LIMIT $limit
  RETURN node.id AS id, '{label}' AS label, node.name AS name, node.kind AS kind, node.aliases AS aliases
"""
_COUNTED = """
  WITH coalesce(node.kind, '') AS kind, count(*) AS count
  RETURN '{label}' AS label, kind, count
"""


def _statement(text: str, labels: Iterable[str], tail: str) -> str:
    """Candidates of every label, each with ``tail``, as one statement: one round trip to a server."""
    if len(query_terms(text)) == 1 and len(compact(text)) == 1:
        start = "  MATCH (node:{label}) WHERE node.search CONTAINS $x"
    else:
        start = (
            "  CALL db.index.fulltext.queryNodes('search_{index}', $x_query) YIELD node\n"
            "  WHERE all(term IN $x_terms WHERE (' ' + node.search + ' ') CONTAINS term)"
        )
    body = start + " AND ($kind IS NULL OR node.kind = $kind)" + tail
    parts = "  UNION ALL\n".join(body.replace("{label}", x).replace("{index}", x.lower()) for x in labels)
    columns = "id, label, name, kind, aliases" if tail is _CLOSEST else "label, kind, count"
    return f"CALL () {{\n{parts}}}\nRETURN {columns}"


def _rank(text: str, hit: Hit) -> tuple[int, float]:
    """Place in MATCHES and the share of the name that was not asked for."""
    asked = compact(text)
    names = [compact(name) for name in (hit.name, *hit.aliases)]
    spare = 1 - len(asked) / max(len(names[0]), len(asked))
    cores = {compact(core) for name in (hit.name, *hit.aliases) for core in quoted_cores(name)}
    letters = _LETTERS.fullmatch(asked) is not None
    reasons = {
        "name": names[0] == asked,
        "alias": asked in names,
        "core": asked in cores,
        "initials": letters and any(initials(name) == asked for name in [*names, *cores]),
        "prefix": any(name.startswith(asked) for name in names),
        "stretch": any(asked in name for name in names),
        "words": True,
    }
    return MATCHES.index(next(reason for reason, holds in reasons.items() if holds)), spare


async def _wholes(
    store: Store, hits: list[Hit], labels: list[str], kind: str | None, timeout: float | None
) -> list[Hit]:
    """Entities that comprise one of ``hits``."""
    parts = [hit for hit in hits if ontology().node(hit.label).scope == "shared"][:CANDIDATES]
    if not parts:
        return []
    groups = "|".join(sorted({hit.label for hit in parts}))
    statement = f"""
UNWIND $ids AS id
MATCH (part:{groups} {{id: id}})<-[r:COMPRISES]-(whole:Entity)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
WITH DISTINCT whole, [label IN labels(whole) WHERE label <> 'Entity'][0] AS label
WHERE label IN $labels AND ($kind IS NULL OR whole.kind = $kind)
RETURN whole.id AS id, label, whole.name AS name, whole.kind AS kind, whole.aliases AS aliases ORDER BY id
"""
    params = {"ids": [hit.id for hit in parts], "labels": labels, "kind": kind}
    rows = await store.read(statement, params, timeout=timeout)
    return [Hit(r["id"], r["label"], r["name"], r["kind"] or "", tuple(r["aliases"] or ()), "part") for r in rows]


async def _ordered(
    store: Store, ranked: list[tuple[tuple[int, float], Hit]], limit: int, timeout: float | None
) -> list[Hit]:
    """The best ``limit``, equals ordered by their number of relations, then by id."""
    ranked.sort(key=lambda item: (*item[0], len(item[1].name), item[1].id))
    last = ranked[min(limit, len(ranked)) - 1][0] if ranked else (0, 0.0)
    near = [item for item in ranked[: max(limit, TIES)] if item[0] <= last]
    degrees = await _degrees(store, [hit for _, hit in near], timeout) if len(near) > 1 else {}
    near.sort(key=lambda item: (*item[0], -degrees.get(item[1].id, 0), item[1].id))
    return [Hit(hit.id, hit.label, hit.name, hit.kind, hit.aliases, MATCHES[place]) for (place, _), hit in near[:limit]]


async def _degrees(store: Store, hits: list[Hit], timeout: float | None) -> dict[str, int]:
    labels = "|".join(sorted({hit.label for hit in hits}))
    rows = await store.read(
        f"UNWIND $ids AS id MATCH (n:{labels} {{id: id}}) RETURN n.id AS id, COUNT {{ (n)--() }} AS degree",
        {"ids": [hit.id for hit in hits]},
        timeout=timeout,
    )
    return {row["id"]: row["degree"] for row in rows}


def _facets(counts: list[Row], added: list[Hit]) -> dict[str, list[dict[str, object]]]:
    by_label: Counter[str] = Counter(hit.label for hit in added)
    by_kind: Counter[str] = Counter(hit.kind for hit in added)
    for row in counts:
        by_label[row["label"]] += row["count"]
        by_kind[row["kind"]] += row["count"]
    return {
        name: [
            {"value": value, "count": count}
            for value, count in sorted(counter.items(), key=lambda item: (-item[1], item[0]))
            if value
        ]
        for name, counter in (("label", by_label), ("kind", by_kind))
    }
