"""Clauses and whole statements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from graph.text import compact
from queries.adhoc.expressions import ExpressionParser
from queries.adhoc.tree import (
    Call,
    CallQuery,
    Clause,
    Constant,
    CountAll,
    Expression,
    FullText,
    Item,
    Match,
    Order,
    Parameter,
    Projecting,
    Property,
    Query,
    Unwind,
    Variable,
    depth,
)
from queries.adhoc.vocabulary import searchable

MAX_CLAUSES = 40
MAX_ITEMS = 60
MAX_TREE = 80
"""Deepest tree: a + b + c … is a level for each sign."""
_PROCEDURE = ("db", ".", "index", ".", "fulltext", ".", "queryNodes")
_CALLED = "db.index.fulltext.queryNodes('search_unit', $words) YIELD node AS u"
_CLAUSES = "MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND, CALL { }, UNION, RETURN"


def parse(cypher: str, params: Mapping[str, Any]) -> Query:
    """The statement as a tree. Raises CypherRefused naming place and reason, LimitExceeded when it is too long."""
    parser = ClauseParser(cypher, params)
    found = parser.query()
    if parser.token.kind != "end":
        parser.unexpected("RETURN 之后不能再有子句（UNION 除外）", "nothing but UNION follows RETURN")
    if depth(found) > MAX_TREE:
        parser.refuse(0, "表达式过长或嵌套过深，请拆成几步", "an expression is too long or too deep: take it in steps")
    return found


class ClauseParser(ExpressionParser):
    """Reads statements and the queries inside CALL."""

    def __init__(self, cypher: str, params: Mapping[str, Any]) -> None:
        super().__init__(cypher, params)
        self._clauses = 0

    def query(self) -> Query:
        """Arms joined by UNION, up to the end or a closing brace."""
        self.deeper()
        at = self.token.at
        arms = [self._arm()]
        kinds = set[bool]()
        while self.accept_words("UNION"):
            kinds.add(self.accept_words("ALL"))
            arms.append(self._arm())
        if len(kinds) > 1:
            self.refuse(at, "UNION 与 UNION ALL 不能混用", "UNION and UNION ALL cannot be mixed")
        found = Query(tuple(arms), kinds == {True}, at=at)
        for arm in arms:
            if Query((arm,)).columns != found.columns:
                self.refuse(at, "UNION 各部分的列必须相同", "all parts of a UNION return the same columns")
        self.shallower()
        return found

    def _arm(self) -> tuple[Clause, ...]:
        found: list[Clause] = []
        while True:
            self._clauses += 1
            if self._clauses > MAX_CLAUSES:
                self.refuse(self.token.at, f"子句超过 {MAX_CLAUSES} 个", f"more than {MAX_CLAUSES} clauses")
            clause = self._clause()
            found.append(clause)
            if isinstance(clause, Projecting) and clause.clause == "RETURN":
                return tuple(found)

    def _clause(self) -> Clause:
        at = self.token.at
        if self.accept_words("MATCH"):
            return Match(self.paths(), self.where(), at=at)
        if self.accept_words("OPTIONAL", "MATCH"):
            return Match(self.paths(), self.where(), True, at=at)
        if self.accept_words("UNWIND"):
            source = self.expression()
            self.expect_word("AS", "UNWIND 列表之后", "UNWIND")
            return Unwind(source, self.name("变量", "a variable").text, at=at)
        if self.accept_words("WITH"):
            return self._projecting("WITH", at)
        if self.accept_words("RETURN"):
            return self._projecting("RETURN", at)
        if not self.accept_words("CALL"):
            self.unexpected(f"此处应为子句：{_CLAUSES}", f"a clause comes here: {_CLAUSES}")
        return self._call_clause(at)

    def _projecting(self, clause: Literal["WITH", "RETURN"], at: int) -> Projecting:
        distinct = self.accept_words("DISTINCT")
        everything = False
        if self.is_sign("*"):
            if clause == "RETURN":
                self.unexpected("请逐个写出返回的列", "name what is returned: u.name AS name")
            self.take()
            everything = True
        items: list[Item] = []
        if not everything or self.accept(","):
            items.append(self._item(len(items)))
            while self.accept(","):
                items.append(self._item(len(items)))
        names = [item.name for item in items]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            self.refuse(
                at, f"列名 {twice} 重复，请用 AS 区分", f"two columns are named {twice}: tell them apart with AS"
            )
        if len(items) > MAX_ITEMS:
            self.refuse(at, f"超过 {MAX_ITEMS} 列", f"more than {MAX_ITEMS} columns")
        return Projecting(
            clause,
            tuple(items),
            everything,
            distinct,
            self._order(),
            self._count("SKIP"),
            self._count("LIMIT"),
            self.where() if clause == "WITH" else None,
            at=at,
        )

    def _item(self, number: int) -> Item:
        at = self.token.at
        expression = self.expression()
        if self.accept_words("AS"):
            name = self.name("列", "a column").text
        else:
            name = _named_by(expression) or f"column_{number + 1}"
        return Item(expression, name, at=at)

    def _order(self) -> tuple[Order, ...]:
        found: list[Order] = []
        if self.accept_words("ORDER"):
            self.expect_word("BY", "ORDER 之后", "ORDER")
            while not found or self.accept(","):
                at = self.token.at
                expression = self.expression()
                down = self.accept_words("DESC") or self.accept_words("DESCENDING")
                if not down:
                    _ = self.accept_words("ASC") or self.accept_words("ASCENDING")
                found.append(Order(expression, down, at=at))
        return tuple(found)

    def _count(self, word: str) -> Constant | Parameter | None:
        if not self.accept_words(word):
            return None
        token = self.token
        if token.kind == "integer":
            self.take()
            return Constant(int(token.text), at=token.at)
        value = self.params.get(token.text) if token.kind == "parameter" else None
        if type(value) is not int or value < 0:
            self.unexpected(
                f"{word} 之后应为非负整数或整数参数", f"{word} takes a whole number or a parameter with one"
            )
        return self.parameter()

    def _call_clause(self, at: int) -> Clause:
        imports: list[str] = []
        older = self.is_sign("{")
        if self.accept("("):
            while not self.accept(")"):
                if imports:
                    self.expect(",", "各变量之间", "the list of variables")
                imports.append(self.name("变量", "a variable").text)
        elif not older:
            return self._full_text(at)
        self.expect("{", "CALL 之后", "CALL")
        found = self.query()
        self.expect("}", "CALL 末尾", "the end of CALL")
        return _importing(found, at) if older else CallQuery(tuple(imports), found, at=at)

    def _full_text(self, at: int) -> FullText:
        if tuple(self.ahead(i).text for i in range(len(_PROCEDURE))) != _PROCEDURE:
            self.refuse(
                self.token.at, f"CALL 只能调用全文检索：{_CALLED}", f"the only procedure is full-text search: {_CALLED}"
            )
        for _ in _PROCEDURE:
            self.take()
        self.expect("(", "过程之后", "the procedure")
        index = self.take()
        label = searchable().get(index.text) if index.kind == "string" else None
        if label is None:
            listed = ", ".join(sorted(searchable()))
            self.refuse(index.at, f"没有这个全文索引，可用：{listed}", f"there is no such index; there are: {listed}")
        self.expect(",", "索引之后", "the index")
        words = self.atom()
        text = words.value if isinstance(words, Constant) else self.params.get(getattr(words, "name", ""))
        if not isinstance(words, Constant | Parameter) or not isinstance(text, str):
            self.refuse(at, "检索词应为文字或文字参数", "the words to search are a text or a parameter with one")
        if len(compact(text)) < 2:
            self.refuse(at, "检索词至少两个字", "at least two characters are needed to search")
        self.expect(")", "过程末尾", "the end of the procedure")
        self.expect_word("YIELD", "全文检索之后", "full-text search")
        if not self.accept_words("NODE"):
            self.unexpected("只能取 node（得分在两种存储上不同）", "only node: the score differs between the stores")
        name = self.name("变量", "a variable").text if self.accept_words("AS") else "node"
        if self.is_sign(","):
            self.unexpected("只能取 node（得分在两种存储上不同）", "only node: the score differs between the stores")
        return FullText(label, words, name, at=at)


def _importing(query: Query, at: int) -> CallQuery:
    """The older form ``CALL { WITH x … }`` in the newer one: ``CALL (x) { … }``."""
    imports: dict[str, None] = {}
    arms = []
    for arm in query.arms:
        first = arm[0]
        if isinstance(first, Projecting) and first.clause == "WITH" and first == _plain_with(first):
            imports.update(dict.fromkeys(item.name for item in first.items))
            arms.append(arm[1:])
        else:
            arms.append(arm)
    return CallQuery(tuple(imports), Query(tuple(arms), query.all_, at=query.at), at=at)


def _plain_with(found: Projecting) -> Projecting:
    """A WITH of the same names, each a variable as it is."""
    return Projecting("WITH", tuple(Item(Variable(item.name), item.name) for item in found.items))


def _named_by(expression: Expression) -> str | None:
    """The name of a column that was given none."""
    if isinstance(expression, Variable | Property | Call):
        return expression.name
    return "count" if isinstance(expression, CountAll) else None
