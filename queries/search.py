"""Search for nodes by name: full text proposes, ``search`` decides, the ranking is our own, alike on every store.

Best first: the name itself, an alias, the quoted core of a name (“一盔一带”…), pinyin initials, the beginning of a
name, a stretch of a name, a whole that comprises a match (三超一疲劳 for 疲劳驾驶), all words somewhere. Then how much
of the name was asked for, how many relations the node has, and its id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from graph.errors import InvalidParameter
from graph.models import Row
from graph.ontology import ontology
from graph.store import Store
from graph.text import compact, fold, query_terms
from queries.matching import MATCHES, Asked, Stretch
from queries.parameters import MAX_LENGTH, search_query, search_terms

CANDIDATES = 200
"""Candidates a label contributes, closest names first; totals and facets count all of them."""
TIES = 300
"""Best nodes whose number of relations is looked up, to order equal matches."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A node found; ``matched`` is one of MATCHES.

    ``alias``: the alias that matched, None when the name did. ``highlights``: what of it, or else of the name, was
    asked for, in order; none for a whole of which a part matched.
    """

    id: str
    label: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    matched: str = ""
    alias: str | None = None
    highlights: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """``total`` nodes match, ``hits`` are a page of the best; ``facets``: label and kind, each with its count.

    Of a label with very many matches only the CANDIDATES closest names are among the hits of any page.
    """

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
    skip: int = 0,
    timeout: float | None = None,
) -> SearchResult:
    """The best nodes for ``q`` among ``label`` (or ``labels``, or all) and ``kind``: ``limit`` after ``skip``."""
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
    found = _hits(await store.read(_statement(text, kind, wanted, _CLOSEST), params, timeout=timeout))
    counts = Counter((hit.label, hit.kind) for hit in found)
    if full := [name for name, count in Counter(hit.label for hit in found).items() if count == CANDIDATES]:
        counted = await store.read(_statement(text, kind, full, _COUNTED), params, timeout=timeout)
        counts |= Counter({(row["label"], row["kind"] or ""): row["count"] for row in counted})
    asked = Asked(text)
    ranked = [(asked.rank(hit.name, hit.aliases), hit) for hit in found]
    named = [hit for (place, _), hit in ranked if MATCHES[place] != "words"]
    wholes = await _wholes(store, named, wanted, kind, timeout)
    known = {hit.id for hit in found}
    # One that matches itself has been counted already, candidate or not.
    added = [hit for hit in wholes if hit.id not in known and not asked.holds_in(hit.name, *hit.aliases)]
    counts.update((hit.label, hit.kind) for hit in added)
    ranked += [((MATCHES.index("part"), 0.0), hit) for hit in added]
    page = (await _ordered(store, ranked, skip + limit, timeout))[skip : skip + limit]
    hits = tuple(_shown(asked, MATCHES[place], hit) for (place, _), hit in page)
    return SearchResult(q, hits, _facets(counts), counts.total())


def _labels(label: str | None, labels: Sequence[str]) -> list[str]:
    known = ontology().labels(search=True)
    wanted = [label] if label else list(labels) or list(known)
    for name in wanted:
        if name not in known:
            raise InvalidParameter.one_of("label", known)
    return wanted


def _parameters(text: str, kind: str | None) -> dict[str, object]:
    query = search_query(text)
    return {
        "x": compact(text),
        "quoted": f"“{text}”",
        "raw": text,
        "folded": fold(text),
        "x_query": query,
        "rest": _rest(text, query),
        "kind": kind,
    }


def _rest(text: str, query: str) -> list[str]:
    """Terms of ``text`` that full text is not asked for: lone characters, and words that are operators there."""
    asked = set(query.split(" AND "))
    return [term for term in search_terms(text) if term.strip() not in asked]


# Exact names, aliases and cores must be among the candidates however many longer names there are. The order stands in
# the RETURN, without a WITH before it: so the embedded engine keeps the best as it looks instead of sorting them all.
# It is worked out for every match, so it asks no more than it must: what is absent (aliases) is not found either.
_CLOSEST = f"""
  RETURN node.id AS id, '{{label}}' AS label, node.name AS name, node.kind AS kind, node.aliases AS aliases
  ORDER BY CASE WHEN {{exact}} OR node.name CONTAINS $quoted THEN 0 ELSE 1 END, size(node.name), node.id
  LIMIT {CANDIDATES}
