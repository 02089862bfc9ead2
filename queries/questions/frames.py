"""What a question asks for, apart from the names in it: the words around them as features of a linear model."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.text import compact
from queries.catalog import Catalog
from queries.questions.mentions import first_label
from queries.questions.surroundings import Mention
from queries.questions.understand import heard
from queries.questions.vocabulary import FILLER, REFUSED, Tokens, plain_words, vocabulary

MASKS = {
    "Document": "Ⓓ",
    "Unit": "Ⓤ",
    "Campaign": "Ⓒ",
    "Regulation": "Ⓡ",
    "VehicleClass": "Ⓥ",
    "Task": "Ⓣ",
    "Indicator": "Ⓘ",
    "Region": "Ⓛ",
}
OTHER = "Ⓞ"
UNKNOWN = "Ⓧ"
_SIGNS = "".join([*MASKS.values(), OTHER, UNKNOWN])
_UPPER_SIGNS = {ord(sign.lower()): sign for sign in _SIGNS}
"""The signs are letters too, and have small ones."""
_PLACE = re.compile("(?=[\u4e00-\u9fff]{2}[省市县镇乡州])")
_NAME_LIKE = re.compile(
    "(?=([\u4e00-\u9fff]{2})(?:计划|行动|工程|专项|会战|战役|整治|方案|要点|规划|通知|条例|办法|局|办|队|委|所))"
)
_YEAR = re.compile(r"(?:(?:19|20)\d{2}|(?<!\d)\d\d(?=年))(?:年度?)?")
_NUMBER = re.compile(r"\d+")
_TOKEN = re.compile(r"[a-z']+|[^\sa-z']")
_NO_NAME = re.compile(r"[“\"「『《]([^”\"」』》]{2,})[”\"」』》]")


def frame(text: str, named: Iterable[Mention]) -> str:
    """The question with a sign for each name, by its label, and for each year and number."""
    parts, place = [], 0
    for mention in named:
        parts += [text[place : mention.start], MASKS.get(first_label(mention), OTHER)]
        place = mention.end
    rest = "".join([*parts, text[place:]]).lower().translate(_UPPER_SIGNS)
    rest = _NO_NAME.sub(_unknown_name, rest)
    rest = re.sub(r"[“”\"「」『』《》]", "", rest)
    if _unknown_place(rest):
        rest += UNKNOWN
    return _NUMBER.sub("Ⓝ", _YEAR.sub("Ⓨ", rest))


def _unknown_place(rest: str) -> bool:
    """Whether a place stands there that the graph does not know: two characters of no word before 县 or 市."""
    covered = _covered(rest)
    return any(not covered & {found.start(), found.start() + 1} for found in _PLACE.finditer(rest))


def names_unknown(asked: str) -> bool:
    """Whether a frame has letters that no word explains where a name would stand: 火星计划, ykyd, drop database."""
    covered = _covered(asked)
    if any(not covered & set(range(*found.span(1))) for found in _NAME_LIKE.finditer(asked)):
        return True
    latin = [not covered & set(range(*word.span())) for word in re.finditer("[a-z]{3,}", asked)]
    return any(latin) and (2 * sum(latin) >= len(latin))


def says_nothing(asked: str) -> bool:
    """Whether nothing but names stands there."""
    return not compact("".join(char for char in asked if char not in _SIGNS))


def _covered(asked: str) -> set[int]:
    return {place for word in Tokens(asked, plain_words()).words for place in range(word.start, word.end)}


def _unknown_name(quoted: re.Match[str]) -> str:
    """A sign for what is quoted and neither a name nor words people ask with."""
    rest = quoted.group(1)
    if set(_SIGNS) & set(rest):
        return quoted.group(0)
    for word in sorted((w.text for w in Tokens(rest, plain_words()).words), key=len, reverse=True):
        rest = rest.replace(word, "")
    return UNKNOWN if len(compact(rest)) > 1 else quoted.group(0)


def asks_for_other(asked: str) -> bool:
    """Whether words stand there that ask for what no query answers."""
    known = vocabulary().classes
    return any(known.get(word.text, frozenset()) & REFUSED for word in Tokens(asked, plain_words()).words)


def features(asked: str, catalog: Catalog) -> dict[str, float]:
    """Features of a frame and their weight: words, pairs and triples, classes of words, signs, cues that are heard."""
    tokens = _TOKEN.findall(asked)
    found: dict[str, float] = {}
    for size, weight in ((1, 0.5), (2, 1.0), (3, 1.0)):
        for start in range(len(tokens) - size + 1):
            piece = tokens[start : start + size]
            latin = any(len(token) > 1 for token in piece)
            if size < 3 or not latin:
                found[(" " if latin else "").join(piece)] = weight
    classes = vocabulary().classes
    for word in Tokens(asked, plain_words()).words:
        found |= {f"<{name}>": 1.0 for name in classes.get(word.text, ()) if name != FILLER}
    for sign in sorted(set(_SIGNS) & set(tokens)):
        found[f"#{sign}{min(tokens.count(sign), 2)}"] = 1.0
    if not set(_SIGNS) & set(tokens):
        found["#none"] = 1.0
    return found | {f"cue:{cue}": 1.0 for cue in heard(catalog, asked)}
