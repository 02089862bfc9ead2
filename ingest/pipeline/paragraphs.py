"""Paragraphs: lines that belong together, hard wraps repaired as a view."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from ingest.annotations import text_of
from ingest.pipeline.lines import CLOSING, Line, lines_of
from ingest.pipeline.numbering import begins_anew, marker_at

_BREAKS = frozenset({"hidden", "attachment", "title"})
_WRAP_LENGTH = 15
_LONG_LINE = 50
"""A line as long as this without a closing mark goes on; shorter ones do where a page cut them (``reading_view``)."""
_TITLE_END = re.compile(r"[。！？!?]")


@dataclass(slots=True)
class Paragraph:
    """Lines that are one paragraph: ``start``-``end`` without outer blanks; ``part`` counts the breaks before it.

    ``running``: a sentence ends in it, so it is running text and no title.
    """

    start: int
    end: int
    zone: str
    part: int
    running: bool


def paragraphs_of(doc: Doc) -> list[Paragraph]:
    """Paragraphs of every zone in order. Two lines are joined when the first breaks off in mid-sentence."""
    text, zones = text_of(doc), list(doc._.zones)
    found: list[Paragraph] = []
    position, part, blank = 0, 0, False
    last: Line | None = None
    for line in lines_of(text):
        while line.start >= zones[position].end:
            position += 1
            part += zones[position].kind in _BREAKS
        if line.blank:
            blank = True
            continue
        kind = zones[position].kind
        running = _TITLE_END.search(text, line.first, line.last) is not None
        inside = last is not None and kind == "body" == found[-1].zone
        if inside and last and _wraps(text, last, line, found[-1], blank):
            found[-1].end = line.last
            found[-1].running |= running
        else:
            found.append(Paragraph(line.first, line.last, kind, part, running))
        last, blank = line, False
    return found


def _wraps(text: str, last: Line, line: Line, paragraph: Paragraph, blank: bool) -> bool:
    """Does ``line`` go on where ``last``, the end of ``paragraph`` so far, broke off?"""
    ending = last.content[-1]
    if ending in CLOSING or len(last.content) < _WRAP_LENGTH:
        return False
    if begins_anew(line.head):
        return False
    if ending in "，,、":
        return True
    head = text[paragraph.start : min(paragraph.end, paragraph.start + 40)]
    long_ = not blank and len(last.content) >= _LONG_LINE
    return long_ and (paragraph.running or marker_at(head) is None)
