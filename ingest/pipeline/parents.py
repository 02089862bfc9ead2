"""What a document's place lies in, where the table of places does not tell: by whom the text says it is directed.

在澜川市公安局交警支队的指导下, 按照衡泽市公安局工作安排, 为贯彻《2024年澜川市公安交管工作要点》: the city above.
A body of another place that is only spoken of (赴朔原市公安局学习) says nothing; two that direct leave it open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from ingest import regions
from ingest.annotations import mentions, text_of
from ingest.extraction import Mention
from ingest.fold import fold
from ingest.pipeline.setting import Setting, rank
from ingest.pipeline.unit_grammar import UnitSpan
from ingest.pipeline.unit_names import FORCE, TEAM_LEVEL, region_level
from ingest.pipeline.unit_words import HAN

_LEVELS = ("市", "省")
_CLAUSE = re.compile(r"[,。;:!?\n]")
_UNDER = re.compile("在|按|根据|依据|依照|遵照|贯彻|落实|执行|对照|紧跟|围绕")
_DIRECTS = re.compile("部署|安排|要求|领导|指导|指示|精神|统一|关心|支持|帮助")
_TITLE = re.compile(
    rf"(?:贯彻|落实|按照|根据|依据|依照|执行)《(?:[0-9]{{4}}年)?(?P<place>[{HAN}]{{2,4}}?(?:省|市|州|盟|地区))(?!委|级|区|县)"
)


@dataclass(frozen=True)
class Parents:
    """``path``: what the document's place lies in, widest first, so far as the text says. ``basis``: where."""

    path: tuple[str, ...] = ()
    basis: tuple[int, int] | None = None


def find_parents(doc: Doc, setting: Setting) -> Parents:
    """The city and province that direct the document's issuer, for a place that the table does not know."""
    if not setting.path or regions.lookup(setting.path[0]) is not None:
        return Parents()
    found: list[str] = []
    basis: tuple[int, int] | None = None
    directing = list(_directing(doc))
    for level in _LEVELS:
        if rank(level) >= rank(setting.level_of(setting.path[:1])):
            continue
        named = [(place, at) for place, at in directing if place not in setting.path and region_level(place) == level]
        if len({place for place, _ in named}) == 1:
            found.insert(0, named[0][0])
            basis = basis or named[0][1]
    known = regions.lookup(found[-1]) if found else None
    return Parents(known.path if known is not None else tuple(found), basis)


def _directing(doc: Doc) -> Iterator[tuple[str, tuple[int, int]]]:
    """Places whose police, or whose plan, the text says is followed, in order, with where it says so."""
    text = fold(text_of(doc))
    for mention in mentions(doc, "Unit"):
        place = _place(mention)
        if place and directs(text, mention):
            yield place, (mention.start, mention.end)
    for match in _TITLE.finditer(text):
        yield match["place"], match.span("place")


def _place(mention: Mention) -> str:
    """The place that a police body is named by; 澜川支队 is that of 澜川市. "" for others."""
    span = mention.attributes.get("span")
    if not isinstance(span, UnitSpan) or span.domain not in FORCE or span.generic or span.redacted:
        return ""
    if span.regions:
        return span.regions[-1]
    return city_of(span)


def city_of(span: UnitSpan) -> str:
    """澜川市 of 澜川支队, 澜川交警支队: a detachment by the bare name of its city; "" for other names."""
    named = re.fullmatch(f"([{HAN}]{{2,3}}?)(?:公安|交警|交巡警|公安局)?支队", fold(span.text))
    if span.rule != "unit.proper" and not (span.rule.endswith("detachment") and not span.regions and not span.level):
        return ""
    if named is None or TEAM_LEVEL.get(fold(span.text)[-2:]) != "市" or named[1] in KINDS:
        return ""
    known = regions.lookup(named[1])
    return known.name if known is not None else named[1] + "市"


KINDS = frozenset({"直属", "机动", "特勤", "高速", "巡逻", "事故", "秩序", "公安", "交警", "交巡警", "公安局"})
"""What a detachment is told by besides its city."""


def directs(text: str, mention: Mention) -> bool:
    """Does the clause say that the body is followed: 在X的指导下, 按照X部署, 贯彻X和Y要求?"""
    low = max((m.end() for m in _CLAUSE.finditer(text, max(0, mention.start - 60), mention.start)), default=0)
    low = max(low, mention.start - 60)
    stop = _CLAUSE.search(text, mention.end, mention.end + 40)
    after = text[mention.end : stop.start() if stop else mention.end + 40]
    return _UNDER.search(text, low, mention.start) is not None and _DIRECTS.search(after) is not None
