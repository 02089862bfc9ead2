"""A stretch of text as one reads it: without line breaks inside a sentence and blanks that OCR left in words.

The view is read in place of the text and maps every offset back, so that spans stay those of the text.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

_GAP = re.compile(
    r"(?<=[\u4e00-\u9fff0-9%、,;“”()])(?: |[ ]?\r?\n[ ]{0,4})(?=[\u4e00-\u9fff、,。;“”()])"
    r"|(?<=[\u4e00-\u9fff、,;“”()])(?: |[ ]?\r?\n[ ]{0,4})(?=[0-9])"
)

_BOUND = re.compile("及?以[上下内]|左右")


class View:
    """``text`` of ``whole[low:high]`` without gaps; ``source`` and ``place`` map offsets to and fro."""

    def __init__(self, whole: str, low: int, high: int, sentences: Sequence[tuple[int, int]]) -> None:
        """``sentences`` in order; a line break outside of them stays, but before 以上."""
        starts = [start for start, _ in sentences]
        kept: list[str] = []
        self._places: array[int] = array("L", [0])
        self._sources: array[int] = array("L", [low])
        at = size = 0
        whole_part = whole[low:high]
        for gap in _GAP.finditer(whole_part):
            if "\n" in gap.group():
                index = bisect_right(starts, low + gap.start()) - 1
                inside = index >= 0 and low + gap.end() < sentences[index][1]
                if not inside and _BOUND.match(whole_part, gap.end()) is None:
                    continue
            kept.append(whole_part[at : gap.start()])
            size += gap.start() - at
            at = gap.end()
            self._places.append(size)
            self._sources.append(low + at)
        kept.append(whole_part[at:])
        self.text = "".join(kept)

    def source(self, place: int) -> int:
        """Offset in the whole text of the character at ``place`` of the view."""
        index = bisect_right(self._places, place) - 1
        return self._sources[index] + place - self._places[index]

    def place(self, source: int) -> int:
        """Place in the view of the character at offset ``source``; within a gap, the place after it."""
        index = bisect_right(self._sources, source) - 1
        if index < 0:
            return 0
        limit = self._places[index + 1] if index + 1 < len(self._places) else len(self.text)
        return min(self._places[index] + source - self._sources[index], limit)


def spans_in(view: View, spans: Sequence[tuple[int, int]], low: int, high: int) -> list[tuple[int, int]]:
    """``spans`` (sorted) that begin in ``low``-``high``, in places of ``view``."""
    first, last = bisect_left(spans, (low, 0)), bisect_left(spans, (high, 0))
    return [(view.place(a), view.place(b)) for a, b in spans[first:last]]
