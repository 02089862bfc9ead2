"""One canonical JSON line for a node or relation, whatever made it: a document, Neo4j or the embedded engine.

The graph hash is SHA-256 over sorted lines of this form; the fingerprint of a document's graph is made likewise.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any

from graph.across.version import rules
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
    """Properties without the absent ones; a number where the ontology says float is a float on every engine."""
    given = {name: value for name, value in properties.items() if value is not None}
    for name, value in given.items():
        if type(value) is int and types[name] == "float":
            given[name] = float(value)
        elif type(value) is list and types[name] == "floats":
            given[name] = [float(item) for item in value]
    return given


def line(parts: Sequence[Any]) -> str:
    """``parts`` as one line of compact JSON, keys sorted, floats rounded."""
    return _encode([_rounded(part) for part in parts])


# One encoder for all lines: json.dumps makes a new one a call, which takes longer than the encoding.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DECIMALS) + 0.0  # -0.0 and 0.0 are one number
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()} if _has_floats(value) else value
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return value


def _has_floats(value: dict[str, Any]) -> bool:
    return any(type(item) in (float, list) for item in value.values())


def node_line(label: str, id_: str, name: str, kind: str, aliases: Iterable[str], properties: dict[str, Value]) -> str:
    """Line of a node; ``properties`` are ``typed``."""
    return line((label, id_, name, kind, sorted(aliases), properties))


def relation_line(type_: str, head: str, tail: str, properties: dict[str, Value]) -> str:
    """Line of a relation; ``properties`` are ``typed`` and hold the key."""
    return line((type_, head, tail, properties))


def description(item: Node | Relation) -> str:
    """Short digest of all a document says of a shared node or relation, but for the node's aliases."""
    text = _encode((item.name, item.kind, item.properties) if isinstance(item, Node) else item.properties)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fingerprint(graph: DocumentGraph) -> str:
    """Equal for two document graphs exactly when they say the same, in whatever order, and are compared with other
    documents by the same rules: what is stored is written anew when these change."""
    nodes = sorted((n.id, n.label, n.name, n.kind, sorted(n.aliases), n.properties) for n in graph.nodes)
    relations = sorted((r.key, r.type, r.head, r.tail, r.properties) for r in graph.relations)
    return sha256(_encode((rules(), nodes, relations)).encode("utf-8", "surrogatepass")).hexdigest()
