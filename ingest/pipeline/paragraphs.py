"""Paragraphs: lines that belong together, hard wraps repaired as a view."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from ingest.annotations import text_of
from ingest.pipeline.lines import SENTENCE_END, Line, lines_of
from ingest.pipeline.numbering import marker_at

_BREAKS = frozenset({"hidden", "attachment", "title"})
_WRAP_LENGTH = 15
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,10}[：:]")
_CLOSING = SENTENCE_END + "；;：:”）)】》"
_TITLE_END = re.compile(r"[。！？!?]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are one paragraph: ``start``-``end`` without outer blanks; ``part`` counts the breaks before it."""

    start: int
    end: int
    zone: str
    part: int
    gap_after: bool


def paragraphs_of(doc: Doc) -> list[Paragraph]:
    """Paragraphs of every zone in order. Two lines are joined when the first breaks off in mid-sentence."""
    text, zones = text_of(doc), list(doc._.zones)
    found: list[Paragraph] = []
    position, part, blank = 0, 0, False
    last: Line | None = None
    lines = lines_of(text)
    width = _wrap_width(lines)
    for line in lines:
        while line.start >= zones[position].end:
            position += 1
            part += zones[position].kind in _BREAKS
        if line.blank:
            blank = True
            continue
        kind = zones[position].kind
        inside = last is not None and kind == "body" == found[-1].zone
        if inside and last and _wraps(last, line, text[found[-1].start : found[-1].end], width, blank):
            found[-1] = replace(found[-1], end=line.last)
        else:
            if found:
                found[-1] = replace(found[-1], gap_after=blank)
            found.append(Paragraph(line.first, line.last, kind, part, False))
        last, blank = line, False
    return found


def _wrap_width(lines: list[Line]) -> int:
    """Length from which a line without closing mark is a wrapped one; 50 unless the text was cut to a page's width."""
    long_ = [line for line in lines if len(line.content) >= _WRAP_LENGTH]
    open_ = sorted(len(line.content) for line in long_ if line.content[-1] not in _CLOSING)
    if len(open_) < 5 or len(open_) < 0.4 * len(long_):
        return 50
    return max(_WRAP_LENGTH, open_[len(open_) // 2] * 4 // 5)


def _wraps(last: Line, line: Line, paragraph: str, width: int, blank: bool) -> bool:
    """Does ``line`` go on where ``last``, the end of ``paragraph`` so far, broke off?"""
    ending = last.content[-1]
    if ending in _CLOSING or len(last.content) < _WRAP_LENGTH:
        return False
    if marker_at(line.head) is not None or _LABEL.match(line.head) or line.head.startswith(("（", "(", "#")):
        return False
    if ending in "，,、":
        return True
    if blank or len(last.content) < width:
        return False
    return width < 50 or _TITLE_END.search(paragraph) is not None or marker_at(paragraph[:40]) is None
