"""``zh_road``: numbered roads (107、240、308国道 are three), named roads, stakes. Classes are in the lexicon."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from ingest import regions
from ingest.annotations import add, mentions, readable, remove, text_of, within
from ingest.fold import fold
from ingest.lexicon import Knowledge, knowledge, longest_first
from ingest.pipeline.unit_words import HAN, words

_CLASS_LETTER = {"国道": "G", "省道": "S", "县道": "X", "乡道": "Y", "村道": "C"}
_ONE = r"[GSXYC]?[0-9]{1,4}"
_NUMBERED = re.compile(
    rf"(?<![0-9A-Za-z.])({_ONE}(?:线)?(?:(?:、|,|和|及|与|/){_ONE}(?:线)?){{0,12}})(国道|省道|县道|乡道|村道)(?:线)?(?![一-鿿]?办法)"
)
_REVERSED = re.compile(r"(国道|省道|县道|乡道)([0-9]{2,4})(?:线|国道|省道)?")
_LETTERED = re.compile(
    rf"(?<![0-9A-Za-z])([GS][0-9]{{1,4}})(?:[{HAN}]{{2,4}}(?:高速公路|高速)|线|高速公路|高速|公路)?(?![0-9A-Za-z])"
)
_NUMBER = re.compile(_ONE)
_NAMED_END = re.compile("高速公路|高速|快速路|大道|大街|环城路|环线|绕城路|路|街")
_NAMED_AFTER = re.compile(r"[、,。;)与和及至交(]|K[0-9]|上|沿线|沿街|\s|等|东|西|南|北|$")
_ORDINARY = frozenset(
    "道公铁线思出一网支主干水电马半沿过来去回老新小大短后退歧岔走生活财门筑修养造顺全各本该当绕套销远近正弯套农渠顾带迷陆岔末平坡通封滑架行上".strip()
)
_NAME_CHARACTER = re.compile(f"[{HAN}]")
_STAKE = re.compile(r"K[0-9]{1,4}(?:\+[0-9]{1,3})?(?:m|M)?(?:(?:至|-|~)K[0-9]{1,4}(?:\+[0-9]{1,3})?)?(?:路段|段|处)?")


@Language.component("zh_road")
def zh_road(doc: Doc) -> Doc:
    """Mark roads in the readable text; a class word inside a longer road name goes."""
    text = fold(text_of(doc))
    for low, high in readable(doc):
        _numbered(doc, text, low, high)
        _named(doc, text, low, high)
        _stakes(doc, text, low, high)
    for road in mentions(doc, "Road"):
        if road.rule != "road.lexicon":
            for inside in within(doc, "Road", road.start, road.end):
                if inside is not road and inside.rule == "road.lexicon":
                    remove(doc, inside)
    titles = mentions(doc, "Regulation")
    for title in titles:
        for inside in within(doc, "Road", title.start, title.end):
            remove(doc, inside)
    return doc


def _numbered(doc: Doc, text: str, low: int, high: int) -> None:
    for m in _NUMBERED.finditer(text, low, high):
        letter = _CLASS_LETTER[m.group(2)]
        parts = list(_NUMBER.finditer(text, m.start(1), m.end(1)))
        for part in parts:
            _add_numbered(doc, part.start(), m.end() if part is parts[-1] else part.end(), letter, part.group())
    for m in _REVERSED.finditer(text, low, high):
        _add_numbered(doc, m.start(), m.end(), _CLASS_LETTER[m.group(1)], m.group(2))
    for m in _LETTERED.finditer(text, low, high):
        if not any(r.start <= m.start() < r.end for r in within(doc, "Road", max(low, m.start() - 12), m.end() + 12)):
            _add_numbered(doc, m.start(), m.end(), m.group(1)[0], m.group(1))


def _add_numbered(doc: Doc, start: int, end: int, letter: str, number: str) -> None:
    digits = number.lstrip("GSXYC")
    code = (number[0] if number[0] in "GSXYC" else letter) + digits
    kind = {"G": "国道", "S": "省道", "X": "县道", "Y": "乡道", "C": "村道"}[code[0]]
    expressway = code[0] in "GS" and len(digits) < 3
    add(
        doc,
        "Road",
        start,
        end,
        rule="road.number",
        canonical=f"{code}高速公路" if expressway else f"{digits}{kind}",
        kind="named",
        code=code,
    )


def _named(doc: Doc, text: str, low: int, high: int) -> None:
    """A proper name before 路, 街, 大道: it stands free on its left and a list, stake or direction follows."""
    for m in _NAMED_END.finditer(text, low, high):
        start = _name_start(text, m.start(), low)
        size = m.start() - start
        long = len(m.group()) > 1
        if not (2 if not long else 1) <= size <= 5 or not _NAMED_AFTER.match(text, m.end()):
            continue
        if not long and (text[m.start() - 1] in _ORDINARY or (text.startswith("口", m.end()) and size < 2)):
            continue
        crossing = within(doc, "Road", max(low, start - 8), m.end() + 8)
        overlaps = [r for r in crossing if r.start < m.end() and start < r.end]
        if any(r.rule == "road.number" for r in overlaps) or (overlaps and m.group() not in {"高速公路", "高速"}):
            continue
        if m.group() in {"高速", "高速公路"} and not _expressway(text[start : m.start()]):
            continue
        add(doc, "Road", start, m.end(), rule="road.name", confidence=0.75, kind="named")


@cache
def _place_characters() -> frozenset[str]:
    wide = (r.name for r in regions.table() if r.level != "县")
    return frozenset(c for name in wide for c in regions.bare(name)) | frozenset(
        "沪渝冀晋皖闽赣鲁豫鄂湘粤琼蜀黔滇陇秦港澳台杭甬"
    )


def _expressway(name: str) -> bool:
    """Expressways are called by one character of each end (京港澳, 沪昆)."""
    return 2 <= len(name) <= 3 and _place_characters().issuperset(name)


def _name_start(text: str, at: int, low: int) -> int:
    """Start of at most five name characters before ``at``, after a boundary or verb; ``at`` if there are more."""
    boundaries = words().boundaries
    start = at
    while (
        start > low and at - start < 9 and _NAME_CHARACTER.match(text[start - 1]) and text[start - 1] not in boundaries
    ):
        start -= 1
    start = max((m.end() for m in _verbs(knowledge()).finditer(text, start, at)), default=start)
    return start if at - start < 6 else at


@lru_cache(maxsize=2)
def _verbs(known: Knowledge) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, longest_first([*known.words("verbs"), *known.words("verbs-road")]))))


def _stakes(doc: Doc, text: str, low: int, high: int) -> None:
    """K3+200至K4+100: a section of the road named directly before it."""
    ends = {m.end: m for m in mentions(doc, "Road")}
    for m in _STAKE.finditer(text, low, high):
        if "+" not in m.group() and text[m.start() - 1 : m.start()] not in "路道线速街 ":
            continue
        road = ends.get(m.start())
        name = (road.name if road else "") + m.group()
        start = road.start if road else m.start()
        add(doc, "Road", start, m.end(), rule="road.stake", canonical=name, kind="section")
