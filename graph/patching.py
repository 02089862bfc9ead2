"""Bringing a document that is in the store to another graph by what differs, for decisions that touch many documents.

Review never adds or takes away a node of a document's own; it changes their properties, and relations. Both are found
from an end that belongs to the document, so a unit with very many relations costs no more than another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.models import DocumentGraph, Node, Relation
from graph.ontology import ontology
from graph.shared import Tally
from graph.statements import (
    create_relations,
    grouped,
    no_properties,
    own_properties,
    relation_properties,
    set_nodes,
    steps,
)
from graph.store import Transaction


@dataclass(frozen=True, slots=True)
class Patch:
    """What differs between two graphs of one document, shared nodes and relations aside: those are claimed."""

    nodes: tuple[Node, ...]
    gone: tuple[Relation, ...]
    new: tuple[Relation, ...]


def patch_between(before: DocumentGraph, after: DocumentGraph) -> Patch:
    """What brings ``before`` to ``after``; both have the same nodes of their own."""
    shared = frozenset(ontology().labels(scope="shared"))
    known = {node.id: node for node in before.nodes}
    nodes = tuple(n for n in after.nodes if n.label not in shared and known[n.id] != n)
    old = {r.key: r for r in before.relations if not r.shared}
    now = {r.key: r for r in after.relations if not r.shared}
    gone = tuple(r for key, r in old.items() if now.get(key) != r)
    return Patch(nodes, gone, tuple(r for key, r in now.items() if old.get(key) != r))


async def take_away(tx: Transaction, patches: Sequence[Patch], tally: Tally) -> None:
    """Delete the relations that go; before shared nodes are settled, so that none is deleted with them."""
    own = frozenset(ontology().labels(scope="document"))
    relations = [r for patch in patches for r in patch.gone]
    for (type_, head, tail), group in grouped(relations, lambda r: (r.type, r.head_label, r.tail_label)).items():
        match = f"MATCH (a:{head} {{id: row.head}})-[r:{type_} {{key: row.key}}]->(:{tail} {{id: row.tail}})"
        if head not in own:
            match = f"MATCH (b:{tail} {{id: row.tail}})<-[r:{type_} {{key: row.key}}]-(:{head} {{id: row.head}})"
        for step in steps([{"key": r.key, "head": r.head, "tail": r.tail} for r in group]):
            await tx.run(f"UNWIND $rows AS row {match} DELETE r", {"rows": step})
    tally.relations_removed += len(relations)


async def bring(tx: Transaction, patches: Sequence[Patch], tally: Tally) -> None:
    """Set the nodes that differ and create the relations that are new; after shared nodes are there."""
    for label, group in grouped(_nodes(patches), lambda node: node.label).items():
        await set_nodes(
            tx, label, [{"id": n.id, "props": {**no_properties(label), **own_properties(n)}} for n in group]
        )
    relations = [r for patch in patches for r in patch.new]
    await create_relations(tx, ((r, relation_properties(r)) for r in relations))
    tally.relations_created += len(relations)


def _nodes(patches: Sequence[Patch]) -> Iterator[Node]:
    return (node for patch in patches for node in patch.nodes)
