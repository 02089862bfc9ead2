"""Random statements of the allowed language, as trees. They need not make sense: any of them must survive printing."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from queries.adhoc.tree import (
    Binary,
    Call,
    CallQuery,
    Case,
    Clause,
    Comprehension,
    Constant,
    CountAll,
    Expression,
    FullText,
    Index,
    Item,
    LabelTest,
    ListOf,
    MapOf,
    Match,
    Node,
    NullTest,
    Order,
    Parameter,
    Path,
    PatternComprehension,
    Projecting,
    Projection,
    Property,
    Quantifier,
    Query,
    Reduce,
    Relation,
    Slice,
    Subquery,
    Unary,
    Unwind,
    Variable,
)
from queries.adhoc.vocabulary import FUNCTIONS, OPERATORS, QUANTIFIERS, labels, searchable, types

PARAMS: dict[str, Any] = {"p": 1, "文字": "一盔一带", "order": [1]}

# Words of the language among them: a name is a name wherever it stands.
_NAMES = ("a", "b", "n", "x1", "_", "单位", "end", "WHERE", "null", "count", "CREATE", "match")
_KEYS = ("id", "name", "kind", "level", "doc", "quote")
_TEXTS = (
    "",
    "x",
    "一盔一带",
    "'",
    '"',
    "\\",
    "\\u0027",
    "\\'",
    "`",
    "//",
    "*/",
    "\n\r\t\b\f\0",
    "\u2028",
    "😀",
    "$p",
    "}",
)
_NUMBERS = (0, 1, -1, 2**63 - 1, 1 - 2**63, 0.5, -1.5, 1e300, 1e-9, -2.5e-300, 123456789.125)


class Trees:
    """Makes trees from ``random``."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def query(self, deep: int = 3) -> Query:
        """A statement, or one inside CALL."""
        names = self._some(_NAMES, 1, 3)
        arms = [
            (*(self._clause(deep) for _ in range(self._random.randint(0, 3))), self._projecting("RETURN", names))
            for _ in range(self._random.choice((1, 1, 2)))
        ]
        return Query(tuple(arms), len(arms) > 1 and self._coin())

    def expression(self, deep: int = 3) -> Expression:
        """Any expression, at most ``deep`` levels of parts."""
        if deep == 0 or self._random.random() < 0.2:
            return self._leaf()
        makers: list[Callable[[int], Expression]] = [
            lambda d: Property(self.expression(d), self._one(_KEYS)),
            lambda d: Index(self.expression(d), self._number()),
            lambda d: Slice(self.expression(d), self._maybe(self._number), self._maybe(self._number)),
            lambda d: LabelTest(self._variable(), self._some(sorted(labels()), 1, 2)),
            lambda d: Unary("NOT", self.expression(d)),
            lambda d: Unary("-", self._variable()),
            lambda d: Binary(self._one(sorted(OPERATORS)), self.expression(d), self.expression(d)),
            lambda d: NullTest(self.expression(d), self._coin()),
            lambda d: ListOf(self._expressions(d)),
            self._map,
            self._projection,
            self._call,
            lambda d: Quantifier(self._one(QUANTIFIERS), self._one(_NAMES), self.expression(d), self.expression(d)),
            lambda d: Comprehension(self._one(_NAMES), self.expression(d), self._perhaps(d), self._perhaps(d)),
            lambda d: PatternComprehension(self._path(d, 1), self._perhaps(d), self.expression(d)),
            lambda d: Reduce("t", self.expression(d), "x", self.expression(d), self._one("+-"), self.expression(d)),
            self._case,
            lambda d: Subquery(self._one(("EXISTS", "COUNT")), self._paths(d), self._perhaps(d)),
        ]
        return self._one(makers)(deep - 1)

    def _clause(self, deep: int) -> Clause:
        makers: list[Callable[[], Clause]] = [
            lambda: Match(self._paths(2), self._perhaps(2), self._coin()),
            lambda: Unwind(self.expression(), self._one(_NAMES)),
            lambda: self._projecting("WITH", self._some(_NAMES, 1, 3)),
            lambda: FullText(self._one(sorted(searchable().values())), Parameter("文字"), self._one(_NAMES)),
            lambda: FullText(self._one(sorted(searchable().values())), Constant("头盔"), self._one(_NAMES)),
        ]
        if deep:
            makers.append(lambda: CallQuery(self._some(_NAMES, 0, 2), self.query(deep - 1)))
        return self._one(makers)()

    def _projecting(self, clause: Any, names: tuple[str, ...]) -> Projecting:
        with_ = clause == "WITH"
        return Projecting(
            clause,
            tuple(Item(self.expression(), name) for name in names),
            with_ and self._coin(),
            self._coin(),
            tuple(Order(self.expression(2), self._coin()) for _ in range(self._random.randint(0, 2))),
            self._maybe(self._count),
            self._maybe(self._count),
            self._perhaps(2) if with_ else None,
        )

    def _paths(self, deep: int) -> tuple[Path, ...]:
        found = []
        for _ in range(self._random.randint(1, 2)):
            path, name = self._path(deep), self._maybe(lambda: self._one(_NAMES))
            if self._random.random() < 0.2:
                hops = Relation(None, self._some(types(), 0, 2), (self._random.randint(0, 1), 4))
                path = Path(
                    (path.nodes[0], path.nodes[-1]), (hops,), None, self._one(("shortestPath", "allShortestPaths"))
                )
            found.append(Path(path.nodes, path.relations, name, path.shortest))
        return tuple(found)

    def _path(self, deep: int, least: int = 0) -> Path:
        count = self._random.randint(least, 2)
        nodes = tuple(
            Node(self._maybe(lambda: self._one(_NAMES)), self._some(sorted(labels()), 0, 2), self._given(deep))
            for _ in range(count + 1)
        )
        return Path(nodes, tuple(self._relation(deep) for _ in range(count)))

    def _relation(self, deep: int) -> Relation:
        hops = (self._random.randint(0, 2), self._random.randint(2, 6)) if self._coin() else None
        given = None if hops else self._given(deep)
        name = self._maybe(lambda: self._one(_NAMES))
        return Relation(name, self._some(types(), 0, 3), hops, given, self._one(("->", "<-", "--")))

    def _given(self, deep: int) -> MapOf | None:
        return self._map(min(deep, 1)) if self._random.random() < 0.3 else None

    def _map(self, deep: int) -> MapOf:
        return MapOf(tuple((key, self.expression(deep)) for key in self._some(_KEYS, 0, 3)))

    def _projection(self, deep: int) -> Projection:
        return Projection(self._variable(), tuple((key, self._perhaps(deep)) for key in self._some(_KEYS, 0, 3)))

    def _call(self, deep: int) -> Call:
        function = self._one(sorted(FUNCTIONS.values(), key=lambda f: f.name))
        given = tuple(self.expression(deep) for _ in range(self._random.randint(function.least, min(function.most, 3))))
        return Call(function.name, given, function.aggregates and self._coin())

    def _case(self, deep: int) -> Case:
        branches = tuple((self.expression(deep), self.expression(deep)) for _ in range(self._random.randint(1, 2)))
        return Case(self._perhaps(deep), branches, self._perhaps(deep))

    def _expressions(self, deep: int) -> tuple[Expression, ...]:
        return tuple(self.expression(deep) for _ in range(self._random.randint(0, 3)))

    def _leaf(self) -> Expression:
        value = self._one((None, True, False, *_NUMBERS, *_TEXTS))
        parameter = Parameter(self._one(sorted(PARAMS)))
        return self._one((Constant(value), Constant(value), self._variable(), parameter, CountAll()))

    def _variable(self) -> Variable:
        return Variable(self._one(_NAMES))

    def _number(self) -> Expression:
        return self._one((Constant(0), Constant(-1), self._variable()))

    def _count(self) -> Constant | Parameter:
        return self._one((Constant(0), Constant(25), Parameter("p")))

    def _perhaps(self, deep: int) -> Expression | None:
        return self._maybe(lambda: self.expression(deep))

    def _maybe(self, make: Callable[[], Any]) -> Any:
        return make() if self._coin() else None

    def _coin(self) -> bool:
        return self._random.random() < 0.5

    def _one(self, choices: Any) -> Any:
        return self._random.choice(tuple(choices))

    def _some(self, choices: Any, least: int, most: int) -> tuple[Any, ...]:
        return tuple(self._random.sample(tuple(choices), self._random.randint(least, most)))
