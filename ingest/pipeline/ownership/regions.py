"""The stretch of text that belongs to each heading, with the task it states: where duties are looked for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc

from ingest.annotations import mentions, once, sections, sentences, text_of, within
from ingest.extraction import Mention, SectionSpan
from ingest.pipeline.ownership.statements import outermost
from ingest.pipeline.subject import names_body, opening_subject
from ingest.pipeline.tables import table_rows
from ingest.pipeline.tasks import own_end

Offsets = tuple[int, int]

_FURTHER = re.compile(r"[；;]")
"""Where a title goes on with another subject of its own, each has its part."""


@dataclass(frozen=True, slots=True)
class Region:
    """Own text of one heading: without its numbered children.

    ``task``: the task the heading states, None when it states none. ``heading``: bodies that this heading or one above
    it names as its subject (department headings), with ``basis`` the place. ``title_end``: where the title ends.
    ``names_itself``: the body stands in this very heading.
    """

    start: int
    end: int
    title_end: int
    task: Mention | None
    heading: tuple[Mention, ...] = ()
    basis: Offsets | None = None
    names_itself: bool = False
    row: bool = False
    section: int | None = None


def regions_of(doc: Doc) -> list[Region]:
    """Regions in order: the opening before the first heading, every heading, every table row.

    To be asked for when headings and rows have their tasks; the measures that owners add later are no regions.
    """
    return once(doc, regions_of, lambda: _regions(doc))


def _regions(doc: Doc) -> list[Region]:
    by_start = {(m.start, m.end): m for m in mentions(doc, "Task")}
    by_path = {m.attributes["path"]: m for m in mentions(doc, "Task")}
    text, all_sections = text_of(doc), sections(doc)
    found = [_opening(doc)]
    headed: dict[int, tuple[tuple[Mention, ...], Offsets]] = {}
    for index, section in enumerate(all_sections):
        if names_body(text, section.start, section.end):
            units = tuple(outermost(within(doc, "Unit", section.start, section.end)))
            if units:
                headed[index] = (units, (section.start, section.end))
        above = [index] if index in headed else []
        parent = section.parent
        while parent is not None and not above:
            above = [parent] if parent in headed else []
            parent = all_sections[parent].parent
        units, basis = headed[above[0]] if above else ((), None)
        if subject := _subject(doc, section):
            units, basis = subject, None
        task = by_path.get(section.path)
        found.append(
            Region(section.start, own_end(doc, index), section.end, task, units, basis, index in headed, section=index)
        )
    for row in table_rows(doc):
        if row.task and row.task in by_start:
            found.append(Region(row.start, row.end, row.task[1], by_start[row.task], row=True))
    return found


def _subject(doc: Doc, section: SectionSpan) -> tuple[Mention, ...]:
    """The bodies that open the heading as its only subject (区公安局负责…, 各村：…)."""
    text = text_of(doc)
    subject = opening_subject(text, section.start, section.end)
    if subject is None:
        return ()
    for further in _FURTHER.finditer(text, subject.end, section.end):
        if opening_subject(text, further.end(), section.end) is not None:
            return ()
    return tuple(outermost(within(doc, "Unit", section.start, subject.end)))


def _opening(doc: Doc) -> Region:
    first = min((s.start for s in sections(doc)), default=len(text_of(doc)))
    body = next((z.start for z in doc._.zones if z.kind == "body"), 0)
    return Region(min(body, first), first, min(body, first), None)


def sentences_in(doc: Doc, start: int, end: int) -> list[Offsets]:
    """Sentences that overlap the stretch, cut to it."""
    found = sentences(doc)
    first = bisect_right(found, start, key=lambda s: s[1])
    last = bisect_left(found, end, key=lambda s: s[0])
    return [(max(a, start), min(b, end)) for a, b in found[first:last] if min(b, end) > max(a, start)]
