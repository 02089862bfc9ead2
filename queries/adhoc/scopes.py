"""What each clause can see: variables in scope, their sizes, and the names that may follow a dot."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from queries.adhoc import sizes
from queries.adhoc.measure import Measure, Scope
from queries.adhoc.sizes import Size
from queries.adhoc.tree import (
    CallQuery,
    Clause,
    FullText,
    MapOf,
    Match,
    Node,
    Path,
    Projecting,
    Projection,
    Property,
    Query,
    Relation,
    Unwind,
    Variable,
)
from queries.adhoc.vocabulary import hidden, properties


def check(cypher: str, params: Mapping[str, Any], query: Query) -> None:
    """Refuse (CypherRefused) unknown variables and properties, and what could get too large or take too long."""
    readable = (properties() | {*_keys(query)} | {*_keys_of(params)}) - hidden()
    _Checker(cypher, params, readable).statement(query)


class _Checker:
    def __init__(self, cypher: str, params: Mapping[str, Any], readable: frozenset[str]) -> None:
        self._measure = Measure(cypher, params, readable, self.bound)

    def statement(self, query: Query) -> None:
        """A whole statement, which may not return nodes, relations or paths as they are."""
        columns = self.query(query, {})
        for arm in query.arms:
            last = arm[-1]
            assert isinstance(last, Projecting)
            for item in last.items:
                if columns[item.name].of_graph:
                    self._measure.refuse(
                        item.at,
                        f"{item.name} 是节点、关系、路径或其列表，请逐个写出要返回的属性，如 u.name AS name",
                        f"{item.name} is a node, relation or path, or a list of them: name the properties to return, "
                        "u.name AS name",
                    )

    def query(self, query: Query, scope: Scope) -> dict[str, Size]:
        """Sizes of the columns of ``query`` within ``scope``."""
        found = [self._arm(arm, scope) for arm in query.arms]
        return {name: sizes.largest(*(columns[name] for columns in found)) for name in found[0]}

    def _arm(self, clauses: tuple[Clause, ...], scope: Scope) -> dict[str, Size]:
        seen = dict(scope)
        for clause in clauses:
            seen = self._clause(clause, seen)
        return seen

    def _clause(self, clause: Clause, scope: dict[str, Size]) -> dict[str, Size]:
        match clause:
            case Match():
                inner = self.bound(clause.paths, scope)
                if clause.where is not None:
                    self._measure.size(clause.where, inner)
                return dict(inner)
            case Unwind():
                return {**scope, clause.variable: self._measure.size(clause.source, scope).one()}
            case FullText():
                return {**scope, clause.variable: sizes.NODE}
            case CallQuery():
                imported = {name: self._measure.variable(name, clause.at, scope) for name in clause.imports}
                return {**scope, **self.query(clause.query, imported)}
            case Projecting():
                return self._projecting(clause, scope)

    def _projecting(self, clause: Projecting, scope: dict[str, Size]) -> dict[str, Size]:
        after = dict(scope) if clause.everything else {}
        for item in clause.items:
            after[item.name] = self._measure.size(item.expression, scope)
        for order in clause.order:
            self._measure.size(order.expression, {**scope, **after})
        if clause.where is not None:
            self._measure.size(clause.where, after)
        return after

    def bound(self, paths: tuple[Path, ...], scope: Scope) -> Scope:
        """``scope`` with what the patterns name; the values they ask for are checked."""
        inner = dict(scope)
        for path in paths:
            for node in path.nodes:
                if node.variable:
                    inner[node.variable] = sizes.NODE
            for relation in path.relations:
                if relation.variable:
                    inner[relation.variable] = sizes.relations(relation.hops[1]) if relation.hops else sizes.RELATION
            if path.variable:
                inner[path.variable] = sizes.path(sum(_hops(relation) for relation in path.relations))
        for path in paths:
            parts: tuple[Node | Relation, ...] = (*path.nodes, *path.relations)
            for part in parts:
                if part.properties is not None:
                    self._asked(part.properties, inner)
        return inner

    def _asked(self, properties: MapOf, scope: Scope) -> None:
        for _, value in properties.entries:
            self._measure.plain(value, scope)
            read = (part.name for part in _parts(value) if isinstance(part, Property))
            odd = next((key for key in (*read, *_keys(value)) if not key.isascii()), None)
            if odd is not None:
                # Measured: the embedded engine reads no other names within a pattern.
                self._measure.refuse(
                    value.at,
                    f"模式中不能用键 {odd}，请先用 WITH 把它的值取为变量",
                    f"a pattern cannot use the key {odd}: first take its value into a variable by WITH",
                )
            of = value.of if isinstance(value, Property) else None
            if isinstance(of, Variable) and scope[of.name].sort == "relation":
                # Measured: the embedded engine then matches nothing, without a word.
                name = f"{of.name}.{value.name}"  # type: ignore[union-attr]
                self._measure.refuse(
                    value.at,
                    f"模式中不能用关系的属性 {name}，请先 WITH {name} AS x",
                    f"a pattern cannot use the relation's property {name}: first WITH {name} AS x",
                )


def _hops(relation: Relation) -> int:
    return relation.hops[1] if relation.hops else 1


def _parts(value: object) -> Iterator[object]:
    """Every part of a tree, itself included."""
    if isinstance(value, tuple):
        for part in value:
            yield from _parts(part)
    elif dataclasses.is_dataclass(value):
        yield value
        for field in dataclasses.fields(value):
            yield from _parts(getattr(value, field.name))


def _keys(value: object) -> Iterator[str]:
    """Keys of every map in a tree."""
    for part in _parts(value):
        if isinstance(part, MapOf | Projection):
            yield from (key for key, _ in part.entries)


def _keys_of(value: object) -> Iterator[str]:
    """Keys of every map among the parameters."""
    if isinstance(value, Mapping):
        yield from value
        for part in value.values():
            yield from _keys_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from _keys_of(part)
