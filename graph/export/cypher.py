"""A Cypher script that makes the graph in another, empty Neo4j 5: ``cypher-shell -f FILE``.

Every statement is on one line and ends with a semicolon. It holds the facts with their names for search, and none of
zhize's own records (texts, originals, decisions): to move a store, ``zhize copy`` does that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import IO

from graph.export.text import utf8_text
from graph.models import Node, Relation, Value
from graph.schema import public_definitions
from graph.statements import own_properties, relation_properties, steps

ROWS = 200
"""Rows of one statement: each is parsed whole."""
_HEAD = (
    "// zhize: nodes and relations of a graph, for an empty Neo4j 5.26 or newer.\n"
    "// cypher-shell -a neo4j://HOST:7687 -u USER -d DATABASE -f THIS_FILE\n"
)
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Line and paragraph separators are line breaks to some shells.
_SPECIAL = re.compile("[\\\\'\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Cypher:
    """The whole graph as a script into ``file``."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def begin(self) -> None:
        self._write(_HEAD + "".join(f"{statement};\n" for statement in public_definitions()))
        self._write("CALL db.awaitIndexes(300);\n")

    def nodes(self, label: str, portion: Sequence[Node]) -> None:
        for step in steps(portion, ROWS):
            rows = ", ".join(f"{{id: {literal(n.id)}, props: {_map(own_properties(n))}}}" for n in step)
            self._write(f"UNWIND [{rows}] AS row CREATE (n:{label}:Entity {{id: row.id}}) SET n += row.props;\n")

    def relations(self, type_: str, portion: Sequence[Relation]) -> None:
        for step in steps(portion, ROWS):
            rows = ", ".join(
                f"{{a: {literal(r.head)}, b: {literal(r.tail)}, props: {_map(relation_properties(r))}}}" for r in step
            )
            self._write(
                f"UNWIND [{rows}] AS row MATCH (a:Entity {{id: row.a}}) MATCH (b:Entity {{id: row.b}}) "
                f"CREATE (a)-[r:{type_}]->(b) SET r = row.props;\n"
            )

    def end(self) -> None:
        pass

    def _write(self, text: str) -> None:
        self._file.write(text.encode("utf-8"))


def literal(value: Value) -> str:
    """``value`` as an expression of Cypher, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, list):
        return f"[{', '.join(literal(item) for item in value)}]"
    return repr(value).replace("e+", "e")


def _string(text: str) -> str:
    escaped = _SPECIAL.sub(_escaped, utf8_text(text))
    # A backslash before a u begins a code point wherever it stands, even after another backslash.
    parts = re.split(r"(?<=\\\\)(?=u)", escaped)
    return "+".join(f"'{part}'" for part in parts)


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    return _ESCAPES.get(character) or f"\\u{ord(character):04x}"


def _map(properties: Mapping[str, Value]) -> str:
    return "{" + ", ".join(f"{name}: {literal(value)}" for name, value in properties.items()) + "}"
