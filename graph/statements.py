"""Statements of the write path: creating and finding many nodes and relations with few round trips.

Labels and types cannot be parameters; they come from the ontology only, so there is one text per label or type.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from graph.canonical import property_types, typed
from graph.errors import StoreError
from graph.models import Node, Relation, Row, Value
from graph.ontology import ontology
from graph.store import Transaction
from graph.text import search_field

T = TypeVar("T")
K = TypeVar("K")

STEP = 2_000
"""Rows one statement writes at most: more are not faster and need more memory in the server."""


def grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """Items by key, keys in order of first appearance."""
    groups: defaultdict[K, list[T]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return dict(groups)


def steps(rows: Sequence[T], size: int = STEP) -> Iterator[Sequence[T]]:
    """``rows`` in portions of ``size``."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def node_properties(node: Node, aliases: Sequence[str]) -> dict[str, Value]:
    """All stored properties of a node but ``id`` and ``support``."""
    properties = typed(property_types(node.label), node.properties)
    properties |= {"name": node.name, "kind": node.kind, "aliases": list(aliases)}
    if ontology().node(node.label).search and is_found(node.properties.get("status")):
        properties["search"] = search_field([node.name, *aliases])
    return properties


def no_properties(label: str) -> dict[str, Value | None]:
    """Every property that a node of ``label`` may be described by, as absent: what goes before a new description."""
    return dict.fromkeys([*property_types(label), "search"])


def is_found(status: object) -> bool:
    """Does what has this ``status`` count? What waits for a person or was rejected is in no default answer: a node of
    that kind may not be found by its name, at which answers begin, a fact is not compared or analysed."""
    return status not in ("proposed", "rejected")


def relation_properties(relation: Relation) -> dict[str, Value]:
    """All stored properties of a relation but ``support``."""
    return {**typed(ontology().relation_properties, relation.properties), "key": relation.key}


async def create_nodes(tx: Transaction, label: str, rows: Sequence[Row]) -> None:
    """Create nodes of rows ``{id, props}``."""
    for step in steps(rows):
        await tx.run(f"UNWIND $rows AS row CREATE (n:{label}:Entity {{id: row.id}}) SET n += row.props", {"rows": step})


async def set_nodes(tx: Transaction, label: str, rows: Sequence[Row]) -> None:
    """Set properties of nodes that are there, of rows ``{id, props}``; None takes a property away."""
    for step in steps(rows):
        await tx.run(f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n += row.props", {"rows": step})


def own_properties(node: Node) -> dict[str, Value]:
    """All stored properties of a node that belongs to one document, but ``id``."""
    return node_properties(node, sorted(set(node.aliases) - {node.name}))


async def create_relations(tx: Transaction, relations: Iterable[tuple[Relation, Row]]) -> None:
    """Create relations with the given properties; both ends must be there."""
    for (type_, head, tail), group in grouped(relations, lambda pair: _pattern(tx, pair[0])).items():
        statement = (
            f"UNWIND $rows AS row MATCH (a:{head} {{id: row.head}}) MATCH (b:{tail} {{id: row.tail}}) "
            f"CREATE (a)-[r:{type_}]->(b) SET r = row.props RETURN count(*) AS created"
        )
        rows = [{"head": r.head, "tail": r.tail, "props": props} for r, props in group]
        for step in steps(rows):
            created = (await tx.run(statement, {"rows": step}))[0]["created"]
            if created != len(step):
                raise StoreError(store=tx.store, reason=f"{created} of {len(step)} {type_} relations found their ends")


def _pattern(tx: Transaction, relation: Relation) -> tuple[str, str, str]:
    """Type and end labels of the statement that creates ``relation``.

    Neo4j finds any node by ``Entity``: one statement a type, where a statement for each pair of labels would cost a
    round trip and, the first time, a plan. The embedded engine indexes only a node's first label.
    """
    if tx.dialect == "neo4j":
        return relation.type, "Entity", "Entity"
    return relation.type, relation.head_label, relation.tail_label


async def delete_nodes(tx: Transaction, label: str, ids: Sequence[str]) -> None:
    """Delete nodes with all that is attached to them."""
    for step in steps(ids):
        await tx.run(f"MATCH (n:{label}) WHERE n.id IN $ids DETACH DELETE n", {"ids": step})
