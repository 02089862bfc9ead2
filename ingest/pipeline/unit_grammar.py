"""Names of public bodies in a stretch of text: read from the suffix to the left.

    [region]* [level or determiner] [stem | inner body]* suffix          聊城市公安局交巡警支队, 各县(市、区)交安委

A suffix that needs more than is there gives nothing (``局`` without a stem), an open one takes a proper name up to
the next verb or boundary (云龙大队). Lists that share a head (A、B等部门) are in ``unit_lists``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ingest.fold import fold
from ingest.lexicon import Entry
from ingest.pipeline.unit_words import (
    HAN,
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
PROPER_LENGTH = 12
AREA_NAME = 4
TITLE_REACH = 200
"""How far into a text its title may begin."""
_HAN = re.compile(f"[{HAN}]")
_HAN_NAME = re.compile(f"[{HAN}]+")
_BEFORE_NOUN = frozenset("由和与及、对向):;,。 \n")
_TAIL_HAN = re.compile(f"[{HAN}A-Za-z0-9·]*\\Z")
_TAIL_QUOTED = re.compile(f"[{HAN}A-Za-z0-9·“”]*\\Z")
_AREA = re.compile(
    "(?:综合实验|经济技术开发|高新技术产业开发|经济开发|高新技术开发|高新|经开|开发|示范|旅游度假|度假|综合保税|保税|工业园|产业园|"
    "风景名胜|风景|实验|试验|管理|园|片|新)区\\Z"
)
_PLACE = re.compile(rf"(?:^|[\n《、>:][ \t]*)([{HAN}]{{2,4}}?(?:省|市|县|区|旗|镇|乡|街道))(?![{HAN}]?[、)])", re.M)
_TITLE_TAIL = re.compile(r"长(?![期效年远假])")
_TITLE = re.compile(r"^[^,。;!?\n]{1,80}$", re.M)
_TEAMS = ("总队", "支队", "大队", "中队")


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


@dataclass(frozen=True)
class Source:
    """A text prepared for reading: folded, with the unknown places it names in plain positions (line start, list)."""

    text: str
    folded: str
    places: frozenset[str]


@lru_cache(maxsize=4)
def source(text: str) -> Source:
    """The prepared form of ``text``, kept for the calls of one document."""
    folded = fold(text)
    found = {m.group(1) for m in _PLACE.finditer(folded)}
    return Source(text, folded, frozenset(p for p in found if _plausible_place(p)))


def _plausible_place(name: str) -> bool:
    vocabulary = words()
    if name in vocabulary.region_areas or vocabulary.boundaries & set(name) or name[0] in "全我本各上":
        return False
    if any(
        name[:-1].endswith(t)
        for t in ("城", "社", "辖", "园", "郊", "景", "山", "灾", "地", "小", "校", "库", "战", "片")
    ):
        return False
    if name[0] in PLACE_CLASSES and name[1] in "委局厅办政":
        return False
    return not vocabulary.verb_ends.search(name)


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
    if suffix in _TEAMS and not left.stems and (m := ORDINAL_BEFORE.search(text, max(low, left.start - 6), left.start)):
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
        if stem is not None and stem.place and _area(src, at, low) < start:
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
    regions, at = _regions(src, left.start, floor)
    if not regions and (m := LEVEL_BEFORE.search(text, max(floor, left.start - 16), left.start)):
        start = _level_start(v, text, m.start(), left.start)
        if start < left.start:
            left.level, left.start = text[start : left.start], start
            left.level_start = start
            if m := REDACTED_BEFORE.search(text, max(floor, start - 6), start):
                left.start, left.redacted = m.start(), True
            regions, at = _regions(src, left.start, floor)
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


def _regions(src: Source, at: int, floor: int) -> tuple[tuple[str, ...], int]:
    """Known or attested places that end at ``at``, chained: (湖南省, 岳阳市)."""
    text, v = src.folded, words()
    found: list[str] = []
    while len(found) < 4:
        known = next((s for s in v.full_regions.endings(text, at, floor) if whole_place(text, s, at)), at)
        attested = next((at - n for n in (6, 5, 4, 3) if at - n >= floor and text[at - n : at] in src.places), at)
        start = min(known, attested)
        if start == at:
            start = _area(src, at, floor)
        if start == at:
            start = _unknown(v, text, at, floor)
        if start == at:
            break
        found.insert(0, text[start:at])
        at = start
    return tuple(found), at


def _area(src: Source, at: int, floor: int) -> int:
    """Start of a named area before ``at`` (东湖高新区), else ``at``: two to four characters and its kind."""
    kind = _AREA.search(src.folded, max(floor, at - 10), at)
    if kind is None:
        return at
    start = proper_start(src, kind.start(), floor, AREA_NAME)
    start = max((i + 1 for i in range(start, kind.start()) if src.folded[i] in PLACE_CLASSES), default=start)
    name = src.folded[start : kind.start()]
    named = 2 <= len(name) <= AREA_NAME and name not in words().adjectives
    return start if named and name[0] not in "全各本我该" and name[-1] not in "级个类型家内外" else at


def _unknown(v: Words, text: str, at: int, floor: int) -> int:
    """Start of an unknown place before ``at`` where a noun must stand (由石桥镇…, 、云岭县…), else ``at``."""
    size = 2 if text.startswith("街道", at - 2) else 1
    if text[at - 1 : at] not in PLACE_CLASSES and size == 1:
        return at
    for start in range(at - size - 2, max(floor, at - size - 3) - 1, -1):
        if text[start] in _BEFORE_NOUN:
            name = text[start + 1 : at]
            return start + 1 if _HAN_NAME.fullmatch(name) and len(name) > size + 1 and _plausible_place(name) else at
    return at


def whole_place(text: str, start: int, end: int) -> bool:
    """和县 after a word is 和 and 县, 管理县… no 理县: a name of two characters stands free, or after its parent or a verb.

    会同县教育局 means 会同 and 县教育局: a county whose name is a verb counts after its parent (怀化市会同县), or
    where a title, a line without a comma or full stop, begins with it.
    """
    v = words()
    before = text[start - 1 : start]
    if start in v.verb_trie.endings(text, end - 1, start):
        return before in set("省市州") or (start < TITLE_REACH and _TITLE.match(text, start) is not None)
    if end - start > 2 or not _HAN.match(before):
        return True
    if text[start] in v.boundaries:
        return False
    return before in v.boundaries | set("省市州") or bool(v.verb_trie.endings(text, start, max(0, start - 6)))


def bare_region(src: Source, at: int, floor: int) -> int | None:
    """Start of a bare place name (长沙, or 东屿 where the text names 东屿区) that ends at ``at``."""
    text, v = src.folded, words()
    known = next(iter(v.bare_regions.endings(text, at, floor)), None)
    if known is not None:
        return known
    for n in (4, 3, 2):
        if at - n >= floor and any(text[at - n : at] + c in src.places for c in "县市区镇乡"):
            return at - n
    return None


def proper_start(src: Source, at: int, floor: int, limit: int = PROPER_LENGTH, *, group: bool = False) -> int:
    """Start of a run of name characters that ends at ``at``, cut after the last verb or boundary character.

    ``group``: names of working groups contain verbs (集中整治行动领导小组), so only the hard ones cut.
    """
    text, v = src.folded, words()
    run = (_TAIL_QUOTED if group else _TAIL_HAN).search(text, max(floor, at - limit), at)
    start = run.start() if run else at
    verbs = v.hard_verb_ends if group else v.verb_ends
    start = max((m.end() for m in verbs.finditer(text, start, at)), default=start)
    for i in range(at - 1, start - 1, -1):
        if text[i] in v.boundaries:
            return i + 1
    return start


def anchors(src: Source, start: int, end: int) -> Iterable[re.Match[str]]:
    """Words a name may end in, without those that are a person's post (支队长)."""
    for m in words().anchors.finditer(src.folded, start, end):
        if not _TITLE_TAIL.match(src.folded, m.end()) or m.group().endswith("工会"):
            yield m
