"""Proper names of roads: streets by their suffix, expressways by the places at their ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ingest import regions
from ingest.lexicon import Knowledge, knowledge, longest_first
from ingest.pipeline.unit_words import HAN, words

Offsets = tuple[int, int]

_STREET = re.compile("快速路|大道|大街|大路|环城路|环线|绕城路|路|街")
_EXPRESSWAY = re.compile("高速公路|高速(?!发展|增长|铁路|交警|运转|列车|客|路交|公路交)")
_AFTER = re.compile(
    r"[、,。;:与和及至交到(/]|K[0-9]|[0-9]|上|沿线|沿街|\s|等|以及|由|为(?!了)|[东南西北](?![街路大])|[中东南西北][段侧]|全线|全段|[一二三四五六七八九]段|十字|丁字"
    r"|进行|开展|实施|两侧|周边|附近|辖区|实行|设置|增设|施划|禁止|$"
)
_BETWEEN = re.compile(rf"[{HAN}]")
_ORDINARY = frozenset(
    "道公铁线思出一网支主干水电马半沿过来去回老新小大短后退歧岔走生活财门筑修养造顺全各本该当绕套销远近正弯套农渠顾带迷陆岔末平坡通封滑架行上条段让拦断引问速处"
)
"""What before 路 makes an ordinary word of it."""
_DATES = ("八一", "七一", "五一", "五四", "三一")
_PLACE = re.compile(
    rf"(?:中心城区|主城区|老城区|新城区|城区|市区|县城|镇区|集镇|辖区|境内|[{HAN}]{{2,3}}[市县区镇乡])(?=[{HAN}]{{2,}})"
)
"""Where a road lies is no part of its name."""
_OPEN = re.compile(rf"[^{HAN}0-9A-Za-z]|[与和及至在对沿由]$")
_ELLIPTICAL = re.compile(rf"[{HAN}]{{2,9}}、(?:[{HAN}]{{2,3}}、){{0,8}}(?=[{HAN}]{{2,3}}高速)")
_LISTED = re.compile(rf"(?:公路)?、[{HAN}]{{2,3}}高速")
_CITY_RINGS = frozenset({"绕城", "环城", "机场", "外环", "内环", "城南", "城北"})


def named_roads(text: str, low: int, high: int) -> Iterator[Offsets]:
    """A proper name before 路, 街, 大道: it stands free on its left, and a list, stake or direction follows."""
    for m in _STREET.finditer(text, low, high):
        if not _AFTER.match(text, m.end(), high):
            continue
        start = _known_start(text, m.start(), low) or _name_start(text, m.start(), low)
        size, long = m.start() - start, len(m.group()) > 1
        if not (2 if not long else 1) <= size <= 5 and not (size == 1 and text[start] in "东西南北中"):
            continue
        name = text[start : m.start()]
        if not long and name[-1] in _ORDINARY and name[-2:] not in _DATES:
            continue
        if not name.endswith(ordinary(knowledge())):
            yield start, m.end()


def expressways(text: str, low: int, high: int) -> Iterator[Offsets]:
    """京港澳高速; 沪昆、京港澳、长张高速 are three."""
    for m in _ELLIPTICAL.finditer(text, low, high):
        at = m.start()
        for part in m.group()[:-1].split("、"):
            start = _name_start(text, at + len(part), at)
            if of_places(text[start : at + len(part)]):
                yield start, at + len(part)
            at += len(part) + 1
    for m in _EXPRESSWAY.finditer(text, low, high):
        start = _name_start(text, m.start(), low)
        name = text[start : m.start()]
        if not 2 <= len(name) <= 3 or name.endswith(ordinary(knowledge())):
            continue
        listed = text.endswith(("高速、", "高速公路、"), low, start) or _LISTED.match(text, m.end()) is not None
        if of_places(name) or name in _CITY_RINGS or (listed and len(name) == 2):
            yield start, m.end()


@cache
def _place_characters() -> frozenset[str]:
    wide = (r.name for r in regions.table() if r.level != "县")
    return frozenset(c for name in wide for c in regions.bare(name)) | frozenset(
        "沪渝冀晋皖闽赣鲁豫鄂湘粤琼蜀黔滇陇秦港澳台杭甬"
    )


def of_places(name: str) -> bool:
    """Expressways are called by one character of each end (京港澳, 沪昆)."""
    return 2 <= len(name) <= 3 and _place_characters().issuperset(name)


@lru_cache(maxsize=2)
def ordinary(known: Knowledge) -> tuple[str, ...]:
    """Words before 路 or 高速 that name no road."""
    return known.words("road-ordinary")


def _name_start(text: str, at: int, low: int) -> int:
    """Start of at most five name characters before ``at``, after a boundary or verb; ``at`` if there are more."""
    boundaries = words().boundaries
    start = at
    while start > low and at - start < 9 and _BETWEEN.match(text[start - 1]) and text[start - 1] not in boundaries:
        start -= 1
    begun = max((m.end() for m in _verbs(knowledge()).finditer(text, start, at)), default=start)
    place = _PLACE.match(text, begun, at)
    begun = place.end() if place else begun
    return begun if at - begun < 6 else at


def _known_start(text: str, at: int, low: int) -> int:
    """Start of a usual street name that holds a verb or a function word (建设路, 向阳路), 0 when there is none."""
    for name in knowledge().words("street-names"):
        start = at - len(name)
        if text.startswith(name, max(low, start)) and (start <= low or _OPEN.match(text[start - 1])):
            return start
    return 0


@lru_cache(maxsize=2)
def _verbs(known: Knowledge) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, longest_first([*known.words("verbs"), *known.words("verbs-road")]))))
