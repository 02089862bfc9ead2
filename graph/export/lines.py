"""JSON, one object a line: a node or a relation, keys sorted, and the JSON Schema of a line.

A node is ``{"label", "id", "name", …}``, a relation ``{"type", "key", "head", "tail", …}``; what is not known is left
out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO, Any

from graph.export.properties import node_columns, node_values, relation_columns, relation_values
from graph.export.text import json_line
from graph.models import Node, Relation
from graph.ontology import PropertyType, ontology

_SCHEMAS: dict[PropertyType, dict[str, Any]] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "float": {"type": "number"},
    "boolean": {"type": "boolean"},
    "strings": {"type": "array", "items": {"type": "string"}},
    "floats": {"type": "array", "items": {"type": "number"}},
}


class JsonLines:
    """The whole graph as JSON lines into ``file``."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def begin(self) -> None:
        pass

    def nodes(self, label: str, portion: Sequence[Node]) -> None:
        self._file.writelines(json_line({"label": label, **node_values(node)}) for node in portion)

    def relations(self, type_: str, portion: Sequence[Relation]) -> None:
        self._file.writelines(json_line({"type": type_, **relation_values(relation)}) for relation in portion)

    def end(self) -> None:
        pass


def line_schema() -> dict[str, Any]:
    """JSON Schema of one line."""
    kinds = [_schema("label", label, node_columns(label), ("id", "name")) for label in ontology().nodes]
    kinds += [_schema("type", type_, relation_columns(), ("key", "head", "tail")) for type_ in ontology().relations]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of zhize export --format json",
        "oneOf": kinds,
    }


def _schema(tag: str, value: str, columns: Mapping[str, PropertyType], needed: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {tag: {"const": value}, **{name: _SCHEMAS[type_] for name, type_ in columns.items()}},
        "required": [tag, *needed],
        "additionalProperties": False,
    }
