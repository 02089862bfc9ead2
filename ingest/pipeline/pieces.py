"""Long texts in pieces: where a text is cut, and what of the rest is read along with each piece.

A piece is an abridged document. Its own stretch stands between what it needs of the rest: the head of the whole (title,
recipients, opening), the sentences that define short names, the headings it stands under, the head of a table that goes
on, and the tail (signature). So every rule reads a piece as it reads any text, and what it costs does not depend on the
length of the whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from ingest.annotations import ZoneKind
from ingest.pipeline.lines import SENTENCE_END, Line, lines_of
from ingest.pipeline.numbering import DATE_LINE, marker_at
from ingest.pipeline.source_table import head_of_open_table, mark_tables

Offsets = tuple[int, int]

LONGEST = 100_000
"""Texts up to this length, in characters, are read whole."""
OWN = 80_000
"""The longest stretch of its own that a piece has."""
HEAD, TAIL = 4_000, 2_000
"""How far the head of the whole reaches from its start, its tail from its end."""
DEFINITIONS = 40
"""So many definitions of short names, the last ones, are read along."""
_DEFINES = re.compile(r"[（(](?:以下)?(?:统称|简称)|[，,](?:以?下|后)同")
DEFINITION = 240
"""Longest sentence that defines, to each side of its sign."""
_SENTENCE = re.compile(r"[。！？!?；;\n]")
_COMMA = re.compile(r"[，,、 \u3000]")
_LINE_LIKE = 60
"""A heading's number stands no further before its title."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Stretches of a text that are read as one, in order, each on lines of its own; ``own`` is one of them."""

    parts: tuple[Offsets, ...]
    own: Offsets

    def text(self, whole: str) -> str:
        """What is read."""
        return "".join(self._lines(whole))

    def starts(self, whole: str) -> list[int]:
        """Where each part begins in what is read."""
        return [0, *accumulate(map(len, self._lines(whole)))][:-1]

    def _lines(self, whole: str) -> list[str]:
        """The parts, with a line break after those that end in none."""
        parts = [whole[start:end] for start, end in self.parts]
        return [part if part.endswith("\n") or n == len(parts) else f"{part}\n" for n, part in enumerate(parts, 1)]


class Places:
    """The way back from offsets in a piece to offsets in the whole. Equal offsets are one and the same object."""

    def __init__(self, piece: Piece, whole: str) -> None:
        self._parts, self._starts = piece.parts, piece.starts(whole)
        self._shared: dict[int, int] = {}
        own = piece.parts.index(piece.own)
        self.low = self._starts[own]
        self.high = self.low + piece.own[1] - piece.own[0]

    def span(self, start: int, end: int) -> Offsets | None:
        """The stretch of the whole (not empty), None when it reaches from one part into another."""
        index = bisect_right(self._starts, start) - 1
        first, last = self._parts[index]
        shift = first - self._starts[index]
        if start >= end or end + shift > last:
            return None
        return self._one(start + shift), self._one(end + shift)

    def own(self, start: int) -> bool:
        """Does ``start`` lie in the piece's own stretch?"""
        return self.low <= start < self.high

    def _one(self, offset: int) -> int:
        return self._shared.setdefault(offset, offset)


def tail_of(text: str) -> Offsets:
    """The last lines of the text, TAIL characters at most; empty when there is no line break to begin after."""
    start = text.find("\n", len(text) - TAIL) + 1
    return (start, len(text)) if start else (len(text), len(text))


def head_of(text: str, first_heading: int | None) -> Offsets:
    """The lines before the first heading, HEAD characters at most."""
    stop = HEAD if first_heading is None else min(HEAD, text.rfind("\n", 0, first_heading) + 1)
    if stop == HEAD:
        stop = text.rfind("\n", 0, HEAD) + 1 or HEAD
    return 0, stop


def heading_stretch(text: str, number: str, start: int, end: int) -> Offsets:
    """A heading with its number and the mark that closes it, to be repeated on a line of its own."""
    low = max(0, start - _LINE_LIKE, text.rfind("\n", 0, start) + 1)
    at = text.rfind(number, low, start) if number else start
    end = min(end, start + 300)
    return (at if at >= 0 else start), end + (text[end : end + 1] in ("。", "：", ":", "；"))


def definitions(text: str, start: int, end: int) -> list[Offsets]:
    """The sentences in ``start``-``end`` that say how to read on: short names (以下简称…), roles (…，下同)."""
    found = []
    for match in _DEFINES.finditer(text, start, end):
        low = max(start, match.start() - DEFINITION)
        begin = max((m.end() for m in _SENTENCE.finditer(text, low, match.start())), default=low)
        stop = min(end, match.end() + DEFINITION)
        closing = _SENTENCE.search(text, match.end(), stop)
        found.append((begin, closing.start() if closing else stop))
    return found[-DEFINITIONS:]


def apart(stretches: Sequence[Offsets]) -> tuple[Offsets, ...]:
    """The stretches in order, none empty; what one shares with the one before is cut off."""
    found: list[Offsets] = []
    for start, end in sorted(stretches):
        low = max(start, found[-1][1]) if found else start
        if low < end:
            found.append((low, end))
    return tuple(found)


def open_table(text: str, start: int, end: int, before: Offsets | None) -> Offsets | None:
    """The head of the table that ``end`` cuts: a line of ``start``-``end``, or ``before`` when that table goes on."""
    head_text = text[slice(*before)] + "\n" if before is not None else ""
    lines = lines_of(head_text + text[start:end])
    kinds: list[ZoneKind | None] = [None] * len(lines)
    mark_tables(lines, kinds)
    head = head_of_open_table(lines, kinds)
    if head is None:
        return None
    shift = start - len(head_text)
    return before if head.start < len(head_text) else (head.start + shift, head.last + shift)


# Where to cut


def cut_before(text: str, low: int, high: int) -> int:
    """The best place for a cut in ``low``-``high`` (``high`` included): before the start of another text, before the
    most senior heading, after a paragraph, after a sentence, after a comma, else anywhere."""
    lines = lines_of(text[low:high])
    best: tuple[float, bool, int] | None = None
    paragraph = -1
    before: Line | None = None
    for line in lines[1:]:
        if line.blank:
            continue
        marker = marker_at(line.head)
        signed = before is not None and len(before.content) <= 60 and DATE_LINE.search(before.head) is not None
        if signed or marker is not None:
            # The first of its rank is left with what leads up to it, a title of its own perhaps.
            rank = -1.0 if signed or marker is None else marker.rank
            place = (rank, marker is not None and marker.ordinal == 1, -line.start)
            best = place if best is None else min(best, place)
        elif before is not None and before.content[-1] in SENTENCE_END:
            paragraph = line.start
        before = line
    if best is not None:
        return low - best[2]
    if paragraph > 0:
        return low + paragraph
    for mark in (re.compile(r"\n"), _SENTENCE, _COMMA):
        ends = [m.end() for m in mark.finditer(text, low + 1, high)]
        if ends:
            return ends[-1]
    return high