"""
_COUNTED = """
  RETURN '{label}' AS label, node.kind AS kind, count(node) AS count
"""


def _statement(text: str, kind: str | None, labels: Iterable[str], tail: str) -> str:
    """Candidates of every label, each with ``tail``, as one statement: one round trip to a server."""
    tests = ["node.kind = $kind"] if kind is not None else []
    if len(query_terms(text)) == 1 and len(compact(text)) == 1:
        start = "  MATCH (node:{label})"
        tests.insert(0, "node.search CONTAINS $x")
    else:
        start = "  CALL db.index.fulltext.queryNodes('search_{index}', $x_query) YIELD node"
        if _rest(text, search_query(text)):
            tests.insert(0, "all(term IN $rest WHERE (' ' + node.search + ' ') CONTAINS term)")
    body = f"{start}\n  WHERE {' AND '.join(tests)}{tail}" if tests else f"{start}{tail}"
    exact = "node.name = $raw OR $raw IN node.aliases"
    if fold(text) != text:
        exact += " OR node.name = $folded OR $folded IN node.aliases"
    body = body.replace("{exact}", exact)
    parts = "  UNION ALL\n".join(body.replace("{label}", x).replace("{index}", x.lower()) for x in labels)
    columns = "id, label, name, kind, aliases" if tail is _CLOSEST else "label, kind, count"
    return f"CALL () {{\n{parts}}}\nRETURN {columns}"


def _hits(rows: Iterable[Row]) -> list[Hit]:
    return [Hit(r["id"], r["label"], r["name"], r["kind"] or "", tuple(r["aliases"] or ())) for r in rows]


def _shown(asked: Asked, matched: str, hit: Hit) -> Hit:
    """``hit`` with what of it was asked for."""
    if matched == "part":
        return replace(hit, matched=matched)
    alias, highlights = asked.places(hit.name, hit.aliases)
    return replace(hit, matched=matched, alias=alias, highlights=highlights)


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
    return _hits(await store.read(statement, params, timeout=timeout))


_Ranked: TypeAlias = tuple[tuple[int, float], Hit]
"""Place in MATCHES and the share of the name that was not asked for; the node."""


async def _ordered(store: Store, ranked: list[_Ranked], limit: int, timeout: float | None) -> list[_Ranked]:
    """``ranked``, best first, right as far as ``limit``: equals by their number of relations, then by id.

    Only the TIES best are told apart by relations, whatever the limit, so that pages fit together.
    """
    ranked.sort(key=lambda item: (*item[0], len(item[1].name), item[1].id))
    best, others = ranked[:TIES], ranked[TIES:]
    if len(best) < 2:
        return ranked
    last = best[min(limit, len(best)) - 1][0]
    near = [item for item in best if item[0] <= last]
    degrees = await _degrees(store, [hit for _, hit in near], timeout)
    near.sort(key=lambda item: (*item[0], -degrees[item[1].id], item[1].id))
    return [*near, *best[len(near) :], *others]


async def _degrees(store: Store, hits: list[Hit], timeout: float | None) -> dict[str, int]:
    labels = "|".join(sorted({hit.label for hit in hits}))
    rows = await store.read(
        f"UNWIND $ids AS id MATCH (n:{labels} {{id: id}}) RETURN n.id AS id, COUNT {{ (n)--() }} AS degree",
        {"ids": [hit.id for hit in hits]},
        timeout=timeout,
    )
    return {row["id"]: row["degree"] for row in rows}


def _facets(counts: Counter[tuple[str, str]]) -> dict[str, list[dict[str, object]]]:
    by_label: Counter[str] = Counter()
    by_kind: Counter[str] = Counter()
    for (label, kind), count in counts.items():
        by_label[label] += count
        by_kind[kind] += count
    return {
        name: [
            {"value": value, "count": count}
            for value, count in sorted(counter.items(), key=lambda item: (-item[1], item[0]))
            if value
        ]
        for name, counter in (("label", by_label), ("kind", by_kind))
    }
