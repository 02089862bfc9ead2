"""The properties of nodes and relations under the names they have outside the graph."""

from __future__ import annotations

from collections.abc import Mapping

from graph.canonical import property_types
from graph.models import Node, Relation, Value
from graph.ontology import PropertyType, ontology

_OUTSIDE = {"start_char": "start", "end_char": "end"}
"""Inside, ``end`` is a reserved word; everywhere outside, offsets are ``start`` and ``end``."""


def outside(name: str) -> str:
    """What the property ``name`` is called outside the graph."""
    return _OUTSIDE.get(name, name)


def node_columns(label: str) -> dict[str, PropertyType]:
    """Everything a node of ``label`` may say, by its name outside: id, name, kind and aliases first."""
    common: dict[str, PropertyType] = {"id": "string", "name": "string", "kind": "string", "aliases": "strings"}
    return common | {outside(name): type_ for name, type_ in property_types(label).items()}


def relation_columns() -> dict[str, PropertyType]:
    """Everything a relation may say beside its type, by its name outside: key, head and tail first."""
    common: dict[str, PropertyType] = {"key": "string", "head": "string", "tail": "string"}
    return common | {outside(name): type_ for name, type_ in ontology().relation_properties.items()}


def node_values(node: Node) -> dict[str, Value]:
    """What ``node`` says, by ``node_columns``; what it does not say is left out."""
    own: dict[str, Value] = {"id": node.id, "name": node.name}
    if node.kind:
        own["kind"] = node.kind
    if node.aliases:
        own["aliases"] = list(node.aliases)
    return own | _renamed(node.properties)


def relation_values(relation: Relation) -> dict[str, Value]:
    """What ``relation`` says, by ``relation_columns``; what it does not say is left out."""
    own: dict[str, Value] = {"key": relation.key, "head": relation.head, "tail": relation.tail}
    return own | _renamed(relation.properties)


def _renamed(properties: Mapping[str, Value]) -> dict[str, Value]:
    return {outside(name): value for name, value in properties.items()}
