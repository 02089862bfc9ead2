"""Names of public bodies in a stretch of text: read from the suffix to the left.

    [region]* [level or determiner] [stem | inner body]* suffix          聊城市公安局交巡警支队, 各县(市、区)交安委

A suffix that needs more than is there gives nothing (``局`` without a stem), an open one takes a proper name up to
the next verb or boundary (云龙大队). Places are in ``unit_places``, lists that share a head (A、B等部门) in
``unit_lists``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.lexicon import Entry
from ingest.pipeline.unit_places import Source, area_start, places_before
from ingest.pipeline.unit_words import (
    LEVEL_BEFORE,
    NATIONAL_BEFORE,
    ORDINAL_BEFORE,
    PLACE_CLASSES,
    REDACTED_BEFORE,
    Words,
    words,
)

REACH = 40
"""Longest name read, in characters: every step to the left stays within it."""
_TITLE_TAIL = re.compile(r"长(?![期效年远假])")
TEAMS = ("总队", "支队", "大队", "中队")


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """A body as written. ``start``-``end`` as always; the rest tells resolution how the name is made.

    ``regions``: place names before it, widest first; ``level``: level words or determiner (市 各县(市、区) 我);
    ``core``: the words of the body itself (公安局交警支队); ``stems``: knowledge stems in it, left to right;
    ``entry``: id of the knowledge entry of its last word; ``canonical``: the full form where the text has less.
    """

    start: int
    end: int
    text: str
    rule: str
    confidence: float
    kind: str
    domain: str = ""
    rank: str = ""
    regions: tuple[str, ...] = ()
    level: str = ""
    core: str = ""
    stems: tuple[str, ...] = ()
    entry: str = ""
    canonical: str = ""
    generic: bool = False
    subtype: str = ""
    redacted: bool = False


@dataclass(slots=True)
class Left:
    """What was read to the left of a suffix so far."""

    start: int
    stems: list[Entry]
    inner: bool = False
    regions: tuple[str, ...] = ()
    level: str = ""
    level_start: int = -1
    redacted: bool = False
    proper: bool = False
    core: int = 0

    @property
    def prefixed(self) -> bool:
        return bool(self.regions or self.level or self.redacted)


def read_left(src: Source, at: int, low: int, suffix: str) -> Left:
    """Stems, inner bodies, level and regions that end at ``at``."""
    vocabulary, text = words(), src.folded
    low = max(low, at - REACH)
    left = Left(at, [])
    while True:
        start, entry = _atom(vocabulary, src, left.start, low, suffix)
        if start is None:
            break
        left.start = start
        if entry is None:
            left.inner = True
        else:
            left.stems.insert(0, entry)
    if left.stems and suffix in vocabulary.charged:
        _paired(src, left, low)
    if suffix in TEAMS and not left.stems and (m := ORDINAL_BEFORE.search(text, max(low, left.start - 6), left.start)):
        left.start, left.proper = m.start(), True
        again = read_left(src, left.start, low, "")
        if again.stems or again.prefixed:
            again.proper = True
            return again
    left.core = left.start
    read_prefix(src, left, low)
    return left


def _paired(src: Source, left: Left, low: int) -> None:
    """Step over 和 or 与 to a second field of the same body, with a level or place before it: 区|交通与建设|局."""
    text, v = src.folded, words()
    at = left.start - 1
    if text[max(low, at) : at + 1] not in ("和", "与"):
        return
    start, entry = _atom(v, src, at, low, "")
    if start is None or entry is None or entry.inner:
        return
    before = Left(start, [], core=start)
    read_prefix(src, before, low)
    if before.prefixed:
        left.start = start
        left.stems.insert(0, entry)


def _atom(v: Words, src: Source, at: int, low: int, suffix: str) -> tuple[int | None, Entry | None]:
    text = src.folded
    for start in v.atoms.endings(text, at, max(low, at - REACH)):
        word = text[start:at]
        stem = v.stems.get(word)
        if stem is not None and stem.place and area_start(src, at, low) < start:
            return None, None  # 云坪经济开发区 is read whole, as a place
        if stem is not None:
            if not stem.only or text.startswith(stem.only, at):
                return start, stem
            continue
        if len(word) > 1 or _supported(v, text, start, low):
            return start, None
    return None, None


def _supported(v: Words, text: str, at: int, low: int) -> bool:
    """A one-character inner suffix (局 委 办) counts only where a stem or a level stands before it."""
    if at <= low:
        return False
    return text[at - 1] in PLACE_CLASSES or any(text[s:at] in v.stems for s in v.atoms.endings(text, at, low))


def read_prefix(src: Source, left: Left, low: int) -> None:
    """Read level words and regions before ``left.start``."""
    text, v = src.folded, words()
    floor = max(low, left.start - REACH)
    if m := REDACTED_BEFORE.search(text, max(floor, left.start - 6), left.start):
        left.start, left.redacted = m.start(), True
        again = Left(left.start, [])
        read_prefix(src, again, low)
        left.start, left.regions = again.start, again.regions
        return
    if NATIONAL_BEFORE.search(text, max(floor, left.start - 2), left.start):
        left.start -= 2
        left.level = text[left.start : left.start + 2]
        left.level_start = left.start
        return
    regions, at = places_before(src, left.start, floor)
    if not regions and (m := LEVEL_BEFORE.search(text, max(floor, left.start - 16), left.start)):
        start = _level_start(v, text, m.start(), left.start)
        if start < left.start:
            left.level, left.start = text[start : left.start], start
            left.level_start = start
            if m := REDACTED_BEFORE.search(text, max(floor, start - 6), start):
                left.start, left.redacted = m.start(), True
            regions, at = places_before(src, left.start, floor)
    if regions:
        left.regions, left.start = regions, at
        if text[max(floor, at - 1) : at] in {"全", "各"}:
            left.start -= 1


def _level_start(v: Words, text: str, start: int, end: int) -> int:
    """Drop class words that belong to another word: 城|区, 社|区, 超|市."""
    if v.verb_trie.endings(text, start + 1, max(0, start - 4)):
        start += 1  # 健全|市乡: the first character is the end of a verb
    while (
        start < end
        and text[start : start + 1] in "区市乡"
        and text[max(0, start - 1) : start] in set("城社园景郊小山地灾校辖超都战库")
    ):
        start += 1
    return start


def anchors(src: Source, start: int, end: int) -> Iterable[re.Match[str]]:
    """Words a name may end in, without those that are a person's post (支队长)."""
    for m in words().anchors.finditer(src.folded, start, end):
        if not _TITLE_TAIL.match(src.folded, m.end()) or m.group().endswith("工会"):
            yield m
