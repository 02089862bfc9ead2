"""zh_structure: paragraphs (hard wraps repaired as a view), the tree of headings and items, and sentences.

A heading's place follows from the rank of its number: it closes everything of the same or a lower rank. What the page
itself breaks (hidden text, an attachment, a second title) starts a new part: nothing is part of anything across it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from ingest.annotations import text_of
from ingest.extraction import SectionSpan
from ingest.genre import any_of, genre
from ingest.pipeline.lines import SENTENCE_END, Line, lines_of
from ingest.pipeline.numbering import FIRST, SPOKEN, SPOKEN_INSIDE, THIRD, chinese_number, marker_at
from ingest.pipeline.ownership.words import role_words

UNNUMBERED_TOP = 0.9
MAX_SENTENCE = 800
_READ = frozenset({"body", "title", "recipients", "caption", "byline", "signature", "table"})
_BREAKS = frozenset({"hidden", "attachment", "title"})
_WRAP_LENGTH = 15
_GAP_LENGTH = 40
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,10}[：:]")
_CLOSING = SENTENCE_END + "；;：:”）)】》"
_TITLE_END = re.compile(r"[。！？!?]")
_INLINE_TITLE_END = re.compile(r"[。！？!?；;]")
_COLON_TITLE = re.compile(r"[^，,、：:。；;“《（(]{4,20}[：:]")
_CLOSING_BRACKET = re.compile(r"[（(【\[]([^（()）【】\[\]\n]{4,200})[）)】\]]$")
MAX_BRACKET = 210
_HEADING_END = ".。！？!?，,；;：:、"
_ACTION = re.compile(any_of(genre().actions))
_SENTENCE = re.compile(r"[^。！？!?]*(?:[。！？!?]+[”’）)】》]*|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are one paragraph: ``start``-``end`` without outer blanks; ``part`` counts the breaks before it."""

    start: int
    end: int
    zone: str
    part: int
    gap_after: bool


@dataclass(frozen=True, slots=True)
class _Heading:
    number: str
    ordinal: int
    rank: float
    mark_start: int
    start: int
    end: int
    part: int


@Language.component("zh_structure")
def zh_structure(doc: Doc) -> Doc:
    """Fill ``doc._.sections`` and ``doc._.sentences``."""
    text = text_of(doc)
    paragraphs = paragraphs_of(doc)
    body = [p for p in paragraphs if p.zone == "body"]
    headings = _headings(text, body)
    doc._.sections = _tree(text, headings, body)
    starts = sorted({h.mark_start for h in headings})
    doc._.sentences = [s for p in paragraphs if p.zone in _READ for s in _sentences(text, p, starts)]
    return doc


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
    running = _TITLE_END.search(paragraph) is not None
    if blank:
        return running and len(last.content) >= _GAP_LENGTH
    return len(last.content) >= width and (running or width < 50 or marker_at(paragraph[:40]) is None)


def _headings(text: str, body: list[Paragraph]) -> list[_Heading]:
    found: list[_Heading] = []
    numbered = any((m := marker_at(text[p.start : p.start + 40])) is not None and m.rank <= THIRD for p in body)
    for i, paragraph in enumerate(body):
        head = text[paragraph.start : min(paragraph.end, paragraph.start + 40)]
        marker = marker_at(head)
        if marker is not None and not (marker.rank == SPOKEN and not _spoken_heading(head)):
            start = paragraph.start + marker.length
            end = _title_end(text, start, paragraph.end, inline=marker.rank == SPOKEN)
            if end > start:
                found.append(
                    _Heading(marker.number, marker.ordinal, marker.rank, paragraph.start, start, end, paragraph.part)
                )
        elif (rank := _unnumbered_rank(text, body, i, numbered)) is not None:
            found.append(_Heading("", 0, rank, paragraph.start, paragraph.start, paragraph.end, paragraph.part))
            continue
        found.extend(_inline(text, paragraph))
    return found


def _spoken_heading(head: str) -> bool:
    """一是 opens an item; 一要 too, but 二要素 or 一是一 do not occur at the start of a paragraph."""
    return head[1:2] in "是要" or head[2:3] in "是要"


