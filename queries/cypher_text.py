"""Just enough reading of Cypher to check a query file: strings and comments blanked, the last RETURN taken apart.

Not a parser: the catalog's statements are plain, and what this cannot read the lint refuses.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SKIP = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|//[^\n]*|/\*.*?\*/", re.DOTALL)
_TAIL = re.compile(r"\bORDER\s+BY\b|\bSKIP\b|\bLIMIT\b", re.IGNORECASE)
_PAGE = re.compile(r"\s*\bSKIP\s+\$skip\s+LIMIT\s+\$limit\s*$", re.IGNORECASE)
_WORD = re.compile(r"^`?(\w+)`?$")
_ALIAS = re.compile(r"^(.*)\bAS\s+`?(\w+)`?$", re.IGNORECASE | re.DOTALL)


def blank(cypher: str) -> str:
    """The statement with the inside of strings and comments replaced by blanks; same length, same line breaks."""

    def empty(match: re.Match[str]) -> str:
        text = match.group()
        inside = re.sub(r"[^\n]", " ", text)
        return text[0] + inside[1:-1] + text[-1] if text[0] in "'\"" else inside

    return _SKIP.sub(empty, cypher)


def line_of(cypher: str, offset: int) -> int:
    """Line number within the statement, from 0."""
    return cypher.count("\n", 0, offset)


def split_top(text: str, separator: str = ",") -> list[str]:
    """``text`` split at separators outside brackets."""
    parts, depth, last = [], 0, 0
    for i, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if char == separator and depth == 0:
            parts.append(text[last:i])
            last = i + 1
    return [part.strip() for part in [*parts, text[last:]]]


def outer(blanked: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """Matches of ``pattern`` outside all brackets (a subquery's own clauses are inside braces)."""
    depths, depth = [], 0
    for char in blanked:
        depth -= char in ")]}"
        depths.append(depth)
        depth += char in "([{"
    return [m for m in pattern.finditer(blanked) if depths[m.start()] == 0]


def returned(blanked: str) -> tuple[list[tuple[str, str]], list[str], str] | None:
    """``(expression, alias)`` of the final RETURN, the ORDER BY items and the SKIP/LIMIT tail; None without RETURN."""
    returns = outer(blanked, re.compile(r"\bRETURN\b", re.IGNORECASE))
    if not returns:
        return None
    rest = blanked[returns[-1].end() :]
    tails = outer(rest, _TAIL)
    body = rest[: tails[0].start()] if tails else rest
    items = [_item(part) for part in split_top(re.sub(r"^\s*DISTINCT\b", "", body, flags=re.IGNORECASE))]
    order: list[str] = []
    end = len(body)
    if tails and tails[0].group().upper().startswith("ORDER"):
        end = tails[1].start() if len(tails) > 1 else len(rest)
        order = split_top(rest[tails[0].end() : end])
    return items, order, rest[end:].strip()


@lru_cache(maxsize=1024)
def counting(cypher: str) -> str:
    """A statement that counts the rows of ``cypher``: all but its final RETURN, which the lint keeps plain."""
    returns = outer(blank(cypher), re.compile(r"\bRETURN\b", re.IGNORECASE))
    return cypher[: returns[-1].start()] + "RETURN count(*) AS total"


@lru_cache(maxsize=1024)
def unlimited(cypher: str) -> str:
    """A statement of the catalog without the SKIP and LIMIT that all of them end with."""
    return _PAGE.sub("", cypher)


def _item(text: str) -> tuple[str, str]:
    if match := _ALIAS.match(text):
        return match.group(1).strip(), match.group(2)
    return text, match.group(1) if (match := _WORD.match(text)) else text
