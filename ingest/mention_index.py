"""Mentions by type, span and place: what annotations ask of them costs the same in a long text as in a short one.

A view (one type, or None for all) keeps its mentions in cells of CELL characters by their start. Adding, removing and
looking around an offset touch a cell or two; the whole view is put together only when it is asked for.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator

from ingest.extraction import Mention

CELL = 256

Cells = dict[int, list[Mention]]


def order(mention: Mention) -> tuple[int, int, str]:
    """Sort key: by start, longer first, then type."""
    return mention.start, -mention.end, mention.type


class MentionIndex:
    """The mentions of one text. Every list it gives is in ``order``."""

    def __init__(self) -> None:
        self._spans: dict[str, dict[tuple[int, int], Mention]] = {}
        self._cells: dict[str | None, Cells] = {None: {}}
        self._ordered: dict[str | None, list[Mention]] = {}
        self._longest: dict[str | None, int] = {None: 0}

    def at(self, type: str, start: int, end: int) -> Mention | None:
        """The mention of ``type`` with exactly this span."""
        spans = self._spans.get(type)
        return None if spans is None else spans.get((start, end))

    def add(self, mention: Mention) -> None:
        """Put ``mention`` in, in the place of one of the same type and span if there is one."""
        spans = self._spans.setdefault(mention.type, {})
        known = spans.get((mention.start, mention.end))
        if known is not None:
            self.remove(known)
        spans[mention.start, mention.end] = mention
        size = mention.end - mention.start
        for view in (mention.type, None):
            insort(self._cells.setdefault(view, {}).setdefault(mention.start // CELL, []), mention, key=order)
            if size > self._longest.get(view, 0):
                self._longest[view] = size
            self._ordered.pop(view, None)

    def replace(self, old: Mention, new: Mention) -> None:
        """Put ``new`` in the place of ``old``; KeyError when that is not there."""
        if order(old) != order(new):
            self.remove(old)
            self.add(new)
            return
        spans = self._spans[old.type]
        if (old.start, old.end) not in spans:
            raise KeyError((old.start, old.end))
        spans[old.start, old.end] = new
        for view in (old.type, None):
            cell = self._cells[view][old.start // CELL]
            cell[bisect_left(cell, order(old), key=order)] = new
            self._ordered.pop(view, None)

    def remove(self, mention: Mention) -> None:
        """Take the mention of this type and span away; KeyError when there is none."""
        del self._spans[mention.type][mention.start, mention.end]
        for view in (mention.type, None):
            cell = self._cells[view][mention.start // CELL]
            del cell[bisect_left(cell, order(mention), key=order)]
            self._ordered.pop(view, None)

    def all(self, type: str | None) -> list[Mention]:
        """The whole view. The list stays as it is when mentions come and go, and must not be changed."""
        if type not in self._ordered:
            cells = self._cells.get(type, {})
            self._ordered[type] = [m for number in sorted(cells) for m in cells[number]]
        return self._ordered[type]

    def types(self) -> list[str]:
        """Types that have or had a mention, sorted."""
        return sorted(self._spans)

    def within(self, type: str | None, start: int, end: int) -> list[Mention]:
        """Mentions that lie wholly inside ``start``-``end``."""
        return [m for cell in self._reach(type, start, end) for m in cell if m.start >= start and m.end <= end]

    def covering(self, type: str | None, start: int, end: int) -> list[Mention]:
        """Mentions that hold the whole of ``start``-``end``."""
        low = end - self._longest.get(type, 0)
        return [m for cell in self._reach(type, low, start) for m in cell if m.start <= start and m.end >= end]

    def overlapping(self, type: str | None, start: int, end: int) -> list[Mention]:
        """Mentions that share a character with ``start``-``end``."""
        low = start - self._longest.get(type, 0)
        return [m for cell in self._reach(type, low, end) for m in cell if m.start < end and m.end > start]

    def _reach(self, type: str | None, low: int, high: int) -> Iterator[list[Mention]]:
        """Cells with mentions that may start in ``low``-``high`` (both included), in order."""
        cells = self._cells.get(type)
        if not cells:
            return
        first, last = max(0, low) // CELL, high // CELL
        numbers = range(first, last + 1)
        if len(numbers) > len(cells):
            numbers = sorted(n for n in cells if first <= n <= last)  # type: ignore[assignment]
        for number in numbers:
            if cell := cells.get(number):
                yield cell
