"""Entries about the made-up library of ``tests.store.graphs``, written as decisions make them."""

from __future__ import annotations

from typing import Any

from graph.models import DocumentGraph, Node, Relation
from graph.review.entries import Action, Description, Entry, Named
from graph.review.log import LogLine, appended, log_of, write_line
from graph.review.matching import fact_of, place_of, subject_of
from graph.review.state import State, fold

EMPTY = log_of([], "")


def entry(seq: int, action: Action, **more: Any) -> Entry:
    """An entry signed and dated like all others here."""
    return Entry(seq=seq, at="2026-01-01T00:00:00Z", by="张三", reason="与原文核对", action=action, **more)


def lines_of(*entries: Entry) -> list[LogLine]:
    """The entries as the lines of one log."""
    lines: list[LogLine] = []
    for one in entries:
        lines.append(write_line(one, lines[-1].hash if lines else ""))
    return lines


def named(*entries: Entry) -> tuple[Named, ...]:
    """The entries under their ids."""
    return appended(EMPTY, lines_of(*entries)).entries


def state_of(*entries: Entry) -> State:
    return fold(named(*entries))


def about(graph: DocumentGraph, relation: Relation) -> dict[str, Any]:
    """What an entry about a relation of an extracted graph holds."""
    return {"facts": (fact_of(graph, relation),)}


def about_node(node: Node, graph: DocumentGraph | None = None) -> dict[str, Any]:
    """What an entry about a node holds; ``graph`` for a node of one document."""
    return {"node": subject_of(graph, node)}


def merge(seq: int, node: Node, into: Node) -> Entry:
    return entry(seq, "merge", node=subject_of(None, node), into=Description.of(into))


def split(seq: int, node: Node, name: str, *graphs: DocumentGraph, facts: tuple[Any, ...] = ()) -> Entry:
    """``node`` is another one called ``name`` in the documents of ``graphs``."""
    into = Description.of(node).model_copy(update={"id": f"{node.label.lower()}:{name}", "name": name})
    places = tuple(place_of(graph) for graph in graphs)
    return entry(seq, "split", node=subject_of(None, node), into=into, places=places, facts=facts)


def find(graph: DocumentGraph, type_: str, *, head: str = "", tail: str = "") -> Relation:
    """The one relation of that type whose ends have these names ("": any)."""
    names = {node.id: node.name for node in graph.nodes}
    found = [
        r for r in graph.relations if r.type == type_ and head in ("", names[r.head]) and tail in ("", names[r.tail])
    ]
    assert len(found) == 1, [(names[r.head], names[r.tail]) for r in found]
    return found[0]
