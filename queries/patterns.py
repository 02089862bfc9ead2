"""Question patterns: a small notation for the ways people ask one thing, compiled to regular expressions.

``{task}`` is a slot · ``(a|b)`` one of · ``[a|b]`` one of or nothing · a blank is any or no white space · all else is
literal. Groups do not nest. Width, letter case, quotes around a slot, politeness before and particles after the
question do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TOKEN = re.compile(r"\{(\w+)\}|\(([^()]*)\)|\[([^\[\]]*)\]|(\s+)|([^{}()\[\]\s]+)|(.)")
_POLITE = re.compile(
    r"^(?:请问一下|请问|请教一下|请教|请帮我查一下|帮我查一下|帮我查查|帮忙查一下|查一下|查询一下|查询|我想知道|想知道|我想问一下|我想问|"
    r"问一下|告诉我|请告诉我|你好|您好|麻烦问一下|麻烦|please tell me|please|tell me)[,，:：\s]*",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[\s?？。.!！,，;；:：…~～]+$")
_PARTICLE = re.compile(r"(?:呢|吗|呀|啊|吧|嘛|哦|噢|的呢|的吗|了呢)$")
_ASKING = re.compile(r"吗(?=[|)\]]|$)")
"""A question loses its last particle (normalise); a pattern that is written with it fits all the same."""
_EDGES = " \t,，、。:："
_PAIRS = tuple(zip("“‘「『《〈【[(\"'", "”’」』》〉】])\"'", strict=True))
_LEADING = re.compile(r"^(?:关于|对于|对|有关|针对|在|把|将|我们|本地|the )")
_TRAILING = re.compile(r"(?:的|方面|这项|这个|这一|这件事|都|该|应该|应当|主要|具体|目前|现在)$")


def normalise(question: str) -> str:
    """The question on one line, half width, without politeness, closing punctuation and particles."""
    text = " ".join(unicodedata.normalize("NFKC", question).split())
    while (shorter := _PARTICLE.sub("", _TAIL.sub("", _POLITE.sub("", text)))) != text:
        text = shorter
    return text


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """The regular expression of ``pattern``; raises ValueError when the notation is wrong."""
    parts: list[str] = []
    for match in _TOKEN.finditer(_ASKING.sub("", pattern)):
        slot, one_of, optional, blank, literal, stray = match.groups()
        if slot is not None:
            parts.append(f"(?P<{slot}>.+?)")
        elif one_of is not None:
            parts.append(f"(?:{_choices(one_of)})")
        elif optional is not None:
            parts.append(f"(?:{_choices(optional)})?")
        elif blank is not None:
            parts.append(r"\s*")
        elif literal is not None:
            parts.append(_literal(literal))
        else:
            raise ValueError(f"unbalanced {stray} in question pattern {pattern}")
    try:
        return re.compile("".join(parts), re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"question pattern {pattern}: {error}") from None


def _choices(text: str) -> str:
    # Longest first: 哪些单位 before 哪些, whatever the file's order.
    return "|".join(_literal(choice) for choice in sorted(text.split("|"), key=len, reverse=True))


def _literal(text: str) -> str:
    words = unicodedata.normalize("NFKC", text).split()
    return r"\s*".join(re.escape(word) for word in words)


def match(pattern: str, question: str) -> tuple[dict[str, str], int] | None:
    """Slots of a normalised ``question`` and how many of its characters are not in slots, or None."""
    found = compiled(pattern).fullmatch(question)
    if found is None:
        return None
    raw = {name: text.strip() for name, text in found.groupdict().items()}
    slots = {name: clean(text) for name, text in raw.items()}
    if not all(slots.values()):
        return None
    return slots, len(question) - sum(len(text) for text in raw.values())


def clean(text: str) -> str:
    """A slot's text without quotes, prepositions before and particles after it."""
    while (shorter := _TRAILING.sub("", _LEADING.sub("", _unquoted(text.strip(_EDGES))))) != text:
        text = shorter
    return text


def _unquoted(text: str) -> str:
    """Without quotes around the whole, or one without its partner at either end; “一盔一带”行动 keeps its own."""
    for opening, closing in _PAIRS:
        inner = text[1:-1]
        if text[:1] == opening and text[-1:] == closing and opening not in inner and closing not in inner:
            return inner
        if opening != closing and text.count(opening) != text.count(closing):
            text = text.strip(opening + closing)
    return text


def rendered(pattern: str, values: dict[str, str]) -> str:
    """An example question: slots filled, the first of each choice, options left out."""

    def part(match: re.Match[str]) -> str:
        slot, one_of, optional, blank, literal, _ = match.groups()
        if slot is not None:
            return values.get(slot, slot)
        if one_of is not None:
            return str(one_of.split("|")[0])
        return "" if optional is not None else (" " if blank is not None else str(literal))

    return " ".join(_TOKEN.sub(part, pattern).split())
