"""``find_units``: every name of a public body in a stretch of text, by the grammar of ``unit_grammar``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from ingest.lexicon import Entry, Knowledge, knowledge
from ingest.pipeline.unit_grammar import (
    TEAMS,
    Left,
    UnitSpan,
    anchors,
    read_left,
    read_prefix,
)
from ingest.pipeline.unit_lists import collectives, forces, listed_items, neighbours, shared_heads, subbureaus, vague
from ingest.pipeline.unit_places import PROPER_LENGTH, Source, bare_region, proper_start, source
from ingest.pipeline.unit_words import HAN, NATIONAL_BEFORE, WITHIN_FIELD, words

GROUP_LENGTH = 24
CHARGE_LENGTH = 8
BARE_LENGTH = 6
_NAME_CHARACTER = re.compile(f"[{HAN}]")
_ENDS_FIELD = frozenset("局办厅队")
_NO_FIELD = frozenset("与和内外里上下级直属各有的委人辖")
"""What a field's name does not begin with: 县内…, 市直…, 区委…."""
_OFFICE = re.compile(
    rf"([{HAN}0-9]{{1,10}}(?:科|股|室|处|所|中队|大队|站|中心|办|组))"
    r"(?:(?:的|主要|工作|岗位){0,2}(?:职责|任务|责任)(?:任务|分工)?)?(?:$|[：:]|(?=\n))"
)
_NO_OFFICE = re.compile("(?:小组|班组|场所|住所|站所|宿舍|教室|课室|好处|用处|各处|多处|到处|查处)$")
_TOLD = re.compile("要|应|须|负责|牵头")
_EDGE = re.compile(rf"[^{HAN}A-Za-z0-9]")


def find_units(text: str, start: int = 0, end: int | None = None, *, listed: bool = False) -> list[UnitSpan]:
    """Bodies named in ``text[start:end]``, in order, never overlapping.

    ``listed``: the stretch is a list of owners (label line, bracket, table cell), so that an item the grammar does not
    know is taken as a name whole, with lower confidence, and vague owners (各有关部门) count.
    """
    src = source(text)
    stop = len(text) if end is None else end
    if listed:
        return _find(src, start, stop, listed=True)
    known = _known(text, knowledge())
    if (start, stop) not in known:
        known[start, stop] = tuple(_find(src, start, stop, listed=False))
    return list(known[start, stop])


@lru_cache(maxsize=4)
def _known(_text: str, _knowledge: Knowledge) -> dict[tuple[int, int], tuple[UnitSpan, ...]]:
    """Bodies of the stretches read so far, of the last texts: several rules ask of the same headings."""
    return {}


def _find(src: Source, start: int, stop: int, *, listed: bool) -> list[UnitSpan]:
    found = [span for m in anchors(src, start, stop) for span in _read(src, m, start, stop)]
    found += collectives(src, start, stop)
    found += shared_heads(src, found, start, stop)
    found = _longest(found)
    found = _longest(found + neighbours(src, found, start, stop))
    found = _longest(found + subbureaus(src, found, stop))
    found = _longest(found + forces(src, found, start, stop) + vague(src, start, stop))
    found = _resident(src, found)
    if listed:
        found = _longest(found + listed_items(src, found, start, stop))
    return found


def _resident(src: Source, found: list[UnitSpan]) -> list[UnitSpan]:
    """市纪委监委驻市公安局纪检监察组 is one body: the second, with the whole name."""
    kept: list[UnitSpan] = []
    for span in found:
        between = src.folded[kept[-1].end : span.start] if kept else ""
        if between in ("驻", "派驻") and "纪检" in span.core:
            start = kept.pop().start
            kept.append(replace(span, start=start, text=src.text[start : span.end]))
        else:
            kept.append(span)
    return kept


def _longest(found: list[UnitSpan]) -> list[UnitSpan]:
    """The longest of overlapping spans, the earlier of equals."""
    kept: list[UnitSpan] = []
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.end - span.start > kept[-1].end - kept[-1].start:
            kept[-1] = span
    return kept


def _read(src: Source, anchor: re.Match[str], low: int, high: int) -> Iterator[UnitSpan]:
    v = words()
    word = anchor.group()
    if word in v.fixed and (span := _fixed(src, anchor, v.fixed[word], low)):
        yield span
        return
    proper: UnitSpan | None = None
    for suffix in v.endings_of(word):
        at = anchor.end() - len(suffix)
        left = read_left(src, at, low, suffix)
        read = (_accept(src, left, entry, suffix, at, anchor.end(), low) for entry in v.suffixes[suffix])
        charged = (_charged(src, e, suffix, at, anchor.end(), low) for e in v.suffixes[suffix] if e.charged)
        span = next((s for s in chain(read, charged) if s is not None), None)
        if span is not None and span.rule != "unit.proper" and (proper is None or span.start <= proper.start):
            yield span
            return
        # 澜川市城市|管理局 is a proper name only where 澜川市|城市管理|局 cannot be read.
        proper = proper or span
    if proper is not None:
        yield proper


