"""One node, what is around it, and how two nodes are connected: what the explorer draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.errors import NODE, InvalidParameter, NotFound
from graph.ids import digest
from graph.models import Row
from graph.ontology import EVIDENCE_PROPERTIES, ontology
from graph.store import Store
from queries.parameters import ID
from queries.runner import MAX_SKIP, page_size, read_cursor, write_cursor

MAX_HOPS = 6
MAX_PATHS = 20
CURRENT = "NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'"
_REF = "{{id: {0}.id, label: [label IN labels({0}) WHERE label <> 'Entity'][0], name: {0}.name, kind: {0}.kind}}"
_EDGE_PROPERTIES = (
    "role_zh",
    "implicit",
    "joint",
    "status",
    "origin",
    "rule",
    "confidence",
    "source",
    "score",
    "corrected_from",
    "quote",
)


def label_of(node_id: str) -> str:
    """The ontology label in an id; raises NotFound for what is no id of this graph."""
    if ID.match(node_id):
        for label in ontology().nodes:
            if label.lower() == node_id.partition(":")[0]:
                return label
    raise NotFound(what=NODE, name=node_id)


async def node(store: Store, node_id: str) -> dict[str, Any]:
    """``{id, label, name, kind, aliases, properties, degree: {TYPE: {out, in}}}``; raises NotFound."""
    label = label_of(node_id)
    kind = ontology().node(label)
    names = [*kind.properties, *(EVIDENCE_PROPERTIES if kind.evidence else ())]
    fields = ", ".join(f"n.{name} AS p_{name}" for name in names)
    rows = await store.read(
        f"""
MATCH (n:{label} {{id: $id}})
CALL (n) {{
  MATCH (n)-[r]-(:Entity)
  WHERE {CURRENT}
  WITH type(r) AS type, CASE WHEN startNode(r).id = n.id THEN 'out' ELSE 'in' END AS direction, count(*) AS count
  RETURN collect([type, direction, count]) AS groups
}}
RETURN n.id AS id, n.name AS name, n.kind AS kind, n.aliases AS aliases, {fields}, groups
""",
        {"id": node_id},
    )
    if not rows:
        raise NotFound(what=NODE, name=node_id)
    row = rows[0]
    degree: dict[str, dict[str, int]] = {}
    for name, direction, count in sorted(row["groups"]):
        degree.setdefault(name, {"out": 0, "in": 0})[direction] = count
    return {
        "id": row["id"],
        "label": label,
        "name": row["name"],
        "kind": row["kind"] or "",
        "aliases": row["aliases"] or [],
        "properties": {_public(name): row[f"p_{name}"] for name in names if row[f"p_{name}"] is not None},
        "degree": degree,
    }


def _public(name: str) -> str:
    """Names outside the graph: offsets are ``start`` and ``end``."""
    return {"start_char": "start", "end_char": "end"}.get(name, name)


async def neighbours(
    store: Store, node_id: str, *, types: Sequence[str] = (), limit: int | None = None, cursor: str | None = None
) -> dict[str, Any]:
    """The relations of a node, grouped and one page of them, with the nodes at their other ends; raises NotFound.

    Stated before inherited, then by type, name and key: the page is the same on every store.
    """
    label, size = label_of(node_id), page_size(limit)
    for name in types:
        if name not in ontology().relations:
            choices = ", ".join(ontology().relations)
            raise InvalidParameter(name="types", reason={"zh": f"只能是 {choices}", "en": f"must be among {choices}"})
    mark = digest(["neighbours", node_id, *types])
    skip = read_cursor(cursor, mark)
    found = await store.read(f"MATCH (n:{label} {{id: $id}}) RETURN {_REF.format('n')} AS node", {"id": node_id})
    if not found:
        raise NotFound(what=NODE, name=node_id)
    groups = await _groups(store, label, node_id)
    total = sum(group["count"] for group in groups if not types or group["type"] in types)
    pattern = "|".join(types)
    rows = await store.read(
        f"""
MATCH (n:{label} {{id: $id}})-[r{":" if types else ""}{pattern}]-(other:Entity)
WHERE {CURRENT}
WITH r, other, startNode(r).id = n.id AS out
ORDER BY coalesce(r.implicit, false), type(r), other.name, other.id, r.key, out
SKIP $skip LIMIT $limit
RETURN {_edge("r")} AS edge, CASE WHEN out THEN $id ELSE other.id END AS head,
  CASE WHEN out THEN other.id ELSE $id END AS tail, {_REF.format("other")} AS other, r.doc AS doc
