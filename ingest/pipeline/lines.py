"""The lines of a text with their offsets: the raster on which zones and headings are read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_BLANK = " \t\u3000\xa0\u200b\ufeff\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_AROUND = " \t\r\n\u3000"
SENTENCE_END = "。！？!?…"
CLOSING = SENTENCE_END + "；;：:”）)】》"
"""Marks after which a line does not go on in the next."""
HEAD_LENGTH = 200
"""Rules look at no more than this much of a line at once, so that a text of one line costs no more than others."""


@dataclass(frozen=True, slots=True)
class Line:
    """``start``-``stop`` is the whole line with its break; ``first``-``last`` its content without outer blanks."""

    start: int
    stop: int
    first: int
    last: int
    content: str

    @property
    def blank(self) -> bool:
        return self.first == self.last

    @property
    def head(self) -> str:
        return self.content[:HEAD_LENGTH]


def end_without_blanks(text: str, start: int, end: int) -> int:
    """``end`` moved back over blanks and line breaks, not before ``start``."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return max(start, end)


def without_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """``start``-``end`` without blanks and line breaks around it; empty when it is nothing else."""
    while start < end and text[start] in _AROUND:
        start += 1
    while end > start and text[end - 1] in _AROUND:
        end -= 1
    return start, end


@lru_cache(maxsize=4)
def lines_of(text: str) -> list[Line]:
    """The lines in order; together they are the text. Kept for the last texts: several rules walk
    the same list, which must not be changed."""
    found: list[Line] = []
    for match in _LINE.finditer(text):
        if match.start() == match.end():
            continue
        raw = match.group().rstrip("\r\n")
        content = raw.strip(_BLANK)
        first = match.start() + (len(raw) - len(raw.lstrip(_BLANK)) if content else 0)
        found.append(Line(match.start(), match.end(), first, first + len(content), content))
    return found
