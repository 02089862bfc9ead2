"""What operators join: values, names, function calls, lists, maps, CASE, subqueries."""

from __future__ import annotations

from queries.adhoc.patterns import PatternParser
from queries.adhoc.tokens import Token
from queries.adhoc.tree import (
    Binary,
    Call,
    Case,
    Comprehension,
    Constant,
    CountAll,
    Expression,
    ListOf,
    MapOf,
    Parameter,
    PatternComprehension,
    Projection,
    Quantifier,
    Reduce,
    Subquery,
    Variable,
)
from queries.adhoc.vocabulary import FUNCTIONS, QUANTIFIERS, REFUSED

_CONSTANTS = {"TRUE": True, "FALSE": False, "NULL": None}


class AtomParser(PatternParser):
    """Reads one value; ``expression`` comes from the subclass."""

    def atom(self) -> Expression:
        token = self.token
        if token.kind in ("string", "integer", "float"):
            self.take()
            number = {"integer": int, "float": float}.get(token.kind, str)
            return Constant(number(token.text), at=token.at)
        if token.kind == "parameter":
            return self.parameter()
        if token.kind == "symbol":
            return self._bracketed(token)
        if token.kind == "end":
            self.unexpected("此处应为一个值", "a value comes here")
        return self._named(token)

    def parameter(self) -> Parameter:
        """A parameter that was given."""
        token = self.take()
        if token.text not in self.params:
            self.refuse(token.at, f"params 中没有参数 {token.text}", f"params has no parameter {token.text}")
        return Parameter(token.text, at=token.at)

    def map(self) -> MapOf:
        at = self.expect("{", "映射", "a map").at
        found = list[tuple[str, Expression]]()
        while not self.is_sign("}"):
            if found:
                self.expect(",", "映射各项之间", "a map")
            key = self.name("键", "a key").text
            self.expect(":", "键之后", "a key")
            found.append((key, self.expression()))
        self.take()
        self._distinct_keys(at, [key for key, _ in found])
        return MapOf(tuple(found), at=at)

    def where(self) -> Expression | None:
        """The condition after WHERE, None when there is no WHERE."""
        return self.expression() if self.accept_words("WHERE") else None

    def _bracketed(self, token: Token) -> Expression:
        if self.starts_path():
            # A bare pattern as a condition: that it is there.
            return Subquery("EXISTS", (self.path(),), None, at=token.at)
        if self.accept("("):
            found = self.expression()
            self.expect(")", "括号末尾", "the end of brackets")
            return found
        if self.is_sign("["):
            return self._list()
        if not self.is_sign("{"):
            self.unexpected("此处应为一个值", "a value comes here")
        return self.map()

    def _named(self, token: Token) -> Expression:
        word = token.text.upper() if token.kind == "name" else ""
        following = self.ahead()
        opens = following.text if following.kind == "symbol" else ""
        if opens == "{" and word in ("EXISTS", "COUNT"):
            return self._subquery(word)
        if word == "CASE":
            return self._case()
        if opens == "(" and word:
            return self._call(token)
        if word in _CONSTANTS:
            self.take()
            return Constant(_CONSTANTS[word], at=token.at)
        if opens == "{":
            return self._projection()
        if word.lower() in REFUSED and opens == ".":
            self.unexpected("只能使用列出的函数", "only the listed functions can be used")
        self.take()
        return Variable(token.text, at=token.at)

    def _call(self, token: Token) -> Expression:
        name = token.text.lower()
        self.take()
        if name in QUANTIFIERS:
            return self._quantifier(name, token.at)
        if name == "reduce":
            return self._reduce(token.at)
        function = FUNCTIONS.get(name)
        if function is None:
            why = REFUSED.get(name, {"zh": "不在允许的函数之列", "en": "is not among the functions that are allowed"})
            listed = ", ".join(sorted(f.name for f in FUNCTIONS.values()))
            self.refuse(
                token.at,
                f"函数 {token.text} {why['zh']}；可用：{listed}",
                f"function {token.text} {why['en']}; there are: {listed}",
            )
        self.expect("(", "函数之后", "a function")
        if name == "count" and self.accept("*"):
            self.expect(")", "函数末尾", "the end of a function")
            return CountAll(at=token.at)
        distinct = function.aggregates and self.accept_words("DISTINCT")
        given = tuple(self._listed(")"))
        if not function.least <= len(given) <= function.most:
            counts = f"{function.least}" + (f"–{function.most}" if function.most > function.least else "")
            self.refuse(
                token.at,
                f"函数 {function.name} 应有 {counts} 个参数",
                f"function {function.name} takes {counts} arguments",
            )
        return Call(function.name, given, distinct, at=token.at)

    def _listed(self, closing: str) -> list[Expression]:
        found: list[Expression] = []
        while not self.is_sign(closing):
            if found:
                self.expect(",", "各项之间", "a list")
            found.append(self.expression())
        self.take()
        return found

    def _each(self) -> tuple[str, Expression]:
        """``variable IN source``"""
        variable = self.name("变量", "a variable").text
        self.expect_word("IN", "变量之后", "a variable")
        return variable, self.expression()

    def _quantifier(self, name: str, at: int) -> Expression:
        self.expect("(", f"{name} 之后", name)
        variable, source = self._each()
        where = self.where()
        if where is None:
            self.unexpected(f"{name} 需要 WHERE 条件", f"{name} needs a WHERE")
        self.expect(")", f"{name} 末尾", f"the end of {name}")
        return Quantifier(name, variable, source, where, at=at)

    def _reduce(self, at: int) -> Expression:
        self.expect("(", "reduce 之后", "reduce")
        total = self.name("变量", "a variable").text
        self.expect("=", "累计变量之后", "reduce")
        start = self.expression()
        self.expect(",", "初值之后", "reduce")
        variable, source = self._each()
        self.expect("|", "列表之后", "reduce")
        step = self.expression()
        self.expect(")", "reduce 末尾", "the end of reduce")
        grows = isinstance(step, Binary) and step.operator in ("+", "-") and step.left == Variable(total)
        if not grows or variable == total:
            self.refuse(
                at,
                f"reduce 只能写作 {total} + 表达式，否则结果大小无法限定",
                f"reduce must add to {total} ({total} + …), or its size has no bound",
            )
        assert isinstance(step, Binary)
        return Reduce(total, start, variable, source, step.operator, step.right, at=at)

    def _list(self) -> Expression:
        at = self.take().at
        if self.starts_path():
            path, where = self.path(), self.where()
            self.expect("|", "模式之后", "a pattern in a list")
            body = self.expression()
            self.expect("]", "列表末尾", "the end of a list")
            return PatternComprehension(path, where, body, at=at)
        if self.token.kind in ("name", "quoted") and self.ahead().kind == "name" and self.ahead().text.upper() == "IN":
            # [x IN list] goes through the list; that something is in a list is written [(x IN list)].
            variable, source = self._each()
            where = self.where()
            body_ = self.expression() if self.accept("|") else None
            self.expect("]", "列表末尾", "the end of a list")
            return Comprehension(variable, source, where, body_, at=at)
        return ListOf(tuple(self._listed("]")), at=at)

    def _projection(self) -> Expression:
        token = self.take()
        self.take()
        found = list[tuple[str, Expression | None]]()
        while not self.is_sign("}"):
            if found:
                self.expect(",", "映射各项之间", "a map")
            if self.accept("."):
                if self.is_sign("*"):
                    self.unexpected("请逐个写出属性", "name the properties one by one")
                found.append((self.name("属性", "a property").text, None))
                continue
            key = self.name("键", "a key").text
            self.expect(":", "键之后", "a key")
            found.append((key, self.expression()))
        self.take()
        self._distinct_keys(token.at, [key for key, _ in found])
        return Projection(Variable(token.text, at=token.at), tuple(found), at=token.at)

    def _distinct_keys(self, at: int, keys: list[str]) -> None:
        if len(set(keys)) < len(keys):
            self.refuse(at, "映射中有重复的键", "a key is there twice")

    def _case(self) -> Expression:
        at = self.take().at
        subject = None if self.is_word("WHEN") else self.expression()
        branches = []
        while self.accept_words("WHEN"):
            condition = self.expression()
            self.expect_word("THEN", "WHEN 条件之后", "WHEN")
            branches.append((condition, self.expression()))
        if not branches:
            self.unexpected("CASE 之后应为 WHEN", "CASE needs WHEN")
        otherwise = self.expression() if self.accept_words("ELSE") else None
        self.expect_word("END", "CASE 末尾", "CASE")
        return Case(subject, tuple(branches), otherwise, at=at)

    def _subquery(self, word: str) -> Expression:
        at = self.take().at
        self.take()
        self.accept_words("MATCH")
        paths, where = self.paths(), self.where()
        self.expect("}", f"{word} 末尾", f"the end of {word}")
        return Subquery(word, paths, where, at=at)
