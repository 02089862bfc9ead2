"""One canonical JSON line for a node or relation, whatever made it: a document, Neo4j or the embedded engine.

The graph hash and the fingerprint of a document's graph are SHA-256 over sorted lines of this form.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from typing import Any

from graph.models import DocumentGraph, Node, Relation, Value
from graph.ontology import EVIDENCE_PROPERTIES, PropertyType, ontology

DECIMALS = 4
"""Floats are compared to this many decimals."""


@cache
def property_types(label: str) -> dict[str, PropertyType]:
    """The properties a node of ``label`` may have beside id, name, kind and aliases."""
    node = ontology().node(label)
    return {**node.properties, **(EVIDENCE_PROPERTIES if node.evidence else {})}


def typed(types: Mapping[str, PropertyType], properties: Mapping[str, Value | None]) -> dict[str, Value]:
    """Properties without the empty ones; a number where the ontology says float is a float on every engine."""
    result: dict[str, Value] = {}
    for name, value in properties.items():
        if value is None:
            continue
        kind = types[name]
        if kind == "float" and isinstance(value, int):
            result[name] = float(value)
        elif kind == "floats" and isinstance(value, (list, tuple)):
            result[name] = [float(item) for item in value]
        else:
            result[name] = list(value) if isinstance(value, tuple) else value
    return result


def line(parts: Iterable[Any]) -> str:
    """``parts`` as one line of compact JSON, keys sorted, floats rounded."""
    return json.dumps([_rounded(part) for part in parts], ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DECIMALS) + 0.0  # -0.0 and 0.0 are one number
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(item) for item in value]
    return value


def node_line(label: str, id_: str, name: str, kind: str, aliases: Iterable[str], properties: dict[str, Value]) -> str:
    """Line of a node; ``properties`` are ``typed``."""
    return line((label, id_, name, kind, sorted(aliases), properties))


def relation_line(type_: str, head: str, tail: str, properties: dict[str, Value]) -> str:
    """Line of a relation; ``properties`` are ``typed`` and hold the key."""
    return line((type_, head, tail, properties))


def line_of_node(node: Node) -> str:
    """Line of a node as a document gives it."""
    properties = typed(property_types(node.label), node.properties)
    return node_line(node.label, node.id, node.name, node.kind, node.aliases, properties)


def line_of_relation(relation: Relation) -> str:
    """Line of a relation as a document gives it."""
    properties = typed(ontology().relation_properties, relation.properties)
    return relation_line(relation.type, relation.head, relation.tail, {**properties, "key": relation.key})


def digest_of(text: str) -> str:
    """Short digest of a line."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fingerprint(graph: DocumentGraph) -> str:
    """Equal for two document graphs exactly when they say the same, in whatever order."""
    lines = [*map(line_of_node, graph.nodes), *map(line_of_relation, graph.relations)]
    return sha256("\n".join(sorted(lines)).encode("utf-8", "surrogatepass")).hexdigest()
