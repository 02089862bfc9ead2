"""The whole graph in a total order, the same on both engines: nodes by label and id, relations by type, document, key.

Default answers leave out what is proposed or rejected; so does this, unless everything is asked for. What was
superseded or withdrawn is in, marked by its property ``valid``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from functools import partial
from typing import Protocol

from graph.canonical import property_types, typed
from graph.documents import TIMEOUT
from graph.export.thread import writing
from graph.ids import label_of
from graph.models import Node, Relation, Row
from graph.ontology import ontology
from graph.paging import nodes, relation_pages
from graph.progress import Progress
from graph.statements import is_found
from graph.store import Store

STEP = 2_000
"""Nodes or relations handed to a format at a time."""


class GraphFormat(Protocol):
    """A format under way. Called in order: ``begin``, ``nodes`` and ``relations`` of each label and type with any
    number of portions (at least one, possibly empty), ``end``. Always ``end``: after a failure it only closes."""

    def begin(self) -> None: ...

    def nodes(self, label: str, portion: Sequence[Node]) -> None: ...

    def relations(self, type_: str, portion: Sequence[Relation]) -> None: ...

    def end(self) -> None: ...


async def write_graph(store: Store, form: GraphFormat, *, everything: bool, on_progress: Progress) -> int:
    """Give the graph to ``form``; the number of nodes and relations written. Memory does not grow with the graph.

    A relation to a node that is left out is left out too. ``on_progress``: (nodes and relations read, all).
    """
    total = await _size(store)
    hidden: set[str] = set()
    read = written = 0
    async with writing(form) as do:
        await do(form.begin)
        for label in ontology().nodes:
            async for found in _node_portions(store, label):
                kept = [node for node in found if everything or is_found(node.properties.get("status"))]
                hidden.update({node.id for node in found} - {node.id for node in kept})
                await do(partial(form.nodes, label, kept))
                read, written = read + len(found), written + len(kept)
                on_progress(read, total)
        for type_ in ontology().relations:
            async for stated in _relation_portions(store, type_):
                shown = [relation for relation in stated if everything or _is_shown(relation, hidden)]
                await do(partial(form.relations, type_, shown))
                read, written = read + len(stated), written + len(shown)
                on_progress(read, total)
    return written


def _is_shown(relation: Relation, hidden: set[str]) -> bool:
    return is_found(relation.properties.get("status")) and not {relation.head, relation.tail} & hidden


async def _size(store: Store) -> int:
    nodes_ = await store.read("MATCH (n:Entity) RETURN count(n) AS n", timeout=TIMEOUT)
    relations = await store.read("MATCH ()-[r]->() RETURN count(r) AS n", timeout=TIMEOUT)
    return int(nodes_[0]["n"] + relations[0]["n"])


async def _node_portions(store: Store, label: str) -> AsyncIterator[list[Node]]:
    types = property_types(label)
    portion: list[Node] = []
    async for row in nodes(store, label, ("name", "kind", "aliases", *types)):
        properties = typed(types, {name: row[name] for name in types})
        aliases = tuple(sorted(row["aliases"] or []))
        portion.append(Node(label, row["id"], row["name"], row["kind"] or "", aliases, properties))
        if len(portion) == STEP:
            yield portion
            portion = []
    yield portion


async def _relation_portions(store: Store, type_: str) -> AsyncIterator[list[Relation]]:
    names = tuple(ontology().relation_properties)
    async for page in relation_pages(store, type_, names):
        page.sort(key=lambda row: (row["doc"] or "", row["key"]))
        for first in range(0, len(page), STEP):
            yield list(_relations(type_, page[first : first + STEP]))
    yield []


def _relations(type_: str, rows: Sequence[Row]) -> Iterator[Relation]:
    types = ontology().relation_properties
    for row in rows:
        head, tail = row["head_id"], row["tail_id"]
        properties = typed(types, {name: row[name] for name in types})
        yield Relation(type_, label_of(head) or "", head, label_of(tail) or "", tail, row["key"], properties)
