"""The statement an engine gets: written anew from the tree, with no text of the caller's in it.

Strings become parameters. Every node of a pattern carries a label of the ontology (``Entity`` where none was asked
for), every step of a variable length a type of it: operational nodes carry neither, so nothing reaches them.
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

LIFTED = "zhize_"
"""How the names of our own parameters begin; a caller's may not."""


@dataclass(frozen=True, slots=True)
class EngineStatement:
    """Text and parameters for ``Store.adhoc``; ``columns`` in the order of the statement."""

    cypher: str
    params: dict[str, Any]
    columns: tuple[str, ...]


def engine_statement(query: Query, params: Mapping[str, Any]) -> EngineStatement:
    """``query`` for an engine, with those of ``params`` it uses."""
    printer = _EnginePrinter(params)
    text = printer.query(query)
    return EngineStatement(text, printer.params, query.columns)


class _EnginePrinter(Printer):
    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given
        self.params: dict[str, Any] = {}

    def expression(self, e: Expression) -> str:
        if isinstance(e, Parameter):
            self.params[e.name] = self._given[e.name]
        return super().expression(e)

    def constant(self, constant: Constant) -> str:
        return self._lifted(constant.value) if isinstance(constant.value, str) else super().constant(constant)

    def _lifted(self, value: Any) -> str:
        key = f"{LIFTED}{len(self.params)}"
        self.params[key] = value
        return f"${key}"

    def node(self, node: Node) -> str:
        if node.labels:
            return super().node(node)
        return super().node(Node(node.variable, (ENTITY,), node.properties))

    def relation(self, relation: Relation) -> str:
        if relation.types or relation.hops is None:
            return super().relation(relation)
        return super().relation(Relation(relation.variable, types(), relation.hops, None, relation.direction))

    def label_test(self, test: LabelTest) -> str:
        return f"({' OR '.join(f'{name(test.of.name)}:{name(label)}' for label in test.labels)})"

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
        node = name(clause.variable)
        return (
            f"CALL db.index.fulltext.queryNodes({index}, {query}) YIELD node AS {node} "
            f"WHERE all(term IN {terms} WHERE (' ' + {node}.search + ' ') CONTAINS term)"
        )