def _fixed(src: Source, anchor: re.Match[str], entry: Entry, low: int) -> UnitSpan | None:
    """A word with a meaning of its own; None when a place or stem before it makes it a name read by the grammar."""
    start, end = anchor.span()
    sure_body = entry.type == "body" and entry.sure
    if entry.id == "role.self" or sure_body:
        return _span(src, start, end, entry, Left(start, [], core=start), "unit.body" if sure_body else "unit.role")
    left = read_left(src, start, low, anchor.group())
    team = anchor.group() in words().suffixes
    if team and left.proper:
        return None  # 二中队, 第三大队
    if left.start < start and (entry.type != "word" or left.stems or left.regions or left.level in {"各"}):
        if team or entry.type in {"body", "role"} or left.stems or left.inner:
            return None
        return _span(src, left.start, end, entry, left, "unit.word")
    if team and (begin := _proper(src, start, low)) is not None:
        return _span(src, begin, end, entry, Left(begin, [], proper=True, core=begin), "unit.proper", 0.7)
    rule = {"role": "unit.role", "word": "unit.word", "body": "unit.body-short"}[entry.type]
    return _span(src, start, end, entry, Left(start, [], core=start), rule)


def _proper(src: Source, at: int, low: int) -> int | None:
    """Start of a short proper name directly before a team (云龙|大队), standing free on its left."""
    begin = proper_start(src, at, low, 4)
    size = at - begin
    if not 2 <= size <= 3 or not _stands_free(src, begin, low) or src.folded[begin:at] in words().adjectives:
        return None
    return None if words().verb_trie.endings(src.folded, at, begin) else begin


def _free(src: Source, at: int, low: int) -> bool:
    """Nothing but a boundary stands to the left: start, punctuation, or a boundary character."""
    return at <= low or bool(_EDGE.match(src.folded[at - 1])) or src.folded[at - 1] in words().boundaries


def _accept(src: Source, left: Left, entry: Entry, suffix: str, at: int, end: int, low: int) -> UnitSpan | None:
    """The span when what was read satisfies what the suffix needs."""
    if not _satisfied(left, entry):
        opened = _open(src, left, entry, at, end, low)
        if opened is None and entry.needs == "name" and _free(src, at, low):
            return _span(src, at, end, entry, left, "unit.bare", 0.7)
        return opened
    start = left.start
    towns = bool(left.stems) and left.stems[0].place  # 乡镇|道安委|办: its field is known
    if not left.prefixed and not towns and entry.charged and (charged := _charged(src, entry, suffix, at, end, low)):
        return charged
    if not left.prefixed and left.stems:
        place = bare_region(src, left.core, max(low, left.core - 6))
        if place is not None:
            left.regions, start = (src.folded[place : left.core],), place
        elif suffix in TEAMS and (begin := _proper(src, left.core, low)) is not None:
            start = begin
    elif suffix.startswith("街道") and not left.prefixed:
        street = Left(at + 2, [], core=at + 2)
        read_prefix(src, street, low)
        if street.regions:  # 云坪街道|办事处: the street has a name
            return _span(src, street.start, end, entry, street, f"unit.{entry.id.removeprefix('suffix.')}")
    elif suffix == "派出所" and not left.prefixed and (begin := _proper(src, left.core, low)) is not None:
        start = begin
    elif not left.prefixed and suffix in ("分局", *TEAMS) and (opened := _open(src, left, entry, at, end, low)):
        return opened
    return _span(src, start, end, entry, left, f"unit.{entry.id.removeprefix('suffix.')}")


def _centre(left: Left) -> bool:
    """服务中心 alone is no body; 指挥中心 and 县政务服务中心 are."""
    return any(not s.generic and not s.place for s in left.stems) or (bool(left.stems) and left.prefixed)


def _satisfied(left: Left, entry: Entry) -> bool:
    stem = bool(left.stems) and (left.inner or any(s.open or (not s.inner and not s.place) for s in left.stems))
    if entry.id == "suffix.centre":
        return _centre(left)
    return {
        "none": True,
        "level": left.inner or ((left.prefixed or bool(left.stems)) and all(s.place for s in left.stems)),
        "unit": left.inner or left.prefixed,
        "stem": stem or (entry.id == "suffix.small-office" and left.inner),
        "inner": bool(left.stems) and left.stems[-1].inner,
        "name": bool(left.stems) or left.prefixed or left.inner or left.proper,
        "prefix": bool(left.stems) or left.prefixed or left.inner or left.proper,
    }[entry.needs]