""",
        {"id": node_id, "skip": skip, "limit": size},
    )
    more = bool(rows) and skip + len(rows) < min(total, MAX_SKIP)
    names = await _document_names(store, rows)
    nodes = {row["other"]["id"]: row["other"] for row in rows}
    edges = {row["edge"]["key"]: _finished(row, names) for row in rows}
    return {
        "node": found[0]["node"],
        "groups": groups,
        "nodes": list(nodes.values()),
        "edges": list(edges.values()),
        "total": total,
        "truncated": more,
        "next": write_cursor(skip + len(rows), mark) if more else None,
    }


def _edge(variable: str) -> str:
    fields = [f"{name}: {variable}.{name}" for name in ("key", *_EDGE_PROPERTIES)]
    places = [f"type: type({variable})", f"start: {variable}.start_char", f"end: {variable}.end_char"]
    return "{" + ", ".join([*fields, *places]) + "}"


def _finished(row: Row, names: dict[str, str]) -> dict[str, Any]:
    document = {"id": row["doc"], "name": names.get(row["doc"], "")} if row["doc"] else None
    edge = {**row["edge"], "head": row["head"], "tail": row["tail"], "document": document}
    return {**edge, "implicit": bool(edge["implicit"]), "status": edge["status"] or "extracted"}


async def _document_names(store: Store, rows: Sequence[Row]) -> dict[str, str]:
    ids = sorted({row["doc"] for row in rows if row["doc"]})
    if not ids:
        return {}
    found = await store.read(
        "UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN d.id AS id, d.name AS name", {"ids": ids}
    )
    return {row["id"]: row["name"] for row in found}


async def _groups(store: Store, label: str, node_id: str) -> list[dict[str, Any]]:
    """Numbers of current relations by type, direction and label at the other end, in a fixed order."""
    return await store.read(
        f"""
MATCH (n:{label} {{id: $id}})-[r]-(other:Entity)
WHERE {CURRENT}
WITH type(r) AS type, CASE WHEN startNode(r).id = n.id THEN 'out' ELSE 'in' END AS direction,
  [label IN labels(other) WHERE label <> 'Entity'][0] AS label, count(*) AS count
RETURN type, direction, label, count
ORDER BY type, direction, label
""",
        {"id": node_id},
    )


async def paths(store: Store, a: str, b: str, max_hops: int = 4) -> dict[str, Any]:
    """Shortest connections of two nodes: ``{from, to, paths: [{length, nodes, edges}], truncated}``; raises NotFound.

    At most 20 paths, in the order of their relation keys.
    """
    if not 1 <= max_hops <= MAX_HOPS:
        reason = {"zh": f"应在 1 与 {MAX_HOPS} 之间", "en": f"must be between 1 and {MAX_HOPS}"}
        raise InvalidParameter(name="max_hops", reason=reason)
    ends = {}
    for node_id in (a, b):
        rows = await store.read(
            f"MATCH (n:{label_of(node_id)} {{id: $id}}) RETURN {_REF.format('n')} AS node", {"id": node_id}
        )
        if not rows:
            raise NotFound(what=NODE, name=node_id)
        ends[node_id] = rows[0]["node"]
    found: list[Row] = []
    if a != b:
        found = await store.read(
            f"""
MATCH (a:{label_of(a)} {{id: $a}}) MATCH (b:{label_of(b)} {{id: $b}})
MATCH p = allShortestPaths((a)-[:{"|".join(ontology().relations)}*..{max_hops}]-(b))
WHERE all(r IN relationships(p) WHERE {CURRENT})
WITH p, reduce(text = '', r IN relationships(p) | text + r.key) AS path_key
ORDER BY path_key LIMIT $limit
RETURN [n IN nodes(p) | {_REF.format("n").replace("[label IN", "[x IN").replace("WHERE label", "WHERE x")}] AS nodes,
  [r IN relationships(p) | {{edge: {_edge("r")}, head: startNode(r).id, tail: endNode(r).id, doc: r.doc}}] AS edges,
  path_key
ORDER BY path_key
""",
            {"a": a, "b": b, "limit": MAX_PATHS + 1},
        )
    names = await _document_names(store, [edge for row in found for edge in row["edges"]])
    made = [
        {"length": len(row["edges"]), "nodes": row["nodes"], "edges": [_finished(e, names) for e in row["edges"]]}
        for row in found[:MAX_PATHS]
    ]
    return {"from": ends[a], "to": ends[b], "paths": made, "truncated": len(found) > MAX_PATHS}
