"""zh_structure: the tree of headings and items, and sentences.

A heading's place follows from the rank of its number: it closes everything of the same or a lower rank. What the page
itself breaks (hidden text, an attachment, a second title) starts a new part: nothing is part of anything across it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from ingest.annotations import text_of
from ingest.extraction import SectionSpan
from ingest.pipeline.headings import Heading, find_headings
from ingest.pipeline.lines import end_without_blanks, without_blanks
from ingest.pipeline.numbering import FIRST, SECOND, SPOKEN, THIRD
from ingest.pipeline.paragraphs import Paragraph, paragraphs_of

MAX_SENTENCE = 800
_READ = frozenset({"body", "title", "recipients", "caption", "byline", "signature", "table"})
_SENTENCE = re.compile(r"[^。！？!?]*(?:[。！？!?]+[”’）)】》]*|\Z)", re.DOTALL)


@Language.component("zh_structure")
def zh_structure(doc: Doc) -> Doc:
    """Fill ``doc._.sections`` and ``doc._.sentences``."""
    text = text_of(doc)
    paragraphs = paragraphs_of(doc)
    body = [p for p in paragraphs if p.zone == "body"]
    headings = _senior_spoken(find_headings(text, body))
    doc._.sections = _tree(text, headings, body)
    starts = sorted({h.mark_start for h in headings})
    doc._.sentences = [s for p in paragraphs if p.zone in _READ for s in _sentences(text, p, starts)]
    return doc


def _senior_spoken(headings: list[Heading]) -> list[Heading]:
    """一是 with 1. 2. beneath it (二是 goes on after them) stands above them, as （一） would."""
    ranks = [h.rank for h in headings]
    run: list[int] = []
    for i, heading in enumerate(headings):
        if heading.rank != SPOKEN:
            continue
        run = [*run, i] if run and heading.ordinal == headings[run[-1]].ordinal + 1 else [i]
        under = headings[run[-2] + 1 : i] if len(run) > 1 else []
        if under and under[0].rank == THIRD and under[0].ordinal == 1 and all(h.rank >= THIRD for h in under):
            for member in run:
                ranks[member] = SECOND + 0.5
    return [h if h.rank == rank else replace(h, rank=rank) for h, rank in zip(headings, ranks, strict=True)]


def _tree(text: str, headings: list[Heading], body: list[Paragraph]) -> list[SectionSpan]:
    """Sections in order, parents before children."""
    sections: list[SectionSpan] = []
    open_: list[int] = []
    last_end = {p.part: p.end for p in body}
    bounds: list[int] = []
    counters: dict[int | None, int] = {}
    restarts, part = 0, -1
    for heading in headings:
        if heading.part != part or _restarts(heading, open_, headings):
            if heading.part == part:
                for index in open_:
                    bounds[index] = heading.mark_start
            restarts += part != -1
            part, open_ = heading.part, []
            counters.pop(None, None)
        while open_ and headings[open_[-1]].rank >= heading.rank:
            bounds[open_.pop()] = heading.mark_start
        parent = open_[-1] if open_ else None
        counters[parent] = counters.get(parent, 0) + 1
        prefix = sections[parent].path + "." if parent is not None else f"{restarts + 1}:" if restarts else ""
        index = len(sections)
        level = len(open_) + 1
        sections.append(
            SectionSpan(heading.number, level, heading.start, heading.end, 0, f"{prefix}{counters[parent]}", parent)
        )
        bounds.append(last_end[heading.part])
        open_.append(index)
    ends = [end_without_blanks(text, s.end, bound) for s, bound in zip(sections, bounds, strict=True)]
    return [replace(s, body_end=end) for s, end in zip(sections, ends, strict=True)]


def _restarts(heading: Heading, open_: list[int], headings: list[Heading]) -> bool:
    """A senior number that begins again at one, while its like is open, opens another text (collections of essays)."""
    if heading.rank != FIRST or heading.ordinal != 1 or not open_:
        return False
    top = headings[open_[0]]
    return top.rank == FIRST and top.ordinal >= 2


def _sentences(text: str, paragraph: Paragraph, starts: list[int]) -> list[tuple[int, int]]:
    """Sentences of a paragraph, also cut where an inline item begins; outer blanks are left out."""
    found: list[tuple[int, int]] = []
    cuts = starts[bisect_right(starts, paragraph.start) : bisect_left(starts, paragraph.end)]
    edges = [paragraph.start, *cuts, paragraph.end]
    for first, last in pairwise(edges):
        for match in _SENTENCE.finditer(text, first, last):
            found.extend(_bounded(text, *without_blanks(text, *match.span())))
    return found


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, cut at its last comma before MAX_SENTENCE as often as it is longer: work on it stays linear."""
    while end - start > MAX_SENTENCE:
        cut = max(text.rfind(c, start, start + MAX_SENTENCE) + 1 for c in "，,；;、 ")
        cut = cut if cut > start else start + MAX_SENTENCE
        yield start, cut
        start = cut
    if end > start:
        yield start, end
