"""Reading tokens one after the other; what every part of the parser shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from queries.adhoc.tokens import Token, refuse, tokenize
from queries.adhoc.vocabulary import REFUSED

MAX_LEVELS = 30
"""Deepest nesting while reading: brackets, CASE within CASE, NOT NOT …"""


class Cursor:
    """Where the parser is in ``cypher``. ``params``: the parameters that were given."""

    def __init__(self, cypher: str, params: Mapping[str, Any]) -> None:
        self.cypher = cypher
        self.params = params
        self._tokens = tokenize(cypher)
        self._next = 0
        self._level = 0

    @property
    def token(self) -> Token:
        """The next token, not yet taken."""
        return self._tokens[self._next]

    def ahead(self, by: int = 1) -> Token:
        """The token ``by`` after the next."""
        return self._tokens[min(self._next + by, len(self._tokens) - 1)]

    def take(self) -> Token:
        """The next token, taken."""
        token = self.token
        if token.kind != "end":
            self._next += 1
        return token

    def is_word(self, *words: str) -> bool:
        """Are the next tokens these keywords?"""
        found = (self.ahead(i) for i in range(len(words)))
        return all(t.kind == "name" and t.text.upper() == word for t, word in zip(found, words, strict=True))

    def is_sign(self, *signs: str) -> bool:
        """Is the next token one of these signs?"""
        return self.token.kind == "symbol" and self.token.text in signs

    def accept_words(self, *words: str) -> bool:
        """Take these keywords if they come next."""
        found = self.is_word(*words)
        self._next += len(words) * found
        return found

    def accept(self, sign: str) -> bool:
        """Take this sign if it comes next."""
        found = self.is_sign(sign)
        self._next += found
        return found

    def expect(self, sign: str, zh: str, en: str) -> Token:
        """Take ``sign``, which ``zh``, ``en`` say the purpose of; refuse anything else."""
        if not self.is_sign(sign):
            self.unexpected(f"{zh}应为 {sign}", f"{en} needs {sign}")
        return self.take()

    def expect_word(self, word: str, zh: str, en: str) -> None:
        """Take a keyword; refuse anything else."""
        if not self.accept_words(word):
            self.unexpected(f"{zh}应为 {word}", f"{en} needs {word}")

    def name(self, zh: str, en: str) -> Token:
        """Take a name, bare or between backquotes; ``zh``, ``en``: of what."""
        if self.token.kind not in ("name", "quoted"):
            self.unexpected(f"此处应为{zh}的名称", f"the name of {en} comes here")
        return self.take()

    def unexpected(self, zh: str, en: str) -> NoReturn:
        """Refuse the next token, saying what may stand there."""
        token = self.token
        if token.kind == "end":
            self.refuse(token.at, f"语句到此中断：{zh}", f"the statement breaks off: {en}")
        if token.kind == "name" and (why := REFUSED.get(token.text.lower())):
            self.refuse(token.at, f"{token.text} {why['zh']}", f"{token.text} {why['en']}")
        shown = f"'{token.text[:20]}'"
        self.refuse(token.at, f"不能出现 {shown}：{zh}", f"{shown} cannot stand here: {en}")

    def refuse(self, at: int, zh: str, en: str) -> NoReturn:
        """Raise CypherRefused for offset ``at``."""
        refuse(self.cypher, at, zh, en)

    def deeper(self) -> None:
        """One level of nesting more; refused when too many."""
        self._level += 1
        if self._level > MAX_LEVELS:
            self.refuse(self.token.at, f"嵌套超过 {MAX_LEVELS} 层", f"nested more than {MAX_LEVELS} levels deep")

    def shallower(self) -> None:
        """One level less."""
        self._level -= 1
