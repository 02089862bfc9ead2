"""``zh_road``: numbered roads (107、240、308国道 are three), named roads, stakes. Classes are in the lexicon."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from ingest.annotations import add, mentions, readable, remove, text_of, within
from ingest.fold import fold
from ingest.pipeline.road_names import expressways, named_roads
from ingest.pipeline.unit_words import HAN

_CLASS_LETTER = {"国道": "G", "省道": "S", "县道": "X", "乡道": "Y", "村道": "C"}
_ONE = r"[GSXYC]?[0-9]{1,4}"
_NUMBERED = re.compile(
    rf"(?<![0-9A-Za-z.])({_ONE}(?:线)?(?:(?:、|,|和|及|与|/){_ONE}(?:线)?){{0,12}})(国道|省道|县道|乡道|村道)(?:线)?(?![一-鿿]?办法)"
)
_REVERSED = re.compile(
    r"(?<![0-9])(国道|省道|县道|乡道)([GSXY]?[0-9]{2,4})(?:线|国道|省道)?(?![0-9.]|[余多]?(?:公里|千米|米|条|处|个|亿|万|起|%|年|km|KM))"
)
_LETTERED = re.compile(
    rf"(?<![0-9A-Za-z])([GS][0-9]{{1,4}}|[XYC][0-9]{{3}}(?=线|县道|乡道|村道))"
    rf"(?:[{HAN}]{{2,4}}(?:高速公路|高速)|线|高速公路|高速|公路)?(?![0-9A-Za-z])"
)
_LINE = re.compile(r"(?<![0-9A-Za-z.第-])([0-9]{3})线(?=[\s、,。;路沿段与和至上交境K0-9]|$)")
_NUMBER = re.compile(_ONE)
_STAKE = re.compile(r"K[0-9]{1,4}(?:\+[0-9]{1,3})?(?:m|M)?(?:(?:至|-|~)K[0-9]{1,4}(?:\+[0-9]{1,3})?)?(?:路段|段|处)?")
_WAY = re.compile(r"路(?![段口面侧域网基政况肩边]|沿线|两侧)")
"""路 after 县道 begins a word of its own only here; elsewhere it is 县|道路."""
_DETERMINED = re.compile("[全我本各两跨该][国省县乡村]道$")
_OFFICE = re.compile("安(?:办|委|工作|会)|交(?:办|委|安)|公路局")


@Language.component("zh_road")
def zh_road(doc: Doc) -> Doc:
    """Mark roads in the readable text; a class word inside a longer road name goes."""
    text = fold(text_of(doc))
    for road in mentions(doc, "Road"):
        if road.text in _CLASS_LETTER and not is_class(text, road.start, road.end):
            remove(doc, road)
    for low, high in readable(doc):
        _numbered(doc, text, low, high)
        for start, end in (*expressways(text, low, high), *named_roads(text, low, high)):
            _name(doc, start, end)
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


def is_class(text: str, start: int, end: int) -> bool:
    """Is 县道 at ``start``-``end`` a class of road? Not in 全县道路, 我省道路, 省道安办; it is in 国道路段."""
    if _DETERMINED.search(text, max(0, start - 1), end) or _OFFICE.match(text, end):
        return False
    return _WAY.match(text, end) is None


def _numbered(doc: Doc, text: str, low: int, high: int) -> None:
    for m in _REVERSED.finditer(text, low, high):
        _add_numbered(doc, m.start(), m.end(), _CLASS_LETTER[m.group(1)], m.group(2))
    for m in _NUMBERED.finditer(text, low, high):
        letter = _CLASS_LETTER[m.group(2)]
        parts = list(_NUMBER.finditer(text, m.start(1), m.end(1)))
        for part in parts:
            end = m.end() if part is parts[-1] else part.end()
            if not _crossed(doc, part.start(), end):
                _add_numbered(doc, part.start(), end, letter, part.group())
    for m in _LETTERED.finditer(text, low, high):
        if not any(r.start <= m.start() < r.end for r in within(doc, "Road", max(low, m.start() - 12), m.end() + 12)):
            _add_numbered(doc, m.start(), m.end(), m.group(1)[0], m.group(1))
    for m in _LINE.finditer(text, low, high):
        if not _crossed(doc, m.start(), m.end()):
            add(doc, "Road", m.start(), m.end(), rule="road.line", confidence=0.7, kind="named")


def _crossed(doc: Doc, start: int, end: int) -> bool:
    """Does a numbered road cross ``start``-``end``?"""
    near = within(doc, "Road", max(0, start - 12), end + 12)
    return any(r.start < end and start < r.end and r.rule == "road.number" for r in near)


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


def _name(doc: Doc, start: int, end: int) -> None:
    crossing = [r for r in within(doc, "Road", max(0, start - 12), end + 8) if r.start < end and start < r.end]
    if any(r.rule != "road.lexicon" or r.text not in {"高速公路", "高速"} for r in crossing):
        return
    add(doc, "Road", start, end, rule="road.name", confidence=0.75, kind="named")


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
