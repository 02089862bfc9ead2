"""The graph of a document as it was extracted, from the store.

Where no decision concerns a document, that is the graph in the store, read back. Where one does, the store also keeps
the graph without decisions, compressed, on the document's Claim: what a decision changed can always be taken back.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

from graph.canonical import property_types, typed
from graph.claims import Claims
from graph.documents import pack, unpack
from graph.errors import NotFound
from graph.ids import label_of
from graph.models import KNOWLEDGE, DocumentGraph, Node, Relation, Row
from graph.ontology import ontology
from graph.statements import grouped, steps

Read: TypeAlias = Callable[[str, Mapping[str, Any]], Awaitable[list[Row]]]
"""Rows of one statement: of a store, or of a transaction."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A graph without decisions, and the fingerprint it was written with."""

    graph: DocumentGraph
    fingerprint: str


def packed(extracted: Extracted) -> str:
    """The form kept on a Claim; the text is not in it, it is in the store already."""
    value = {
        "fingerprint": extracted.fingerprint,
        "nodes": [_values(node) for node in extracted.graph.nodes],
        "relations": [_values(relation) for relation in extracted.graph.relations],
    }
    return pack(json.dumps(value, separators=(",", ":"), sort_keys=True).encode("ascii"))


def _values(item: Node | Relation) -> list[Any]:
    """The fields in order. (``asdict`` copies them deeply, which takes longer than all the rest.)"""
    return [getattr(item, field.name) for field in fields(item)]


async def extracted_graph(read: Read, document: str) -> Extracted:
    """The graph of a loaded document (or KNOWLEDGE) without any decision. Raises NotFound."""
    rows = await read(
        "MATCH (c:Claim {id: $id}) RETURN c.fingerprint AS fingerprint, c.claims AS claims, c.extracted AS extracted",
        {"id": document},
    )
    if not rows:
        raise NotFound(what={"zh": "文件", "en": "document"}, name=document)
    text = await _text(read, document)
    if rows[0]["extracted"]:
        value = json.loads(unpack(rows[0]["extracted"]))
        nodes = tuple(
            Node(label, id_, name, kind, tuple(names), own) for label, id_, name, kind, names, own in value["nodes"]
        )
        relations = tuple(Relation(*relation) for relation in value["relations"])
        return Extracted(DocumentGraph(document, text, nodes, relations), value["fingerprint"])
    claims = Claims.from_json(rows[0]["claims"])
    found = await _nodes(read, document, claims)
    stated = await _stated(read, document, claims)
    shared = await _shared(read, claims)
    graph = DocumentGraph(
        document,
        text,
        tuple(sorted(found, key=lambda n: n.id)),
        tuple(sorted([*stated, *shared], key=lambda r: r.key)),
    )
    return Extracted(graph, rows[0]["fingerprint"])


async def _text(read: Read, document: str) -> str:
    if document == KNOWLEDGE:
        return ""
    rows = await read(
        "MATCH (d:Document {id: $id}) MATCH (c:Content {id: d.sha256}) RETURN c.text AS text", {"id": document}
    )
    return str(rows[0]["text"]) if rows else ""


async def _nodes(read: Read, document: str, claims: Claims) -> list[Node]:
    found = []
    for label in claims.own_labels:
        owner = "doc" if ontology().node(label).evidence else "id"
        statement = f"MATCH (n:{label}) WHERE n.{owner} = $document RETURN {_node_columns(label)}"
        for row in await read(statement, {"document": document}):
            found.append(_node(label, row, tuple(row["aliases"] or ())))
    for label, ids in grouped(sorted(claims.nodes), lambda id_: claims.nodes[id_].label).items():
        statement = f"MATCH (n:{label}) WHERE n.id IN $ids RETURN {_node_columns(label)}"
        for step in steps(ids):
            for row in await read(statement, {"ids": list(step)}):
                found.append(_node(label, row, claims.nodes[row["id"]].aliases))
    return found


def _node_columns(label: str) -> str:
    return ", ".join(f"n.{name} AS {name}" for name in ("id", "name", "kind", "aliases", *property_types(label)))


def _node(label: str, row: Row, aliases: Sequence[str]) -> Node:
    properties = typed(property_types(label), {name: row[name] for name in property_types(label)})
    return Node(label, row["id"], row["name"], row["kind"] or "", tuple(aliases), properties)


async def _stated(read: Read, document: str, claims: Claims) -> list[Relation]:
    """Relations of the document: found from its own nodes, the few between shared nodes by their type."""
    found: dict[str, Relation] = {}
    for label in claims.own_labels:
        owner = "doc" if ontology().node(label).evidence else "id"
        pattern = f"MATCH (n:{label})-[r]-() WHERE n.{owner} = $document AND r.doc = $document"
        found |= await _relations(read, pattern, {"document": document})
    for type_ in claims.loose:
        found |= await _relations(read, f"MATCH ()-[r:{type_}]->() WHERE r.doc = $document", {"document": document})
    return list(found.values())


async def _shared(read: Read, claims: Claims) -> list[Relation]:
    found: dict[str, Relation] = {}
    for (type_, head), keys in grouped(
        sorted(claims.relations), lambda key: (claims.relations[key].type, claims.relations[key].head_label)
    ).items():
        pattern = f"UNWIND $rows AS row MATCH (:{head} {{id: row.head}})-[r:{type_} {{key: row.key}}]->()"
        for step in steps([{"head": claims.relations[key].head, "key": key} for key in keys]):
            found |= await _relations(read, pattern, {"rows": list(step)})
    return list(found.values())


async def _relations(read: Read, pattern: str, params: Mapping[str, Any]) -> dict[str, Relation]:
    names = ontology().relation_properties
    columns = ", ".join(f"r.{name} AS {name}" for name in names)
    ends = "type(r) AS relation, startNode(r).id AS head_id, endNode(r).id AS tail_id"
    found = {}
    for row in await read(f"{pattern} RETURN {ends}, {columns}", params):
        properties = typed(names, {name: row[name] for name in names})
        head, tail = row["head_id"], row["tail_id"]
        labels = (label_of(head) or "", label_of(tail) or "")
        found[row["key"]] = Relation(row["relation"], labels[0], head, labels[1], tail, row["key"], properties)
    return found
