"""The graph of one document read back from the store as it was given to the writer, for the same graph elsewhere.

Its own nodes and relations are found by its id, what it shares by its claims (``graph.claims``), which also know under
which names it speaks of a shared node. What the writer makes of several documents (``graph.across``) is left out:
links between them, and that another document took the place of this one; its record knows its own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graph.across.record import DocumentRecord
from graph.canonical import property_types, typed
from graph.claims import Claims
from graph.documents import TIMEOUT
from graph.errors import NotFound
from graph.ids import label_of
from graph.models import KNOWLEDGE, DocumentGraph, Node, Relation, Row
from graph.ontology import ontology
from graph.statements import grouped, steps
from graph.store import Store


async def stored_graph(store: Store, document: str) -> DocumentGraph:
    """The graph of a loaded document, or of KNOWLEDGE, in canonical order. Raises NotFound."""
    rows = await store.read("MATCH (c:Claim {id: $id}) RETURN c.claims AS claims", {"id": document}, timeout=TIMEOUT)
    if not rows:
        raise NotFound(what={"zh": "文件", "en": "document"}, name=document)
    claims = Claims.from_json(rows[0]["claims"])
    record = await _record(store, document)
    own = [_unmarked(node, record) for node in await _own_nodes(store, document, claims)]
    stated = await _own_relations(store, document, claims)
    relations = {key: _uncoupled(relation, record) for key, relation in stated.items()}
    relations |= await _shared_relations(store, claims)
    nodes = [*own, *await _shared_nodes(store, claims)]
    return DocumentGraph(
        document,
        "" if document == KNOWLEDGE else await _text(store, document),
        tuple(sorted(nodes, key=lambda n: n.id)),
        tuple(relations[key] for key in sorted(relations)),
    )


async def _record(store: Store, document: str) -> DocumentRecord | None:
    rows = await store.read("MATCH (r:Record {id: $id}) RETURN r.body AS body", {"id": document}, timeout=TIMEOUT)
    return DocumentRecord.from_json(rows[0]["body"]) if rows else None


def _unmarked(node: Node, record: DocumentRecord | None) -> Node:
    """The Document node as it says itself how long it holds; any other node as it is."""
    if record is None or node.id != record.id or "valid" not in node.properties:
        return node
    kept = {name: value for name, value in node.properties.items() if name != "valid_until"}
    until = {"valid_until": record.valid_until} if record.valid_until else {}
    return replace(node, properties={**kept, **until, "valid": record.valid})


def _uncoupled(relation: Relation, record: DocumentRecord | None) -> Relation:
    """A fact with its own validity, whatever its document's has become."""
    if record is None or "valid" not in relation.properties:
        return relation
    return replace(relation, properties={**relation.properties, "valid": record.marked.get(relation.key, "current")})


async def _text(store: Store, document: str) -> str:
    rows = await store.read(
        "MATCH (d:Document {id: $id}) MATCH (c:Content {id: d.sha256}) RETURN c.text AS text",
        {"id": document},
        timeout=TIMEOUT,
    )
    return str(rows[0]["text"]) if rows else ""


async def _own_nodes(store: Store, document: str, claims: Claims) -> list[Node]:
    found = []
    for label in claims.own_labels:
        statement = f"MATCH (n:{label}) WHERE n.{_owner(label)} = $document RETURN {_node_columns(label)}"
        for row in await store.read(statement, {"document": document}, timeout=TIMEOUT):
            found.append(_node(label, row, tuple(row["aliases"] or ())))
    return found


async def _shared_nodes(store: Store, claims: Claims) -> list[Node]:
    found = []
    for label, ids in grouped(sorted(claims.nodes), lambda id_: claims.nodes[id_].label).items():
        statement = f"MATCH (n:{label}) WHERE n.id IN $ids RETURN {_node_columns(label)}"
        for step in steps(ids):
            for row in await store.read(statement, {"ids": list(step)}, timeout=TIMEOUT):
                found.append(_node(label, row, claims.nodes[row["id"]].aliases))
    return found


def _owner(label: str) -> str:
    """The property of a document's own nodes that holds its id."""
    return "doc" if ontology().node(label).evidence else "id"


def _node_columns(label: str) -> str:
    return ", ".join(f"n.{name} AS {name}" for name in ("id", "name", "kind", "aliases", *property_types(label)))


def _node(label: str, row: Row, aliases: tuple[str, ...]) -> Node:
    types = property_types(label)
    properties = typed(types, {name: row[name] for name in types})
    return Node(label, row["id"], row["name"], row["kind"] or "", aliases, properties)


async def _own_relations(store: Store, document: str, claims: Claims) -> dict[str, Relation]:
    """Found from the document's own nodes; those between shared nodes (``loose``) by their type."""
    patterns = [
        f"MATCH (n:{label})-[r]-() WHERE n.{_owner(label)} = $document AND r.doc = $document"
        for label in claims.own_labels
    ]
    patterns += [f"MATCH ()-[r:{type_}]->() WHERE r.doc = $document" for type_ in claims.loose]
    found: dict[str, Relation] = {}
    for pattern in patterns:
        # Derived relations of a document are links with others, which the writer makes.
        found |= await _relations(store, f"{pattern} AND r.origin <> 'derived'", {"document": document})
    return found


async def _shared_relations(store: Store, claims: Claims) -> dict[str, Relation]:
    found: dict[str, Relation] = {}
    by_head = grouped(
        sorted(claims.relations), lambda key: (claims.relations[key].type, claims.relations[key].head_label)
    )
    for (type_, head), keys in by_head.items():
        pattern = f"UNWIND $rows AS row MATCH (:{head} {{id: row.head}})-[r:{type_} {{key: row.key}}]->()"
        for step in steps([{"head": claims.relations[key].head, "key": key} for key in keys]):
            found |= await _relations(store, pattern, {"rows": list(step)})
    return found


async def _relations(store: Store, pattern: str, params: Mapping[str, Any]) -> dict[str, Relation]:
    names = ontology().relation_properties
    columns = ", ".join(f"r.{name} AS {name}" for name in names)
    ends = "type(r) AS relation, startNode(r).id AS head_id, endNode(r).id AS tail_id"
    found = {}
    for row in await store.read(f"{pattern} RETURN {ends}, {columns}", params, timeout=TIMEOUT):
        properties = typed(names, {name: row[name] for name in names})
        head, tail = row["head_id"], row["tail_id"]
        labels = (label_of(head) or "", label_of(tail) or "")
        found[row["key"]] = Relation(row["relation"], labels[0], head, labels[1], tail, row["key"], properties)
    return found
