"""The graph of one document as it was written, read back from the store.

Its own nodes and relations are found by its id, what it shares by its claims (``graph.claims``), which also know under
which names it speaks of a shared node. What other documents have done to it is left out: links across documents, and
that it is no longer in force (its own word on that is in its record, ``graph.across.record``).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from graph.across.links import TYPES
from graph.across.record import DocumentRecord
from graph.canonical import property_types, typed
from graph.claims import Claims
from graph.documents import TIMEOUT
from graph.errors import DOCUMENT, NotFound
from graph.ids import label_of
from graph.models import KNOWLEDGE, DocumentGraph, Node, Relation, Row
from graph.ontology import ontology
from graph.statements import grouped, steps
from graph.store import Store

Read: TypeAlias = Callable[[str, Mapping[str, Any]], Awaitable[list[Row]]]
"""Rows of one statement: of a store, or of a transaction."""


def reader(store: Store) -> Read:
    """Reads of ``store`` under the time limit of our own."""

    async def read(cypher: str, params: Mapping[str, Any]) -> list[Row]:
        return await store.read(cypher, params, timeout=TIMEOUT)

    return read


async def stored_graph(read: Read, document: str) -> DocumentGraph:
    """The graph of a loaded document, or of KNOWLEDGE, after review, in canonical order. Raises NotFound."""
    rows = await read(
        "MATCH (c:Claim {id: $id}) OPTIONAL MATCH (r:Record {id: $id}) RETURN c.claims AS claims, r.body AS body",
        {"id": document},
    )
    if not rows:
        raise NotFound(what=DOCUMENT, name=document)
    claims = Claims.from_json(rows[0]["claims"])
    nodes = [*await _own_nodes(read, document, claims), *await _shared_nodes(read, claims)]
    relations = {**await _own_relations(read, document, claims), **await _shared_relations(read, claims)}
    graph = DocumentGraph(
        document,
        await text_of(read, document),
        tuple(sorted(nodes, key=lambda n: n.id)),
        tuple(relations[key] for key in sorted(relations)),
    )
    return _unmarked(graph, DocumentRecord.from_json(rows[0]["body"])) if rows[0]["body"] else graph


def _unmarked(graph: DocumentGraph, record: DocumentRecord) -> DocumentGraph:
    """``graph`` with what it says of its own validity in place of what other documents made of it."""
    nodes = tuple(_own_validity(node, record) if node.id == record.id else node for node in graph.nodes)
    relations = tuple(
        replace(relation, properties={**relation.properties, "valid": record.marked.get(relation.key, "current")})
        if relation.properties.get("origin") == "extracted" and "valid" in relation.properties
        else relation
        for relation in graph.relations
    )
    return replace(graph, nodes=nodes, relations=relations)


def _own_validity(node: Node, record: DocumentRecord) -> Node:
    said = {"valid": record.valid, "valid_until": record.valid_until or None}
    own = {name: said.get(name, value) for name, value in node.properties.items()}
    return replace(node, properties=typed(property_types(node.label), own))


async def text_of(read: Read, document: str) -> str:
    """The text of a document, "" of KNOWLEDGE."""
    if document == KNOWLEDGE:
        return ""
    rows = await read(
        "MATCH (d:Document {id: $id}) MATCH (c:Content {id: d.sha256}) RETURN c.text AS text", {"id": document}
    )
    return str(rows[0]["text"]) if rows else ""


async def _own_nodes(read: Read, document: str, claims: Claims) -> list[Node]:
    found = []
    for label in claims.own_labels:
        statement = f"MATCH (n:{label}) WHERE n.{owner(label)} = $document RETURN {_node_columns(label)}"
        for row in await read(statement, {"document": document}):
            found.append(_node(label, row, tuple(row["aliases"] or ())))
    return found


async def _shared_nodes(read: Read, claims: Claims) -> list[Node]:
    found = []
    for label, ids in grouped(sorted(claims.nodes), lambda id_: claims.nodes[id_].label).items():
        statement = f"MATCH (n:{label}) WHERE n.id IN $ids RETURN {_node_columns(label)}"
        for step in steps(ids):
            for row in await read(statement, {"ids": list(step)}):
                found.append(_node(label, row, claims.nodes[row["id"]].aliases))
    return found


def owner(label: str) -> str:
    """The property of a document's own nodes that holds its id."""
    return "doc" if ontology().node(label).evidence else "id"


def _node_columns(label: str) -> str:
    return ", ".join(f"n.{name} AS {name}" for name in ("id", "name", "kind", "aliases", *property_types(label)))


def _node(label: str, row: Row, aliases: tuple[str, ...]) -> Node:
    types = property_types(label)
    properties = typed(types, {name: row[name] for name in types})
    return Node(label, row["id"], row["name"], row["kind"] or "", aliases, properties)


async def _own_relations(read: Read, document: str, claims: Claims) -> dict[str, Relation]:
    """Found from the document's own nodes; those between shared nodes (``loose``) by their type."""
    patterns = [
        f"MATCH (n:{label})-[r]-() WHERE n.{owner(label)} = $document AND r.doc = $document"
        for label in claims.own_labels
    ]
    patterns += [f"MATCH ()-[r:{type_}]->() WHERE r.doc = $document" for type_ in claims.loose]
    found: dict[str, Relation] = {}
    for pattern in patterns:
        found |= await _relations(read, pattern, {"document": document})
    return found


async def _shared_relations(read: Read, claims: Claims) -> dict[str, Relation]:
    found: dict[str, Relation] = {}
    by_head = grouped(
        sorted(claims.relations), lambda key: (claims.relations[key].type, claims.relations[key].head_label)
    )
    for (type_, head), keys in by_head.items():
        pattern = f"UNWIND $rows AS row MATCH (:{head} {{id: row.head}})-[r:{type_} {{key: row.key}}]->()"
        for step in steps([{"head": claims.relations[key].head, "key": key} for key in keys]):
            found |= await _relations(read, pattern, {"rows": list(step)})
    return found


async def _relations(read: Read, pattern: str, params: Mapping[str, Any]) -> dict[str, Relation]:
    names = ontology().relation_properties
    columns = ", ".join(f"r.{name} AS {name}" for name in names)
    ends = "type(r) AS relation, startNode(r).id AS head_id, endNode(r).id AS tail_id"
    found = {}
    for row in await read(f"{pattern} RETURN {ends}, {columns}", params):
        if row["origin"] == "derived" and row["relation"] in TYPES:
            continue
        properties = typed(names, {name: row[name] for name in names})
        head, tail = row["head_id"], row["tail_id"]
        labels = (label_of(head) or "", label_of(tail) or "")
        found[row["key"]] = Relation(row["relation"], labels[0], head, labels[1], tail, row["key"], properties)
    return found
