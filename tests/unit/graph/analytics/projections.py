"""Projections written down by hand: names stand for nodes, a fact is (type, head, tail) and what else is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.analytics.projection import Fact, Projection, Thing
from graph.analytics.run import FUNCTIONS
from graph.ids import digest, document_id, node_id

TYPES = sorted({type_ for needs, _ in FUNCTIONS.values() for type_ in needs.types})
Stated = tuple[str, Thing, Thing, Mapping[str, Any]]


def thing(label: str, name: str, **properties: Any) -> Thing:
    """A node."""
    return Thing(node_id(label, name), label, name, properties)


def document(name: str, **properties: Any) -> Thing:
    """A document in force."""
    return Thing(document_id(name), "Document", name, properties)


def fact(type_: str, head: Thing, tail: Thing, **more: Any) -> Stated:
    """``doc`` is a document, ``span`` the sentence."""
    if "doc" in more:
        more["doc"] = more["doc"].id
    return (type_, head, tail, more)


def projection(facts: Iterable[Stated], *others: Thing, limit: int = 1000) -> Projection:
    """The facts with their ends, and ``others``: nodes and documents nothing is said of."""
    given = list(facts)
    ends = {end.id: end for _, head, tail, _ in given for end in (head, tail)} | {t.id: t for t in others}
    made = [
        Fact(type_, head.id, tail.id, digest([type_, head.id, tail.id, *more.values()]), **more)
        for type_, head, tail, more in given
    ]
    return Projection(
        {id_: t for id_, t in sorted(ends.items()) if t.label not in ("Document", "Task")},
        {id_: t for id_, t in sorted(ends.items()) if t.label == "Document"},
        {type_: tuple(sorted((f for f in made if f.type == type_), key=lambda f: f.key)) for type_ in TYPES},
        limit,
    )