def _open(src: Source, left: Left, entry: Entry, at: int, end: int, low: int) -> UnitSpan | None:
    """A suffix that takes a proper name: the run of name characters before it, cut at verbs."""
    if not entry.open:
        return None
    group = entry.kind in ("group", "enterprise")
    limit = GROUP_LENGTH if group else BARE_LENGTH if entry.needs == "name" else PROPER_LENGTH
    begin = proper_start(src, left.start, low, limit, group=group)
    if at - begin < 2 or (
        not _free(src, begin, low) and not words().verb_trie.endings(src.folded, begin, max(low, begin - 6))
    ):
        return None
    opened = Left(begin, left.stems, inner=left.inner, proper=True, core=begin)
    return _span(src, begin, end, entry, opened, "unit.proper", 0.7)


def _charged(src: Source, entry: Entry, suffix: str, at: int, end: int, low: int) -> UnitSpan | None:
    """A body of a field no list knows, made one by its level: 区|社会事业|局, 县|渣土|办, 区|交通与建设|局."""
    text, v = src.folded, words()
    if text[at - 1 : at] in v.uncharged.get(suffix, ""):
        return None
    for begin in range(at - 1, max(low, at - CHARGE_LENGTH) - 1, -1):
        character = text[begin]
        if not _NAME_CHARACTER.match(character) or character in _ENDS_FIELD:
            return None
        if character in v.boundaries and character not in WITHIN_FIELD:
            return None
        if at - begin < 2 or v.hard_verb_ends.match(text, begin):
            continue
        left = Left(begin, [], core=begin)
        read_prefix(src, left, low)
        if text[begin] in _NO_FIELD and not NATIONAL_BEFORE.fullmatch(left.level):
            continue
        if left.prefixed and (_stands_free(src, left.start, low) or _TOLD.match(text, end)):
            return _span(src, left.start, end, entry, left, "unit.charged", 0.8)
    return None


def heading_unit(text: str, start: int, end: int) -> UnitSpan | None:
    """The office that a heading names and nothing else: 秩序科, 法制室职责, 第三中队：…; else None."""
    src = source(text)
    match = _OFFICE.match(src.folded, start, min(end, start + 24))
    if match is None or any(s.start == start for s in find_units(text, start, match.end(1))):
        return None
    name = match.group(1)
    field = name[:-1].replace("办公", "")
    if words().verb_ends.match(name) or not words().names_field(field) or _NO_OFFICE.search(name):
        return None
    return UnitSpan(
        start,
        match.end(1),
        src.text[start : match.end(1)],
        "unit.heading",
        0.7,
        "department",
        core=name,
        entry="listed",
    )


def _stands_free(src: Source, at: int, low: int) -> bool:
    """A boundary or a verb stands to the left."""
    return _free(src, at, low) or bool(words().verb_trie.endings(src.folded, at, max(low, at - 6)))


def _span(src: Source, start: int, end: int, entry: Entry, left: Left, rule: str, confidence: float = 0.95) -> UnitSpan:
    stems = [s for s in left.stems if not s.place]
    kind = entry.kind
    if entry.type == "suffix" and stems and kind in {"department", "police", "coordination_body", "institution"}:
        kind = _kind(entry, stems)
    domain = entry.domain or next((s.domain for s in reversed(stems) if s.domain), "")
    coordination = kind == "coordination_body" or entry.subtype == "coordination_body"
    return UnitSpan(
        start,
        end,
        src.text[start:end],
        rule,
        confidence,
        "coordination_body" if coordination and kind != "group" else kind,
        domain,
        entry.level,
        left.regions,
        left.level,
        src.text[max(left.core, start) : end] if left.prefixed or left.stems else src.text[start:end],
        tuple(s.id for s in left.stems),
        entry.id,
        entry.canonical,
        entry.generic or left.level.startswith(("各", "有关", "基层")) or any(s.generic for s in stems),
        "coordination_body" if coordination else "",
        left.redacted,
    )


def _kind(entry: Entry, stems: list[Entry]) -> str:
    """Kind of a named body from its stems: fire fighters are no police, a committee may coordinate."""
    if any(s.kind == "coordination_body" for s in stems):
        return "coordination_body"
    if entry.kind == "police":
        return stems[0].kind if all(s.kind != "police" for s in stems) and not stems[-1].inner else "police"
    if any(s.kind == "police" for s in stems):
        return "police"
    return entry.kind
