"""The statement an engine gets: written anew from the tree, with no text of the caller's in it.

Strings become parameters. Variables, columns and parameters get names of our own (``v0``, ``p0`` …): the embedded
engine reads no Han name within a pattern. Every node of a pattern carries a label of the ontology (``Entity`` where
none was asked for), every step of a variable length a type of it: operational nodes carry neither, so nothing reaches
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from queries.adhoc.printing import Printer, name
from queries.adhoc.tree import (
    Call,
    Constant,
    Expression,
    FullText,
    LabelTest,
    Node,
    Parameter,
    Query,
    Relation,
)
from queries.adhoc.vocabulary import ENTITY, types
from queries.parameters import search_query, search_terms


@dataclass(frozen=True, slots=True)
class EngineStatement:
    """Text and parameters for ``Store.adhoc``; ``columns``: the engine's name of each → the caller's, in the order of
    the statement."""

    cypher: str
    params: dict[str, Any]
    columns: dict[str, str]

    def named(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A row of the engine's under the caller's names."""
        return {name: row[column] for column, name in self.columns.items()}


def engine_statement(query: Query, params: Mapping[str, Any]) -> EngineStatement:
    """``query`` for an engine, with those of ``params`` it uses."""
    printer = _EnginePrinter(params)
    text = printer.query(query)
    return EngineStatement(text, printer.params, {printer.known(column): column for column in query.columns})


class _EnginePrinter(Printer):
    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given
        self._names: dict[str, str] = {}
        self._sent: dict[str, str] = {}
        self.params: dict[str, Any] = {}

    def known(self, text: str) -> str:
        """Our name of a variable: one for each of the caller's, so that what hides what stays as it was."""
        return self._names.setdefault(text, f"v{len(self._names)}")

    def variable(self, text: str) -> str:
        return name(self.known(text))

    def expression(self, e: Expression) -> str:
        if isinstance(e, Call) and e.name == "isEmpty":  # the embedded engine does not have it
            return f"(size({self.expression(e.arguments[0])}) = 0)"
        return super().expression(e)

    def parameter(self, parameter: Parameter) -> str:
        if parameter.name not in self._sent:
            self._sent[parameter.name] = self._lifted(self._given[parameter.name])
        return self._sent[parameter.name]

    def constant(self, constant: Constant) -> str:
        return f"${self._lifted(constant.value)}" if isinstance(constant.value, str) else super().constant(constant)

    def _lifted(self, value: Any) -> str:
        key = f"p{len(self.params)}"
        self.params[key] = value
        return key

    def node(self, node: Node) -> str:
        if node.labels:
            return super().node(node)
        return super().node(Node(node.variable, (ENTITY,), node.properties))

    def relation(self, relation: Relation) -> str:
        if relation.types or relation.hops is None:
            return super().relation(relation)
        return super().relation(Relation(relation.variable, types(), relation.hops, None, relation.direction))

    def label_test(self, test: LabelTest) -> str:
        return f"({' OR '.join(f'{self.variable(test.of.name)}:{name(label)}' for label in test.labels)})"

    def index(self, index: Expression) -> str:
        """Always a number: a text between brackets would read a property by its name."""
        if isinstance(index, Constant) or (isinstance(index, Call) and index.name in ("toInteger", "size")):
            return super().index(index)
        return super().index(Call("toInteger", (index,)))

    def full_text(self, clause: FullText) -> str:
        """Words are escaped as the catalog's are, and all of them must be in the name: no engine decides alone."""
        words = clause.words.value if isinstance(clause.words, Constant) else self._given[clause.words.name]
        index = f"'search_{clause.label.lower()}'"
        query, terms = self._lifted(search_query(str(words))), self._lifted(search_terms(str(words)))
        node = self.variable(clause.variable)
        return (
            f"CALL db.index.fulltext.queryNodes({index}, ${query}) YIELD node AS {node} "
            f"WHERE all(term IN ${terms} WHERE (' ' + {node}.search + ' ') CONTAINS term)"
        )
