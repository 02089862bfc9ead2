"""A statement taken apart: what the allowed language can say, and nothing else.

``at`` is the offset in the text a thing was read from; it does not count when trees are compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class _Placed:
    at: int = field(default=0, compare=False, kw_only=True)


# Expressions


@dataclass(frozen=True, slots=True)
class Constant(_Placed):
    """Text, number, true, false or null."""

    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Parameter(_Placed):
    name: str


@dataclass(frozen=True, slots=True)
class Variable(_Placed):
    name: str


@dataclass(frozen=True, slots=True)
class Property(_Placed):
    of: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Index(_Placed):
    """An element of a list, by number."""

    of: Expression
    index: Expression


@dataclass(frozen=True, slots=True)
class Slice(_Placed):
    of: Expression
    start: Expression | None
    stop: Expression | None


@dataclass(frozen=True, slots=True)
class LabelTest(_Placed):
    """Has the node one of ``labels``?"""

    of: Variable
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unary(_Placed):
    """``NOT`` or ``-``."""

    operator: str
    of: Expression


@dataclass(frozen=True, slots=True)
class Binary(_Placed):
    """``operator`` is one of ``vocabulary.OPERATORS``."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class NullTest(_Placed):
    of: Expression
    negated: bool


@dataclass(frozen=True, slots=True)
class ListOf(_Placed):
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class MapOf(_Placed):
    entries: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class Projection(_Placed):
    """``of {.name, key: value}``; an entry without value takes the property of that name."""

    of: Variable
    entries: tuple[tuple[str, Expression | None], ...]


@dataclass(frozen=True, slots=True)
class Call(_Placed):
    """An allowed function, its name as ``vocabulary`` writes it."""

    name: str
    arguments: tuple[Expression, ...]
    distinct: bool = False


@dataclass(frozen=True, slots=True)
class CountAll(_Placed):
    """``count(*)``"""


@dataclass(frozen=True, slots=True)
class Quantifier(_Placed):
    """``all``, ``any``, ``none`` or ``single``."""

    name: str
    variable: str
    source: Expression
    where: Expression


@dataclass(frozen=True, slots=True)
class Comprehension(_Placed):
    variable: str
    source: Expression
    where: Expression | None
    body: Expression | None


@dataclass(frozen=True, slots=True)
class PatternComprehension(_Placed):
    path: Path
    where: Expression | None
    body: Expression


@dataclass(frozen=True, slots=True)
class Reduce(_Placed):
    """``reduce(total = start, variable IN source | total operator step)``, ``step`` without ``total``: it grows by
    no more than what is in the list."""

    total: str
    start: Expression
    variable: str
    source: Expression
    operator: str
    step: Expression


@dataclass(frozen=True, slots=True)
class Case(_Placed):
    subject: Expression | None
    branches: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression | None


@dataclass(frozen=True, slots=True)
class Subquery(_Placed):
    """``EXISTS { … }`` or ``COUNT { … }``."""

    name: str
    paths: tuple[Path, ...]
    where: Expression | None


Expression: TypeAlias = (
    Constant
    | Parameter
    | Variable
    | Property
    | Index
    | Slice
    | LabelTest
    | Unary
    | Binary
    | NullTest
    | ListOf
    | MapOf
    | Projection
    | Call
    | CountAll
    | Quantifier
    | Comprehension
    | PatternComprehension
    | Reduce
    | Case
    | Subquery
)


# Patterns


@dataclass(frozen=True, slots=True)
class Node(_Placed):
    """``labels``: any of them; none means any of the ontology."""

    variable: str | None = None
    labels: tuple[str, ...] = ()
    properties: MapOf | None = None


@dataclass(frozen=True, slots=True)
class Relation(_Placed):
    """``direction``: ``->``, ``<-`` or ``--``. ``hops``: least and most, None for exactly one relation."""

    variable: str | None = None
    types: tuple[str, ...] = ()
    hops: tuple[int, int] | None = None
    properties: MapOf | None = None
    direction: str = "--"


@dataclass(frozen=True, slots=True)
class Path(_Placed):
    """``nodes`` with ``relations`` between them; ``shortest``: shortestPath, allShortestPaths or empty."""

    nodes: tuple[Node, ...]
    relations: tuple[Relation, ...] = ()
    variable: str | None = None
    shortest: str = ""


# Clauses


@dataclass(frozen=True, slots=True)
class Match(_Placed):
    paths: tuple[Path, ...]
    where: Expression | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Unwind(_Placed):
    source: Expression
    variable: str


@dataclass(frozen=True, slots=True)
class Item(_Placed):
    expression: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Order(_Placed):
    expression: Expression
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Projecting(_Placed):
    """WITH or RETURN. ``everything``: ``WITH *``."""

    clause: Literal["WITH", "RETURN"]
    items: tuple[Item, ...]
    everything: bool = False
    distinct: bool = False
    order: tuple[Order, ...] = ()
    skip: Constant | Parameter | None = None
    limit: Constant | Parameter | None = None
    where: Expression | None = None


@dataclass(frozen=True, slots=True)
class FullText(_Placed):
    """The one procedure: nodes of ``label`` whose names have all words of ``words``."""

    label: str
    words: Constant | Parameter
    variable: str


@dataclass(frozen=True, slots=True)
class CallQuery(_Placed):
    """``CALL (imports) { query }``."""

    imports: tuple[str, ...]
    query: Query


Clause: TypeAlias = Match | Unwind | Projecting | FullText | CallQuery


@dataclass(frozen=True, slots=True)
class Query(_Placed):
    """Arms, each a row of clauses that ends with RETURN, joined by UNION or UNION ALL (``all_``)."""

    arms: tuple[tuple[Clause, ...], ...]
    all_: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """What its first RETURN names; all arms return the same."""
        last = self.arms[0][-1]
        assert isinstance(last, Projecting)
        return tuple(item.name for item in last.items)


def depth(tree: object) -> int:
    """Levels of a tree, counted without recursion: it may be deeper than the interpreter allows."""
    deepest, left = 0, [(tree, 0)]
    while left:
        part, level = left.pop()
        if isinstance(part, tuple):
            left.extend((member, level) for member in part)
        elif is_dataclass(part):
            deepest = max(deepest, level + 1)
            left.extend((getattr(part, f.name), level + 1) for f in fields(part))
    return deepest
