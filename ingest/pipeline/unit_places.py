"""Places in names of bodies: known and attested ones, named areas, unknown ones where a noun must stand.

Also the run of name characters that a proper name may be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from graph.patterns import any_of
from ingest.fold import fold
from ingest.genre import genre
from ingest.lexicon import Knowledge, knowledge
from ingest.pipeline.unit_words import HAN, PLACE_CLASSES, words

PROPER_LENGTH = 12
AREA_NAME = 4
TITLE_REACH = 200
"""How far into a text its title may begin."""
_HAN = re.compile(f"[{HAN}]")
_HAN_NAME = re.compile(f"[{HAN}]+")
_BEFORE_NOUN = frozenset("由和与及、对向在受经据按报于将把从自为):;,。 \n")
_TAIL_HAN = re.compile(f"[{HAN}A-Za-z0-9·]*\\Z")
_TAIL_QUOTED = re.compile(f"[{HAN}A-Za-z0-9·“”]*\\Z")
_AREA = re.compile(
    "(?:综合实验|经济技术开发|高新技术产业开发|经济开发|高新技术开发|高新|经开|开发|示范|旅游度假|度假|综合保税|保税|工业园|产业园|"
    "风景名胜|风景|实验|试验|管理|园|片|新)区\\Z"
)
_PLACE = re.compile(rf"(?:^|[\n《、>:][ \t]*)([{HAN}]{{2,4}}?(?:省|市|县|区|旗|镇|乡|街道))(?![{HAN}]?[、)])", re.M)
_ACTION = re.compile(any_of(genre().actions))
_TITLE = re.compile(r"^[^,。;!?\n]{1,80}$", re.M)


@dataclass(frozen=True)
class Source:
    """A text prepared for reading: folded, with the unknown places it names in plain positions (line start, list)."""

    text: str
    folded: str
    places: frozenset[str]


def source(text: str) -> Source:
    """The prepared form of ``text``, kept for the calls of one document."""
    return _source(text, knowledge())


@lru_cache(maxsize=4)
def _source(text: str, _: Knowledge) -> Source:
    # What is a plausible place depends on the words in force, so they are part of the key.
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


def places_before(src: Source, at: int, floor: int) -> tuple[tuple[str, ...], int]:
    """Known or attested places that end at ``at``, chained: (湖南省, 岳阳市)."""
    found: list[str] = []
    while len(found) < 4:
        start = _known(src, at, floor)
        if start == at:
            start = area_start(src, at, floor)
        if start == at:
            start = _unknown(src, at, floor)
        if start == at:
            break
        found.insert(0, src.folded[start:at])
        at = start
    return tuple(found), at


def area_start(src: Source, at: int, floor: int) -> int:
    """Start of a named area before ``at`` (东湖高新区), else ``at``: two to four characters and its kind."""
    kind = _AREA.search(src.folded, max(floor, at - 10), at)
    if kind is None:
        return at
    start = proper_start(src, kind.start(), floor, AREA_NAME)
    start = max((i + 1 for i in range(start, kind.start()) if src.folded[i] in PLACE_CLASSES), default=start)
    name = src.folded[start : kind.start()]
    named = 2 <= len(name) <= AREA_NAME and name not in words().adjectives
    return start if named and name[0] not in "全各本我该" and name[-1] not in "级个类型家内外" else at


def _known(src: Source, at: int, floor: int) -> int:
    """Start of the longest place of the table, or of those the text names, that ends at ``at``, else ``at``."""
    text, v = src.folded, words()
    known = next((s for s in v.full_regions.endings(text, at, floor) if whole_place(text, s, at)), at)
    attested = next((at - n for n in (6, 5, 4, 3) if at - n >= floor and text[at - n : at] in src.places), at)
    return min(known, attested)


def _unknown(src: Source, at: int, floor: int) -> int:
    """Start of an unknown place before ``at`` where a noun must stand (由石桥镇…, 岳阳市石桥镇…), else ``at``."""
    text = src.folded
    size = 2 if text.startswith("街道", at - 2) else 1
    if text[at - 1 : at] not in PLACE_CLASSES and size == 1:
        return at
    for start in range(at - size - 2, max(floor, at - size - 4) - 1, -1):
        within = text[start] in PLACE_CLASSES and _known(src, start + 1, floor) <= start
        if text[start] in _BEFORE_NOUN or within or _verb_ends(text, start + 1, floor):
            name = text[start + 1 : at]
            return start + 1 if _HAN_NAME.fullmatch(name) and len(name) > size + 1 and _plausible_place(name) else at
    return at


def _verb_ends(text: str, at: int, floor: int) -> bool:
    """Does a verb of two characters end at ``at`` (贯彻|澜川市公安局), and no other begin? Then a noun begins."""
    action = _ACTION.match(text, at)
    if action is not None and action.end() - at >= 2:
        return False
    return any(at - start >= 2 for start in words().verb_trie.endings(text, at, max(floor, at - 6)))


def whole_place(text: str, start: int, end: int) -> bool:
    """和县 after a word is 和 and 县, 管理县 no 理县: two characters stand free, or after their parent or a verb.

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
