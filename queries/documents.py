"""Loaded documents: the list, one of them, and its text with everything that was found in it."""

from __future__ import annotations

from typing import Any

from graph.documents import text_of
from graph.errors import DOCUMENT, NotFound
from graph.ids import digest
from graph.models import Row
from graph.ontology import ontology
from graph.store import Store
from queries.nodes import label_of
from queries.runner import MAX_SKIP, page_size, read_cursor, write_cursor

_FIELDS = ("id", "name", "kind", "number", "issued_on", "year", "source", "also", "valid", "damage")
_RETURN = ", ".join(f"d.{name} AS {name}" for name in _FIELDS)
_DATE = "coalesce(d.issued_on, toString(d.year), '')"
# Every statement of the text: where a relation's ends are written, and what stands there.
_MENTIONS = """
MATCH (d:Document {id: $id})
CALL (d) {
  MATCH (d)-[r]->(m:Entity) RETURN r, d AS head, m AS tail
  UNION
  MATCH (n:Section|Task {doc: $id})-[r]-(m:Entity)
  WHERE r.doc = $id
  RETURN r, startNode(r) AS head, endNode(r) AS tail
}
WITH DISTINCT r, head, tail
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected']
RETURN head.id AS head, head.name AS head_name, head.kind AS head_kind,
  r.head_start AS head_start, r.head_end AS head_end,
  tail.id AS tail, tail.name AS tail_name, tail.kind AS tail_kind,
  r.tail_start AS tail_start, r.tail_end AS tail_end
"""
_OWNED = """
MATCH (n:{label} {{doc: $id}}) WHERE {there}
RETURN n.id AS id, n.name AS name, n.kind AS kind, n.number AS number, {level} AS level,
  n.start_char AS first, n.end_char AS last
ORDER BY n.start_char, n.id
"""


async def list_documents(
    store: Store,
    *,
    kind: str | None = None,
    year: int | None = None,
    limit: int | None = None,
    cursor: str | None = None,
) -> dict[str, Any]:
    """``{documents, total, next}``, newest first; each with its counts of sections, tasks and indicators."""
    size = page_size(limit)
    mark = digest(["documents", kind, year])
    skip = read_cursor(cursor, mark)
    where = "MATCH (d:Document) WHERE ($kind IS NULL OR d.kind = $kind) AND ($year IS NULL OR d.year = $year)"
    params = {"kind": kind, "year": year, "skip": skip, "limit": size}
    rows = await store.read(
        f"{where} RETURN {_RETURN} ORDER BY {_DATE} DESC, d.name, d.id SKIP $skip LIMIT $limit", params
    )
    counted = await store.read(f"{where} RETURN count(d) AS total", params)
    total = int(counted[0]["total"])
    counts = await _counts(store, [row["id"] for row in rows])
    more = skip + len(rows) < min(total, MAX_SKIP)
    return {
        "documents": [_document(row, counts) for row in rows],
        "total": total,
        "next": write_cursor(skip + len(rows), mark) if more else None,
    }


async def get_document(store: Store, document_id: str) -> dict[str, Any]:
    """One document with its issuer (and the sentence that names it) and counts; raises NotFound."""
    rows = await store.read(f"MATCH (d:Document {{id: $id}}) RETURN {_RETURN}", {"id": document_id})
    if not rows:
        raise NotFound(what=DOCUMENT, name=document_id)
    issuers = await store.read(
        "MATCH (d:Document {id: $id})-[r:ISSUED_BY]->(u:Unit) "
        "WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] "
        "RETURN u.id AS id, u.name AS name, r.quote AS quote, r.start_char AS start, r.end_char AS last "
        "ORDER BY r.start_char, r.key",
        {"id": document_id},
    )
    counts = await _counts(store, [document_id])
    return {**_document(rows[0], counts), "issuer": _issuer(issuers[0]) if issuers else None}


def _issuer(row: Row) -> dict[str, Any]:
    return {**{name: row[name] for name in ("id", "name", "quote", "start")}, "end": row["last"]}


async def document_text(store: Store, document_id: str) -> dict[str, Any]:
    """``{id, name, text, spans, sections}``; offsets are code points of ``text``. Raises NotFound.

    A span is where something in the graph is written: ``{type, start, end, id, name, kind}``, ordered by place,
    longer before shorter.
    """
    text = await text_of(store, document_id)
    named = await store.read("MATCH (d:Document {id: $id}) RETURN d.name AS name", {"id": document_id})
    spans: dict[tuple[int, int, str], dict[str, Any]] = {}
    for row in await store.read(_MENTIONS, {"id": document_id}):
        for end in ("head", "tail"):
            if row[f"{end}_start"] is not None:
                _add(spans, row[end], row[f"{end}_name"], row[f"{end}_kind"], row[f"{end}_start"], row[f"{end}_end"])
    for label in ("Task", "Indicator"):
        statement = _OWNED.format(label=label, level="null", there=_there(label)).replace("n.number", "null")
        for row in await store.read(statement, {"id": document_id}):
            _add(spans, row["id"], row["name"], row["kind"], row["first"], row["last"])
    sections = await store.read(_OWNED.format(label="Section", level="n.level", there="true"), {"id": document_id})
    return {
        "id": document_id,
        "name": named[0]["name"],
        "text": text,
        "spans": sorted(spans.values(), key=lambda s: (s["start"], -s["end"], s["id"])),
        "sections": [
            {
                "id": s["id"],
                "name": s["name"],
                "number": s["number"],
                "level": s["level"],
                "start": s["first"],
                "end": s["last"],
            }
            for s in sections
        ],
    }


def _add(
    spans: dict[tuple[int, int, str], dict[str, Any]], node: str, name: str, kind: str | None, start: int, end: int
) -> None:
    label = label_of(node)
    # A document's own title and a section are not things found in the text.
    if label not in ("Document", "Section"):
        spans[start, end, node] = {
            "type": label,
            "start": start,
            "end": end,
            "id": node,
            "name": name,
            "kind": kind or "",
        }


async def _counts(store: Store, ids: list[str]) -> dict[str, dict[str, int]]:
    """Sections, tasks and indicators of each document."""
    counts: dict[str, dict[str, int]] = {one: {} for one in ids}
    owned = ontology().labels(evidence=True)
    for label in owned:
        rows = await store.read(
            f"UNWIND $ids AS id MATCH (n:{label} {{doc: id}}) WHERE {_there(label)} RETURN id, count(n) AS count",
            {"ids": ids},
        )
        found = {row["id"]: row["count"] for row in rows}
        for one in ids:
            counts[one][label] = found.get(one, 0)
    return counts


def _there(label: str) -> str:
    """The condition that a node ``n`` was not rejected; a section cannot be."""
    return "coalesce(n.status, 'extracted') <> 'rejected'" if "status" in ontology().node(label).properties else "true"


def _document(row: Row, counts: dict[str, dict[str, int]]) -> dict[str, Any]:
    return {**row, "also": row["also"] or [], "damage": row["damage"] or [], "counts": counts[row["id"]]}
