"""Who issued a document, and for which place: signature > 发布机构/来源 > title > first acting body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from graph.patterns import any_of
from ingest.annotations import Zone, mentions, sections, sentences, text_of, within
from ingest.extraction import Mention
from ingest.genre import genre
from ingest.pipeline.lines import lines_of
from ingest.pipeline.numbering import DATE_LINE
from ingest.pipeline.unit_find import find_units
from ingest.pipeline.unit_grammar import UnitSpan
from ingest.pipeline.unit_names import formal_core, place_level
from ingest.pipeline.units import add_unit
from ingest.regions import lookup

_FIELD_VALUE = re.compile(
    any_of(genre().zones.issuer_fields, spaced=True) + r"[ \u3000]{0,4}[：:][ \u3000]{0,4}([^ \u3000\r\n|｜]{2,40})"
)
_ABOUT = re.compile(r"关于|印发|转发")
_NOT_ACTING = re.compile(r"(?:在|根据|按照|依据|贯彻|落实|遵照|经|由|受|向|报|对|为|与|和|、|“|《)$")
_PLACE = re.compile(
    r"[^\u4e00-\u9fff]{0,8}(?:19|20)?(?:\d\d年)?(?:关于)?([\u4e00-\u9fff]{2,9}?(?:省|自治区|自治州|市|地区|县|区|旗|州))(?!长|委|政府主)"
)

Basis = tuple[int, int]


def find_issuer(doc: Doc) -> tuple[Mention, Basis] | None:
    """The issuer's mention (recorded as a Unit where the page furniture names it) and where it is named."""
    for span, basis in _candidates(doc):
        issuer = add_unit(doc, span)
        _name_again(doc, span)
        return issuer, basis
    return None


def _name_again(doc: Doc, issuer: UnitSpan) -> None:
    """Record the issuer's other names in the page's head, above or below the title: a red head, 发布机构, a line."""
    text = text_of(doc)
    for zone in doc._.zones:
        if zone.kind != "header":
            continue
        for span, _ in (*_of_field(text, zone), *_of_line(text, zone.start, zone.end)):
            same = span.regions == issuer.regions and formal_core(span) == formal_core(issuer)
            team = issuer.regions and span.regions == issuer.regions and issuer.entry == "force"
            if same or (team and place_level(span)):
                add_unit(doc, span)


def _of_field(text: str, zone: Zone) -> Iterator[tuple[UnitSpan, Basis]]:
    for match in _FIELD_VALUE.finditer(text, zone.start, zone.end):
        yield from ((s, (s.start, s.end)) for s in find_units(text, *match.span(1)))


def _candidates(doc: Doc) -> Iterator[tuple[UnitSpan, Basis]]:
    text = text_of(doc)
    for zone in doc._.zones:
        if zone.kind == "signature":
            yield from ((s, (s.start, s.end)) for s in find_units(text, zone.start, zone.end, listed=False))
    for zone in doc._.zones:
        if zone.kind == "header":
            yield from _of_field(text, zone)
    for zone in doc._.zones:
        if zone.kind == "header":
            yield from _of_line(text, zone.start, zone.end)
    for zone in doc._.zones:
        if zone.kind == "title":
            yield from _of_title(text, zone.start, zone.end)
    yield from _acting(doc, text)


def _of_line(text: str, start: int, end: int) -> Iterator[tuple[UnitSpan, Basis]]:
    """A body alone on a line of the header, or before its date: the line under a title, a red head."""
    for line in lines_of(text[start:end]):
        first, last = start + line.first, start + line.last
        for span in find_units(text, first, last) if len(line.content) <= 60 else ():
            rest = text[span.end : last].strip(" \u3000)）")
            if text[first : span.start].strip("（(") == "" and (
                not rest or rest == "文件" or DATE_LINE.fullmatch(rest)
            ):
                yield span, (span.start, span.end)


def _of_title(text: str, start: int, end: int) -> Iterator[tuple[UnitSpan, Basis]]:
    """A body named in a title before 关于; after it, bodies are what the document is about."""
    about = _ABOUT.search(text, start, end)
    stop = about.start() if about else end
    for span in find_units(text, start, stop):
        if not span.generic and not _inside_quotes(text, start, span.start):
            yield span, (span.start, span.end)


def _inside_quotes(text: str, start: int, at: int) -> bool:
    before = text[start:at]
    return before.count("《") > before.count("》")


def _acting(doc: Doc, text: str) -> Iterator[tuple[UnitSpan, Basis]]:
    """The first body in the opening (before any heading) that stands where a subject stands."""
    first = min((s.start for s in sections(doc)), default=len(text))
    opening = next((z.start for z in doc._.zones if z.kind == "body"), first)
    for start, end in [s for s in sentences(doc) if opening <= s[0] and s[1] <= first][:6]:
        for span in find_units(text, start, min(end, start + 300)):
            before = text[max(start, span.start - 3) : span.start]
            if not span.generic and not _NOT_ACTING.search(before):
                yield span, (start, end)


def later_issuers(doc: Doc) -> list[Mention]:
    """Bodies that sign, in order, where several texts with signatures of their own stand in one file; else none."""
    text = text_of(doc)
    found: list[Mention] = []
    for zone in doc._.zones:
        if zone.kind == "signature":
            signed = find_units(text, zone.start, zone.end)
            found.extend(m for m in within(doc, "Unit", zone.start, zone.end) if signed and m.start == signed[0].start)
    return found if len({m.name for m in found}) > 1 else []


def find_jurisdiction(doc: Doc, issuer: Mention | None) -> tuple[str, ...]:
    """Region path from the province down, as far as the table knows it; a place it does not know stands alone."""
    for names in _place_names(doc, issuer):
        if path := _path(names):
            return path
    return ()


def _place_names(doc: Doc, issuer: Mention | None) -> Iterator[tuple[str, ...]]:
    text = text_of(doc)
    if issuer is not None:
        yield from (span.regions for span in find_units(text, issuer.start, issuer.end))
    for zone in doc._.zones:
        if zone.kind in ("title", "header", "signature", "recipients"):
            yield from (span.regions for span in find_units(text, zone.start, min(zone.end, zone.start + 600)))
        if zone.kind == "title" and (match := _PLACE.match(text, zone.start, zone.end)):
            yield (match.group(1),)
    yield from ((m.name,) for m in mentions(doc, "Region")[:3] if m.attributes.get("level") or len(m.name) > 2)


def _path(names: tuple[str, ...]) -> tuple[str, ...]:
    """Path of the places ``names`` (widest first)."""
    path: tuple[str, ...] = ()
    for name in names:
        if re.search(r"[X×xＸ*]", name):
            return ()
        region = lookup(name, path) if path else lookup(name)
        if region is None:
            region = lookup(name)
        path = region.path if region is not None else (*path, name)
    return path
