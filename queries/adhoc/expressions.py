"""Operators, from the loosest to the tightest. What they join is read by ``queries.adhoc.atoms``."""

from __future__ import annotations

from queries.adhoc.atoms import AtomParser
from queries.adhoc.tree import (
    Binary,
    Constant,
    Expression,
    Index,
    LabelTest,
    NullTest,
    Property,
    Slice,
    Unary,
    Variable,
)

_PREDICATES = (("IN",), ("STARTS", "WITH"), ("ENDS", "WITH"), ("CONTAINS",))


class ExpressionParser(AtomParser):
    """Reads expressions; ``where`` and lists of them included."""

    def expression(self) -> Expression:
        self.deeper()
        found = self._either()
        self.shallower()
        return found

    def _either(self) -> Expression:
        left = self._both()
        while self.is_word("OR"):
            at = self.take().at
            left = Binary("OR", left, self._both(), at=at)
        if self.is_word("XOR"):
            self.unexpected("可改用 <>", "<> can be used instead")
        return left

    def _both(self) -> Expression:
        left = self._not()
        while self.is_word("AND"):
            at = self.take().at
            left = Binary("AND", left, self._not(), at=at)
        return left

    def _not(self) -> Expression:
        if self.is_word("NOT"):
            at = self.take().at
            self.deeper()
            found = Unary("NOT", self._not(), at=at)
            self.shallower()
            return found
        return self._comparison()

    def _comparison(self) -> Expression:
        left = self._predicate()
        if self.is_sign("=~"):
            at = self.token.at
            self.refuse(
                at,
                "不允许正则表达式（可能永远运行）；请用 CONTAINS、STARTS WITH 或 ENDS WITH",
                "regular expressions are not allowed, they can run for ever: use CONTAINS, STARTS WITH or ENDS WITH",
            )
        if self.is_sign("=", "<>", "<", "<=", ">", ">="):
            sign = self.take()
            left = Binary(sign.text, left, self._predicate(), at=sign.at)
            if self.is_sign("=", "<>", "<", "<=", ">", ">="):
                self.unexpected("连续比较请用 AND 连接", "join comparisons with AND")
        return left

    def _predicate(self) -> Expression:
        left = self._sum()
        while True:
            at = self.token.at
            if self.accept_words("IS", "NULL"):
                left = NullTest(left, False, at=at)
            elif self.accept_words("IS", "NOT", "NULL"):
                left = NullTest(left, True, at=at)
            elif words := next((words for words in _PREDICATES if self.accept_words(*words)), None):
                left = Binary(" ".join(words), left, self._sum(), at=at)
            else:
                return left

    def _sum(self) -> Expression:
        left = self._product()
        while self.is_sign("+", "-"):
            sign = self.take()
            left = Binary(sign.text, left, self._product(), at=sign.at)
        return left

    def _product(self) -> Expression:
        left = self._power()
        while self.is_sign("*", "/", "%"):
            sign = self.take()
            left = Binary(sign.text, left, self._power(), at=sign.at)
        return left

    def _power(self) -> Expression:
        left = self._signed()
        while self.is_sign("^"):
            at = self.take().at
            left = Binary("^", left, self._signed(), at=at)
        return left

    def _signed(self) -> Expression:
        if not self.is_sign("-", "+"):
            return self._postfix()
        sign = self.take()
        self.deeper()
        of = self._signed()
        self.shallower()
        if sign.text == "+":
            return of
        if isinstance(of, Constant) and type(of.value) in (int, float) and of.value > 0:  # type: ignore[operator]
            return Constant(-of.value, at=sign.at)  # type: ignore[operator]
        return Unary("-", of, at=sign.at)

    def _postfix(self) -> Expression:
        found = self.atom()
        while True:
            at = self.token.at
            if self.accept("."):
                found = Property(found, self.name("属性", "a property").text, at=at)
            elif self.accept("["):
                found = self._element(found, at)
            elif self.is_sign(":") and isinstance(found, Variable):
                self.take()
                found = LabelTest(found, self.label_names(inside=True), at=at)
            else:
                return found

    def _element(self, of: Expression, at: int) -> Expression:
        if self.accept(".."):
            found: Expression = Slice(of, None, None if self.is_sign("]") else self.expression(), at=at)
        else:
            first = self.expression()
            if self.accept(".."):
                found = Slice(of, first, None if self.is_sign("]") else self.expression(), at=at)
            elif isinstance(first, Constant) and not isinstance(first.value, int):
                self.refuse(
                    first.at, "方括号中只能是序号；属性写作 n.name", "only a number; a property is written n.name"
                )
            else:
                found = Index(of, first, at=at)
        self.expect("]", "方括号末尾", "the end of brackets")
        return found
