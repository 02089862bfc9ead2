"""The size of every expression, worked out over the variables in scope; what is unbounded or unknown is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from queries.adhoc import sizes
from queries.adhoc.sizes import COLLECTED, MAX_CELLS, MAX_RANGE, MAX_STEPS, SMALL, STORED, SUBQUERY, Size
from queries.adhoc.tokens import refuse
from queries.adhoc.tree import (
    Binary,
    Call,
    Case,
    Comprehension,
    Constant,
    CountAll,
    Expression,
    Index,
    LabelTest,
    ListOf,
    MapOf,
    NullTest,
    Parameter,
    Path,
    PatternComprehension,
    Projection,
    Property,
    Quantifier,
    Reduce,
    Slice,
    Subquery,
    Unary,
    Variable,
)
from queries.adhoc.vocabulary import FUNCTIONS

Scope = Mapping[str, Size]
Bind = Callable[[tuple[Path, ...], Scope], Scope]


class Measure:
    """Sizes of expressions of ``cypher``. ``readable``: names that may follow a dot. ``bind``: what patterns add to
    a scope."""

    def __init__(self, cypher: str, params: Mapping[str, Any], readable: frozenset[str], bind: Bind) -> None:
        self._cypher = cypher
        self._params = params
        self._readable = readable
        self._bind = bind

    def size(self, expression: Expression, scope: Scope, loops: int = 1) -> Size:
        """The size of ``expression``; ``loops``: how often it is worked out within one row."""
        found = self._dispatch(expression, scope, loops)
        if found.cells > MAX_CELLS:
            self.refuse(
                expression.at,
                f"结果可能过大（估计 {found.cells}，上限 {MAX_CELLS}）；请减少拼接、嵌套列表或 range 的长度",
                f"this may get too large (an estimate of {found.cells}, the limit is {MAX_CELLS}): join less, nest "
                "fewer lists or take a shorter range",
            )
        return found

    def plain(self, expression: Expression, scope: Scope, loops: int = 1) -> Size:
        """The size of what may not be, or hold, a node, relation or path: an engine would make text of it that shows
        numbers of its own."""
        found = self.size(expression, scope, loops)
        if found.of_graph:
            self.refuse_graph(expression.at)
        return found

    def refuse_graph(self, at: int) -> NoReturn:
        """Refuse a node, relation or path where a value is needed."""
        self.refuse(
            at,
            "此处不能用节点、关系或路径（或其列表），请写出其属性，如 u.name",
            "no node, relation or path, nor a list of them, can be used here: name a property, u.name",
        )

    def refuse(self, at: int, zh: str, en: str) -> NoReturn:
        """Raise CypherRefused."""
        refuse(self._cypher, at, zh, en)

    def variable(self, name: str, at: int, scope: Scope) -> Size:
        """The variable ``name``, which must be in scope."""
        if name not in scope:
            listed = ", ".join(scope) or "-"
            self.refuse(
                at, f"此处没有变量 {name}，已有：{listed}", f"there is no variable {name} here; there are: {listed}"
            )
        return scope[name]

    def property(self, name: str, at: int) -> None:
        """Refuse a property that is not the ontology's, nor a key of a map of this statement."""
        if name not in self._readable:
            self.refuse(
                at,
                f"没有可读取的属性 {name}（见本体；本语句中映射的键也可用）",
                f"there is no property {name} to read (see the ontology; keys of the statement's own maps count too)",
            )

    def _dispatch(self, e: Expression, scope: Scope, loops: int) -> Size:  # noqa: PLR0911, PLR0912 (a table)
        match e:
            case Constant():
                return sizes.of_value(e.value)
            case Parameter():
                return sizes.of_value(self._params[e.name])
            case Variable():
                return self.variable(e.name, e.at, scope)
            case Property():
                return self._property_of(e, scope, loops)
            case Index():
                self.size(e.index, scope, loops)
                return self.size(e.of, scope, loops).one()
            case Slice():
                self._all((e.start, e.stop), scope, loops)
                return self.size(e.of, scope, loops)
            case LabelTest() | NullTest():
                self.size(e.of, scope, loops)
                return SMALL
            case Unary():
                self.plain(e.of, scope, loops)
                return SMALL
            case Binary():
                return self._binary(e, scope, loops)
            case ListOf():
                found = self._all(e.items, scope, loops)
                cells = 1 + sum(size.cells for size in found)
                return Size(cells, max(len(found), 1), sizes.largest(*found) if found else None)
            case MapOf():
                found = [self.plain(value, scope, loops) for _, value in e.entries]
                return Size(1 + sum(size.cells for size in found), max(len(found), 1))
            case Projection():
                return self._projection(e, scope, loops)
            case Call():
                return self._call(e, scope, loops)
            case CountAll():
                return SMALL
            case Case():
                return self._case(e, scope, loops)
            case Subquery():
                self._steps(e.at, loops * SUBQUERY)
                inner = self._bind(e.paths, scope)
                self._all((e.where,), inner, loops * SUBQUERY)
                return SMALL
            case _:
                return self._loop(e, scope, loops)

    def _all(self, expressions: Any, scope: Scope, loops: int) -> list[Size]:
        return [self.size(e, scope, loops) for e in expressions if e is not None]

    def _property_of(self, e: Property, scope: Scope, loops: int) -> Size:
        self.property(e.name, e.at)
        of = self.size(e.of, scope, loops)  # it may be a map, even where it may be a node
        return sizes.largest(STORED, Size(of.cells, of.cells))

    def _binary(self, e: Binary, scope: Scope, loops: int) -> Size:
        measured = self.size if e.operator in ("=", "<>", "IN") else self.plain
        left, right = measured(e.left, scope, loops), measured(e.right, scope, loops)
        if e.operator == "+":
            return sizes.together(left, right)
        if e.operator == "IN":
            self._steps(e.at, loops * right.items)
        return SMALL

    def _projection(self, e: Projection, scope: Scope, loops: int) -> Size:
        of = self.variable(e.of.name, e.of.at, scope)
        cells = 1
        for name, value in e.entries:
            if value is None:
                self.property(name, e.at)
                cells += max(STORED.cells, of.cells)
            else:
                cells += self.plain(value, scope, loops).cells
        return Size(cells, max(len(e.entries), 1))

    def _case(self, e: Case, scope: Scope, loops: int) -> Size:
        self._all((e.subject, *(when for when, _ in e.branches)), scope, loops)
        return sizes.largest(*self._all((*(then for _, then in e.branches), e.otherwise), scope, loops))

    def _call(self, e: Call, scope: Scope, loops: int) -> Size:  # noqa: PLR0911 (a table)
        function = FUNCTIONS[e.name.lower()]
        measured = self.size if function.takes_graph else self.plain
        given = [measured(argument, scope, loops) for argument in e.arguments]
        first = given[0]
        if e.name == "reverse" and first.sort != "value":  # of a list, not of one of them
            self.refuse_graph(e.at)
        match function.gives:
            case "small":
                return SMALL
            case "first":
                return first
            case "element":
                return first.one()
            case "sum":
                return sizes.largest(*given)
            case "split":
                return Size(first.cells, first.cells, Size(first.cells))
            case "nodes":
                return Size(first.cells, first.items, sizes.NODE if e.name == "nodes" else sizes.RELATION)
            case "collected":
                return Size(first.cells, COLLECTED, first, collected=True)
            case "replaced":
                return self._replaced(e, first, given[2])
            case _:
                return self._range(e, scope)

    def _replaced(self, e: Call, text: Size, by: Size) -> Size:
        if not all(isinstance(given, Constant | Parameter) for given in e.arguments[1:]):
            self.refuse(
                e.at,
                "replace 的后两个参数应为文字或参数，否则结果大小无法限定",
                "the last two arguments of replace are texts or parameters, or its size has no bound",
            )
        sought = e.arguments[1]
        if (sought.value if isinstance(sought, Constant) else self._params[sought.name]) == "":  # type: ignore[union-attr]
            self.refuse(
                e.at,
                "replace 要找的文字不能为空（否则每个字之间都会插入）",
                "replace cannot look for an empty text: it would insert between all characters",
            )
        return text.grown(by.cells)

    def _range(self, e: Call, scope: Scope) -> Size:
        low, high = (self._limits(bound, scope) for bound in e.arguments[:2])
        step = self._limits(e.arguments[2], scope) if len(e.arguments) > 2 else (1, 1)
        if low is None or high is None or step is None or step[0] != step[1] or step[0] == 0:
            self.refuse(
                e.at,
                "range 的界限应为整数、整数参数、size(…) 或 length(…)，可再加减一个整数",
                "the bounds of range are whole numbers, parameters, size(…) or length(…), plus or minus a number",
            )
        span = high[1] - low[0] if step[0] > 0 else low[1] - high[0]
        count = max(span // abs(step[0]) + 1, 1)
        if count > MAX_RANGE:
            self.refuse(
                e.at,
                f"range 可达 {count} 项，上限 {MAX_RANGE}",
                f"range may give {count} numbers, the limit is {MAX_RANGE}",
            )
        return Size(count, count, SMALL, collected=any(self._of_rows(bound, scope) for bound in e.arguments[:2]))

    def _of_rows(self, e: Expression, scope: Scope) -> bool:
        """Is a bound of ``range`` the size of a collected list? Then so is what is made of it."""
        if isinstance(e, Binary):
            return self._of_rows(e.left, scope) or self._of_rows(e.right, scope)
        return isinstance(e, Call) and self.size(e.arguments[0], scope).collected

    def _limits(self, e: Expression, scope: Scope) -> tuple[int, int] | None:
        """The least and the most a bound of ``range`` can be; None when that is unknown."""
        value = e.value if isinstance(e, Constant) else self._params[e.name] if isinstance(e, Parameter) else None
        if type(value) is int:
            return value, value
        if isinstance(e, Call) and e.name in ("size", "length"):
            of = self.size(e.arguments[0], scope)
            return 0, min(of.items, COLLECTED - 1)
        if isinstance(e, Binary) and e.operator in ("+", "-"):
            left, right = self._limits(e.left, scope), self._limits(e.right, scope)
            if left and right and e.operator == "+":
                return left[0] + right[0], left[1] + right[1]
            return (left[0] - right[1], left[1] - right[0]) if left and right else None
        return None

    def _loop(self, e: Expression, scope: Scope, loops: int) -> Size:
        """What goes through a list or the matches of a pattern."""
        if isinstance(e, PatternComprehension):
            self._steps(e.at, loops * SUBQUERY)
            inner, times = self._bind((e.path,), scope), loops * SUBQUERY
            self._all((e.where,), inner, times)
            body = self.size(e.body, inner, times)
            return Size(body.cells, COLLECTED, body, collected=True)
        assert isinstance(e, Quantifier | Comprehension | Reduce)
        source = self.size(e.source, scope, loops)
        times = loops * source.items
        self._steps(e.at, times)
        inner = {**scope, e.variable: source.one()}
        if isinstance(e, Quantifier):
            self.size(e.where, inner, times)
            return SMALL
        if isinstance(e, Reduce):
            start, step = self.plain(e.start, scope, loops), self.plain(e.step, inner, times)
            return sizes.together(start, Size(step.cells * source.items, step.items * source.items))
        self._all((e.where,), inner, times)
        if e.body is None:
            return source
        body = self.size(e.body, inner, times)
        made = body.cells if source.collected else body.cells * source.items
        return Size(max(made, 1), source.items, body)

    def _steps(self, at: int, steps: int) -> None:
        if steps > MAX_STEPS:
            self.refuse(
                at,
                f"列表中再遍历列表，步数可达 {steps}，上限 {MAX_STEPS}；请改用 UNWIND 展开其中一个",
                f"lists within lists may take {steps} steps, the limit is {MAX_STEPS}: UNWIND one of them",
            )
