"""Headings and items of a text: numbered lines, lines that name a matter, and items within a line.

A title ends at its first full stop; a bracket that says who and by when does not belong to it; in a text without
line breaks it also ends after a set heading (工作目标) or before the body that is told to act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from graph.patterns import any_of
from ingest.genre import genre
from ingest.pipeline.inline_numbers import RUN_ON, Counting, inline_markers
from ingest.pipeline.lines import SENTENCE_END
from ingest.pipeline.numbering import LABEL, SECOND, SPOKEN, SPOKEN_INSIDE, THIRD, Marker, chinese_number, marker_at
from ingest.pipeline.ownership.words import role_words
from ingest.pipeline.paragraphs import Paragraph
from ingest.pipeline.subject import acting_body, names_body

UNNUMBERED_TOP, UNNUMBERED_BODY = 0.9, 4.5
_TITLE_END = re.compile(r"[。！？!?]")
_INLINE_TITLE_END = re.compile(r"[。！？!?；;]")
_COLON_TITLE = re.compile(r"[^，,、：:。；;“《（(]{4,20}[：:]")
_CLOSING_BRACKET = re.compile(
    r"[（(【\[〔［]((?:[^（()）【】\[\]〔〕［］\n]|[（(][^（()）\n]{0,20}[)）]){4,200})[）)】\]〕］]$"
)
MAX_BRACKET = 210
_HEADING_END = ".。！？!?，,；;：:、"
_ACTION = re.compile(any_of(genre().actions))
_STANDARD = re.compile(
    r"[\u4e00-\u9fff]{0,6}(?:情况|目标|要求|措施|任务|内容|步骤|问题|分工|安排|原则)"
    r"(?=\d|今年|截至|[全我本]|各[市县区乡镇]|按照|根据|自\d|从\d)|" + any_of(genre().headings.standard)
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading or item: its number at ``mark_start``, its title at ``start``-``end``."""

    number: str
    ordinal: int
    rank: float
    mark_start: int
    start: int
    end: int
    part: int


def find_headings(text: str, body: list[Paragraph]) -> list[Heading]:
    """All headings and items in order."""
    found: list[Heading] = []
    numbered = any((m := marker_at(text[p.start : p.start + 40])) is not None and m.rank <= THIRD for p in body)
    counting = Counting()
    for i, paragraph in enumerate(body):
        head = text[paragraph.start : min(paragraph.end, paragraph.start + 40)]
        marker = marker_at(head)
        marks: list[tuple[int, Marker]] = []
        if marker is not None and not (marker.rank == SPOKEN and not _spoken_heading(head)):
            marks.append((paragraph.start, marker))
            counting.take(marker)
        elif (rank := _unnumbered_rank(text, body, i, numbered, found)) is not None:
            found.append(Heading("", 0, rank, paragraph.start, paragraph.start, paragraph.end, paragraph.part))
            continue
        marks += inline_markers(text, paragraph.start, paragraph.end, counting)
        found.extend(_numbered(text, paragraph, marks))
    return found


def _numbered(text: str, paragraph: Paragraph, marks: list[tuple[int, Marker]]) -> Iterator[Heading]:
    """The headings of one paragraph: each number's own, then the items (一是…) within its stretch."""
    edges = [paragraph.start, *(at for at, _ in marks if at > paragraph.start), paragraph.end]
    by_start = dict(marks)
    for first, last in pairwise(edges):
        marker = by_start.get(first)
        if marker is not None:
            start = first + marker.length
            inline = marker.rank == SPOKEN or (first > paragraph.start and marker.rank > SECOND)
            end = title_end(text, start, last, inline=inline)
            if first > paragraph.start or paragraph.end - paragraph.start >= RUN_ON:
                end = _glued_end(text, start, end)
            if end > start:
                yield Heading(marker.number, marker.ordinal, marker.rank, first, start, end, paragraph.part)
        yield from _spoken(text, first, last, paragraph.part)


def _glued_end(text: str, start: int, end: int) -> int:
    """The end of a title that runs on into what follows: after a set heading, or before the body that is to act."""
    standard = _STANDARD.match(text, start, end)
    if standard and end - standard.end() >= 4:
        return standard.end()
    acting = acting_body(text, start, min(end, start + 80))
    return acting if acting is not None else end


def _spoken_heading(head: str) -> bool:
    """一是 opens an item; 一要 too, but 二要素 or 一是一 do not occur at the start of a paragraph."""
    return head[1:2] in "是要" or head[2:3] in "是要"


def title_end(text: str, start: int, end: int, *, inline: bool) -> int:
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
    return stop


def _unnumbered_rank(text: str, body: list[Paragraph], i: int, numbered: bool, found: list[Heading]) -> float | None:
    """Rank of paragraph ``i`` when it is a heading without a number: one rank above what follows it."""
    paragraph = body[i]
    content = text[paragraph.start : paragraph.end]
    if _heads_body(text, body, i):
        like = next((h.rank for h in reversed(found) if names_body(text, h.start, h.end)), UNNUMBERED_BODY)
        marker = marker_at(text[body[i + 1].start : body[i + 1].start + 40])
        return min(like, marker.rank - 0.5) if marker is not None and marker.ordinal == 1 else like
    if not 4 <= len(content) <= 40 or content[-1] in _HEADING_END or "\n" in content or i + 1 >= len(body):
        return None
    if LABEL.match(content) or not _names_matter(content):
        return None
    following = body[i + 1]
    if following.part != paragraph.part:
        return None
    marker = marker_at(text[following.start : following.start + 40])
    if marker is not None:
        return marker.rank - 0.5 if marker.ordinal == 1 else None
    long_text = following.end - following.start >= 40 and text[following.end - 1] in SENTENCE_END
    return UNNUMBERED_TOP if long_text and not numbered else None


def _heads_body(text: str, body: list[Paragraph], i: int) -> bool:
    """Is paragraph ``i`` a body's name over what it is to do (县教育局：, 第三中队)?"""
    paragraph = body[i]
    if i + 1 >= len(body) or body[i + 1].part != paragraph.part or "\n" in text[paragraph.start : paragraph.end]:
        return False
    following = text[body[i + 1].start : body[i + 1].end]
    duties = marker_at(following[:40]) is not None or following[-1] in SENTENCE_END + "；;"
    return duties and names_body(text, paragraph.start, paragraph.end)


def _names_matter(content: str) -> bool:
    return _ACTION.match(content) is not None or content.endswith(genre().headings.nominal)


def _spoken(text: str, first: int, last: int, part: int) -> Iterator[Heading]:
    """一是…二是… in ``first``-``last``: only as a sequence that counts on from 一 or from the stretch's number."""
    marks = [(m, chinese_number(m.group("spoken"))) for m in SPOKEN_INSIDE.finditer(text, first, last)]
    own = marker_at(text[first : min(last, first + 40)])
    expected = own.ordinal + 1 if own is not None and own.rank == SPOKEN else 1
    kept: list[tuple[re.Match[str], int]] = []
    for match, ordinal in marks:
        if ordinal == expected and match.start() > first and (text[match.start() - 1] not in "，," or kept):
            kept.append((match, ordinal))
            expected += 1
    if expected == 2:
        return
    stops = [*(match.start() for match, _ in kept[1:]), last]
    for (match, ordinal), stop in zip(kept, stops, strict=bool(kept)):
        end = title_end(text, match.end(), stop, inline=True)
        if end > match.end():
            number = match.group().strip(" \u3000")
            yield Heading(number, ordinal, SPOKEN, match.start(), match.end(), end, part)
