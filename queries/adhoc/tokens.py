"""A statement as tokens. What is no token of the allowed language is refused here, with its place.

Comments and blanks are gone, strings are decoded, names lose their backquotes: nothing of how a thing was written
reaches the parser. A unicode escape means its character inside a string and nothing anywhere else (Neo4j reads such
escapes before it looks for strings).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, NoReturn

from graph.errors import CypherRefused, LimitExceeded, Sentence

MAX_CHARS = 10_000
"""Longest statement, in characters."""
MAX_TOKENS = 2_000
MAX_DEPTH = 24
"""Deepest nesting of brackets."""
MAX_NAME = 64
MAX_DIGITS = 25
MAX_INTEGER = 2**63 - 1

Kind = Literal["name", "quoted", "string", "integer", "float", "parameter", "symbol", "end"]

_LETTER = "A-Za-z_\u4e00-\u9fff"
_NAME = rf"[{_LETTER}][{_LETTER}0-9]*"
_TOKEN = re.compile(
    rf"""(?P<blank>[ \t\r\n]+|//[^\n]*|/\*.*?\*/)
    |(?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
    |(?P<float>[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+)
    |(?P<integer>[0-9]+)
    |(?P<parameter>\${_NAME})
    |(?P<quoted>`{_NAME}`)
    |(?P<name>{_NAME})
    |(?P<symbol>=~|<>|<=|>=|\.\.|[()\[\]{{}},.:|=<>+\-*/%^])""",
    re.VERBOSE | re.DOTALL,
)
_WORD_AFTER = re.compile(rf"[{_LETTER}0-9]")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_ESCAPES = {"\\": "\\", "'": "'", '"': '"', "`": "`", "n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_CLOSING = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Token:
    """``text`` as meant (a string decoded, a name or parameter bare); ``at`` its offset in code points; ``closes``
    for an opening bracket the index of the token that closes it."""

    kind: Kind
    text: str
    at: int
    closes: int = -1


def refuse(cypher: str, at: int, zh: str, en: str) -> NoReturn:
    """Raise CypherRefused for what stands at offset ``at``."""
    before = cypher[:at]
    reason: Sentence = {"zh": zh, "en": en}
    line, column = before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1
    raise CypherRefused(line=line, column=column, reason=reason)


def tokenize(cypher: str) -> list[Token]:
    """All tokens, then one of kind ``end``. Raises CypherRefused or LimitExceeded."""
    if len(cypher) > MAX_CHARS:
        raise _over("语句长度（字符）", "Length of the statement in characters", len(cypher), MAX_CHARS)
    tokens: list[Token] = []
    at = 0
    while at < len(cypher):
        found = _TOKEN.match(cypher, at)
        if found is None:
            _refuse_character(cypher, at)
        at = found.end()
        if found.lastgroup != "blank":
            tokens.append(_token(cypher, found))
            if len(tokens) > MAX_TOKENS:
                raise _over("语句的词数", "Words and signs of the statement", len(tokens), MAX_TOKENS)
    tokens.append(Token("end", "", len(cypher)))
    return _matched(cypher, tokens)


def _token(cypher: str, found: re.Match[str]) -> Token:
    kind, text, at = found.lastgroup, found.group(), found.start()
    if kind == "string":
        return Token("string", _decoded(cypher, text, at), at)
    if kind in ("integer", "float"):
        odd = _WORD_AFTER.match(cypher, found.end()) or re.match(r"0[0-9]", text) or len(text) > MAX_DIGITS
        if odd or float(text) == float("inf") or (kind == "integer" and int(text) > MAX_INTEGER):
            text = text[:MAX_DIGITS]
            refuse(cypher, at, f"无法识别的数字 {text}…", f"{text}… is no number that is allowed: 12, 1.5, 1e3")
        return Token("integer" if kind == "integer" else "float", text, at)
    bare = text.strip("`$")
    if kind != "symbol" and len(bare) > MAX_NAME:
        refuse(cypher, at, f"名称超过 {MAX_NAME} 个字符", f"a name of more than {MAX_NAME} characters")
    if kind == "parameter":
        return Token("parameter", bare, at)
    if kind == "quoted":
        return Token("quoted", bare, at)
    return Token("name", text, at) if kind == "name" else Token("symbol", text, at)


def _decoded(cypher: str, text: str, at: int) -> str:
    def character(found: re.Match[str]) -> str:
        escape = found[1]
        if len(escape) > 1:
            code = int(escape[1:], 16)
            if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
                return chr(code)
        elif escape in _ESCAPES:
            return _ESCAPES[escape]
        where = at + 1 + found.start()
        refuse(cypher, where, f"字符串中无法识别的转义 \\{escape}", f"\\{escape} is no escape that is allowed")

    decoded = _ESCAPE.sub(character, text[1:-1])
    if any(0xD800 <= ord(char) <= 0xDFFF for char in decoded):
        refuse(cypher, at, "字符串含有无法识别的字符", "the string has characters that are no text")
    return decoded


def _refuse_character(cypher: str, at: int) -> NoReturn:
    char = cypher[at]
    if char in "'\"":
        refuse(cypher, at, "字符串没有结束", "the string does not end")
    if cypher.startswith("/*", at):
        refuse(cypher, at, "注释没有结束", "the comment does not end")
    if char == ";":
        refuse(cypher, at, "只允许一条语句，不带分号", "one statement only, without semicolon")
    if char == "`":
        refuse(
            cypher,
            at,
            "反引号中只能是字母、数字、下划线和汉字",
            "between backquotes only letters, digits, underscores and Han characters are allowed",
        )
    if char == "$":
        refuse(cypher, at, "$ 之后应为参数名", "after $ comes the name of a parameter")
    if char == "\\":
        refuse(cypher, at, "反斜杠只能出现在字符串中", "a backslash is allowed inside strings only")
    refuse(
        cypher,
        at,
        f"不允许的字符 U+{ord(char):04X}；字符串之外只用半角字母、数字、符号和汉字",
        f"character U+{ord(char):04X} is not allowed; outside strings use ASCII letters, digits, signs and blanks, "
        "and Han characters",
    )


def _matched(cypher: str, tokens: list[Token]) -> list[Token]:
    """The tokens with every bracket matched."""
    open_: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind != "symbol":
            continue
        if token.text in _CLOSING:
            open_.append(index)
            if len(open_) > MAX_DEPTH:
                raise _over("括号嵌套层数", "Nesting of brackets", len(open_), MAX_DEPTH)
        elif token.text in _CLOSING.values():
            if not open_ or _CLOSING[tokens[open_[-1]].text] != token.text:
                refuse(cypher, token.at, f"多余的 {token.text}", f"nothing is open that {token.text} could close")
            opening = open_.pop()
            tokens[opening] = replace(tokens[opening], closes=index)
    if open_:
        token = tokens[open_[-1]]
        refuse(cypher, token.at, f"{token.text} 没有配对", f"{token.text} is not closed")
    return tokens


def _over(zh: str, en: str, actual: int, limit: int) -> LimitExceeded:
    # These limits are of the language, not settings: the setting that leads here is the one to name.
    return LimitExceeded(what={"zh": zh, "en": en}, actual=actual, limit=limit, setting="ZHIZE_ADHOC_CYPHER")