def _title_end(text: str, start: int, end: int, *, inline: bool) -> int:
    """Where the title that begins at ``start`` ends: at the first full stop, without closing punctuation."""
    stretch = text[start:end]
    closing = (_INLINE_TITLE_END if inline else _TITLE_END).search(stretch)
    stop = closing.start() if closing else len(stretch)
    colon = _COLON_TITLE.match(stretch)
    if colon and len(stretch) - colon.end() >= 15 and _ACTION.match(stretch):
        stop = min(stop, colon.end() - 1)
    if not inline and "\n" in stretch[:stop] and closing is None:
        stop = stretch.index("\n")
    inside = SPOKEN_INSIDE.search(stretch, 0, min(stop, 300))
    if inside:
        stop = inside.start()
    stop = _before_duty_bracket(stretch, stop)
    return start + len(stretch[:stop].rstrip(" \t\r\n\u3000：:；;，,"))


def _before_duty_bracket(stretch: str, stop: int) -> int:
    """Where the title ends when a bracket that says who or by when closes it: （责任单位：A；时限：B）."""
    words = role_words()
    while closing := _CLOSING_BRACKET.search(stretch[:stop].rstrip()[-MAX_BRACKET:]):
        inside = closing.group(1)
        if not (words.label.search(inside) or words.time.search(inside) or words.predicate.search(inside)):
            break
        stop = len(stretch[:stop].rstrip()) - len(closing.group())
        if not stretch[:stop].strip():
            return len(stretch[:stop].rstrip()) + len(closing.group())
    return stop


def _unnumbered_rank(text: str, body: list[Paragraph], i: int, numbered: bool) -> float | None:
    """Rank of paragraph ``i`` when it is a heading without a number: one rank above what follows it."""
    paragraph = body[i]
    content = text[paragraph.start : paragraph.end]
    if not 4 <= len(content) <= 40 or content[-1] in _HEADING_END or "\n" in content or i + 1 >= len(body):
        return None
    if _LABEL.match(content) or not _names_matter(content):
        return None
    following = body[i + 1]
    if following.part != paragraph.part:
        return None
    marker = marker_at(text[following.start : following.start + 40])
    if marker is not None:
        return marker.rank - 0.5 if marker.ordinal == 1 else None
    long_text = following.end - following.start >= 40 and text[following.end - 1] in SENTENCE_END
    return UNNUMBERED_TOP if long_text and not numbered else None


def _names_matter(content: str) -> bool:
    return _ACTION.match(content) is not None or content.endswith(genre().headings.nominal)


def _inline(text: str, paragraph: Paragraph) -> list[_Heading]:
    """一是…二是… within a paragraph: only as a sequence that counts on from 一 (or from the paragraph's own)."""
    stretch = text[paragraph.start : paragraph.end]
    marks = [(m, chinese_number(m.group("spoken"))) for m in SPOKEN_INSIDE.finditer(stretch)]
    own = marker_at(stretch[:40])
    expected = own.ordinal + 1 if own is not None and own.rank == SPOKEN else 1
    kept: list[tuple[re.Match[str], int]] = []
    for match, ordinal in marks:
        if ordinal == expected and (stretch[match.start() - 1] not in "，," or kept):
            kept.append((match, ordinal))
            expected += 1
    if expected == 2:
        return []
    found = []
    for n, (match, ordinal) in enumerate(kept):
        stop = kept[n + 1][0].start() if n + 1 < len(kept) else len(stretch)
        start = paragraph.start + match.end()
        end = _title_end(text, start, paragraph.start + stop, inline=True)
        if end > start:
            number = stretch[match.start() : match.end()].strip(" \u3000")
            found.append(_Heading(number, ordinal, SPOKEN, paragraph.start + match.start(), start, end, paragraph.part))
    return found


def _tree(text: str, headings: list[_Heading], body: list[Paragraph]) -> list[SectionSpan]:
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
    ends = [_stripped(text, s.end, bound) for s, bound in zip(sections, bounds, strict=True)]
    return [replace(s, body_end=end) for s, end in zip(sections, ends, strict=True)]


def _stripped(text: str, start: int, end: int) -> int:
    """``end`` moved back over blanks, not before ``start``."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return max(start, end)


def _restarts(heading: _Heading, open_: list[int], headings: list[_Heading]) -> bool:
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
            start, end = match.span()
            while start < end and text[start] in " \t\r\n\u3000":
                start += 1
            while end > start and text[end - 1] in " \t\r\n\u3000":
                end -= 1
            found.extend(_bounded(text, start, end))
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
