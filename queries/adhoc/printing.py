"""A tree as text again. Everything is written in one way: names between backquotes, every operation in brackets.

``Printer`` writes what the parser reads back as the same tree. ``queries.adhoc.engine`` writes for the engines.
"""

from __future__ import annotations

from collections.abc import Iterable

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

_ESCAPES = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


class Printer:
    """Writes trees as text."""

    def query(self, query: Query) -> str:
        """A whole statement, or one inside CALL."""
        joint = " UNION ALL " if query.all_ else " UNION "
        return joint.join(" ".join(self._clause(clause) for clause in arm) for arm in query.arms)

    def _clause(self, clause: Clause) -> str:
        match clause:
            case Match():
                word = "OPTIONAL MATCH" if clause.optional else "MATCH"
                return f"{word} {self.paths(clause.paths)}{self._where(clause.where)}"
            case Unwind():
                return f"UNWIND {self.expression(clause.source)} AS {self.variable(clause.variable)}"
            case FullText():
                return self.full_text(clause)
            case CallQuery():
                return f"CALL ({_joined(map(self.variable, clause.imports))}) {{ {self.query(clause.query)} }}"
            case Projecting():
                return self._projecting(clause)

    def full_text(self, clause: FullText) -> str:
        """The call of the one procedure."""
        index = f"'search_{clause.label.lower()}'"
        called = f"CALL db.index.fulltext.queryNodes({index}, {self.expression(clause.words)})"
        return f"{called} YIELD node AS {self.variable(clause.variable)}"

    def _projecting(self, clause: Projecting) -> str:
        items = [f"{self.expression(item.expression)} AS {self.variable(item.name)}" for item in clause.items]
        text = f"{clause.clause}{' DISTINCT' if clause.distinct else ''} {_joined(['*'] * clause.everything + items)}"
        if clause.order:
            text += f" ORDER BY {_joined(map(self._ordered, clause.order))}"
        for word, count in (("SKIP", clause.skip), ("LIMIT", clause.limit)):
            text += f" {word} {self.count(count)}" if count is not None else ""
        return text + self._where(clause.where)

    def count(self, count: Constant | Parameter) -> str:
        """The number after SKIP or LIMIT."""
        return str(count.value) if isinstance(count, Constant) else self.expression(count)

    def _ordered(self, order: Order) -> str:
        return self.expression(order.expression) + (" DESC" if order.descending else "")

    def _where(self, where: Expression | None) -> str:
        return "" if where is None else f" WHERE {self.expression(where)}"

    # Patterns

    def paths(self, paths: Iterable[Path]) -> str:
        """Patterns, separated by commas."""
        return _joined(map(self.path, paths))

    def path(self, path: Path) -> str:
        """One pattern with its name."""
        text = self.node(path.nodes[0])
        for relation, node in zip(path.relations, path.nodes[1:], strict=True):
            text += self.relation(relation) + self.node(node)
        if path.shortest:
            text = f"{path.shortest}({text})"
        return f"{self.variable(path.variable)} = {text}" if path.variable else text

    def node(self, node: Node) -> str:
        """A node of a pattern."""
        variable = self.variable(node.variable) if node.variable else ""
        labels = f":{'|'.join(map(name, node.labels))}" if node.labels else ""
        given = self.expression(node.properties) if node.properties else ""
        return f"({variable}{labels}{' ' if given and (variable or labels) else ''}{given})"

    def relation(self, relation: Relation) -> str:
        """A relation of a pattern."""
        variable = self.variable(relation.variable) if relation.variable else ""
        types = f":{'|'.join(map(name, relation.types))}" if relation.types else ""
        hops = f"*{relation.hops[0]}..{relation.hops[1]}" if relation.hops else ""
        given = f" {self.expression(relation.properties)}" if relation.properties else ""
        left, right = ("<-" if relation.direction == "<-" else "-"), ("->" if relation.direction == "->" else "-")
        return f"{left}[{variable}{types}{hops}{given}]{right}"

    # Expressions

    def expression(self, e: Expression) -> str:  # noqa: PLR0911, PLR0912 (a table)
        """An expression; whatever has parts of its own stands in brackets."""
        match e:
            case Constant():
                return self.constant(e)
            case Parameter():
                return f"${self.parameter(e)}"
            case Variable():
                return self.variable(e.name)
            case Property():
                return f"{self.expression(e.of)}.{name(e.name)}"
            case Index():
                return f"{self.expression(e.of)}[{self.index(e.index)}]"
            case Slice():
                start, stop = (self.index(end) if end is not None else "" for end in (e.start, e.stop))
                return f"{self.expression(e.of)}[{start}..{stop}]"
            case LabelTest():
                return self.label_test(e)
            case Unary():
                return f"({e.operator} {self.expression(e.of)})"
            case Binary():
                return f"({self.expression(e.left)} {e.operator} {self.expression(e.right)})"
            case NullTest():
                return f"({self.expression(e.of)} IS {'NOT ' if e.negated else ''}NULL)"
            case ListOf():
                return f"[{_joined(map(self.expression, e.items))}]"
            case MapOf():
                return f"{{{_joined(f'{name(key)}: {self.expression(value)}' for key, value in e.entries)}}}"
            case Projection():
                parts = (
                    f".{name(key)}" if value is None else f"{name(key)}: {self.expression(value)}"
                    for key, value in e.entries
                )
                return f"{self.variable(e.of.name)} {{{_joined(parts)}}}"
            case Call():
                given = _joined(map(self.expression, e.arguments))
                return f"{e.name}({'DISTINCT ' if e.distinct else ''}{given})"
            case CountAll():
                return "count(*)"
            case Case():
                return self._case(e)
            case Subquery():
                return f"{e.name} {{ MATCH {self.paths(e.paths)}{self._where(e.where)} }}"
            case _:
                return self._loop(e)

    def variable(self, text: str) -> str:
        """A variable, or a column: what is named within a statement."""
        return name(text)

    def parameter(self, parameter: Parameter) -> str:
        """The name of a parameter, without its sign."""
        return parameter.name

    def constant(self, constant: Constant) -> str:
        """A value written out."""
        value = constant.value
        if isinstance(value, str):
            return f"'{value.translate(_ESCAPES)}'"
        if value is None or isinstance(value, bool):
            return {None: "null", True: "true", False: "false"}[value]
        text = repr(abs(value)).replace("e+", "e")
        return f"(-{text})" if value < 0 else text

    def index(self, index: Expression) -> str:
        """The number of an element."""
        return self.expression(index)

    def label_test(self, test: LabelTest) -> str:
        """Has a node one of these labels?"""
        return f"{self.variable(test.of.name)}:{'|'.join(map(name, test.labels))}"

    def _case(self, e: Case) -> str:
        parts = ["CASE"] if e.subject is None else ["CASE", self.expression(e.subject)]
        parts += [f"WHEN {self.expression(when)} THEN {self.expression(then)}" for when, then in e.branches]
        parts += [f"ELSE {self.expression(e.otherwise)}"] if e.otherwise is not None else []
        return " ".join([*parts, "END"])

    def _loop(self, e: Quantifier | Comprehension | PatternComprehension | Reduce) -> str:
        if isinstance(e, PatternComprehension):
            return f"[{self.path(e.path)}{self._where(e.where)} | {self.expression(e.body)}]"
        each = f"{self.variable(e.variable)} IN {self.expression(e.source)}"
        if isinstance(e, Quantifier):
            return f"{e.name}({each} WHERE {self.expression(e.where)})"
        if isinstance(e, Reduce):
            total, start = self.variable(e.total), self.expression(e.start)
            return f"reduce({total} = {start}, {each} | ({total} {e.operator} {self.expression(e.step)}))"
        body = f" | {self.expression(e.body)}" if e.body is not None else ""
        return f"[{each}{self._where(e.where)}{body}]"


def name(text: str) -> str:
    """A name between backquotes: no word of the language can be meant by it."""
    return f"`{text}`"


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)
