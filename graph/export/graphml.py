"""GraphML, for Gephi, Cytoscape, yEd, networkx: directed, several edges between two nodes, attributes with types.

GraphML has no lists: they are JSON text. An edge's id is the relation's key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO

from graph.export.properties import node_columns, node_values, relation_columns, relation_values
from graph.export.text import json_text, xml_text
from graph.models import Node, Relation, Value
from graph.ontology import PropertyType, ontology

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="'
    'http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)
_TYPES = {"integer": "long", "float": "double", "boolean": "boolean"}

Key = tuple[str, str, str]
"""``node`` or ``edge``, name, type of GraphML."""


class GraphML:
    """The whole graph as GraphML into ``file``."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def begin(self) -> None:
        node_keys = {("node", "label", "string"): None}
        for label in ontology().nodes:
            node_keys |= dict.fromkeys(_keys("node", node_columns(label), leave_out=("id",)))
        edge_keys = [("edge", "label", "string"), *_keys("edge", relation_columns(), leave_out=("key", "head", "tail"))]
        self._write(opening([*node_keys, *edge_keys]))

    def nodes(self, label: str, portion: Sequence[Node]) -> None:
        types = node_columns(label)
        for node in portion:
            values = node_values(node)
            named = {("node", "label", "string"): label, **_typed("node", values, types, leave_out=("id",))}
            self._write(element("node", {"id": node.id}, named))

    def relations(self, type_: str, portion: Sequence[Relation]) -> None:
        types = relation_columns()
        for relation in portion:
            values = _typed("edge", relation_values(relation), types, leave_out=("key", "head", "tail"))
            ends = {"id": relation.key, "source": relation.head, "target": relation.tail}
            self._write(element("edge", ends, {("edge", "label", "string"): type_, **values}))

    def end(self) -> None:
        self._write(CLOSING)

    def _write(self, text: str) -> None:
        self._file.write(text.encode("utf-8"))


CLOSING = "</graph>\n</graphml>\n"


def opening(keys: Iterable[Key]) -> str:
    """Everything before the first node: the attributes that will occur, declared."""
    declared = "".join(
        f'<key id="{_id(key)}" for="{key[0]}" attr.name="{key[1]}" attr.type="{key[2]}"/>\n' for key in keys
    )
    return f'{_HEAD}{declared}<graph id="zhize" edgedefault="directed">\n'


def element(name: str, attributes: Mapping[str, str], values: Mapping[Key, Value]) -> str:
    """A node or an edge, on one line."""
    shown = "".join(f' {key}="{xml_text(value)}"' for key, value in attributes.items())
    data = "".join(f'<data key="{_id(key)}">{_value(value)}</data>' for key, value in values.items())
    return f"<{name}{shown}>{data}</{name}>\n"


def _keys(what: str, columns: Mapping[str, PropertyType], *, leave_out: Sequence[str]) -> Iterator[Key]:
    for name, type_ in columns.items():
        if name not in leave_out:
            yield what, name, _TYPES.get(type_, "string")


def _typed(
    what: str, values: Mapping[str, Value], types: Mapping[str, PropertyType], *, leave_out: Sequence[str]
) -> dict[Key, Value]:
    return {
        (what, name, _TYPES.get(types[name], "string")): value
        for name, value in values.items()
        if name not in leave_out
    }


def _id(key: Key) -> str:
    # One name may have two types: the level of a section is a number, that of a task a word.
    return "_".join(key)


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return xml_text(json_text(value))
    return xml_text(value) if isinstance(value, str) else repr(value)
