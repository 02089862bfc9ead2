"""Numbers within a line: 一、…（一）…1.… in a text that has lost its line breaks, and short lists inside a paragraph.

A number is believed when it counts: it goes on from the last of its rank, or begins at one and is followed by two.
Where a line holds a whole text, numbers may follow a word without a mark between them (…工作重点1.重点区域).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.pipeline.numbering import FIRST, FOURTH, SECOND, THIRD, Marker, number_of

_HAN = "一二三四五六七八九十"
_CANDIDATE = re.compile(
    rf"(?:(?P<first>[{_HAN}]{{1,3}})、"
    rf"|[（(](?P<second>[{_HAN}]{{1,3}})[）)][、.．]?"
    rf"|(?P<third>\d{{1,2}})[、．.]"
    rf"|[（(](?P<fourth>\d{{1,2}})[）)][、.．]?)[ \u3000]{{0,2}}"
    rf"(?=[\u4e00-\u9fff“《])(?![{_HAN}][、级类等年至到])"
)
_RANKS = {"first": FIRST, "second": SECOND, "third": THIRD, "fourth": FOURTH}
_MARK = "。！？!?；;：:）)”》 \u3000\t\n"
_NEVER_AFTER = re.compile(rf"[第款项附件图表例注、，,至到和或\d.．/〔（(“《{_HAN}百千万]$")
RUN_ON = 300
"""A line as long as this may hold several headings with nothing between them."""
FOLLOWS_WITHIN = 6_000
"""How far off the second item may stand, in characters."""


@dataclass(slots=True)
class Counting:
    """The last ordinal of each open rank, over the headings read so far."""

    last: dict[float, int] = field(default_factory=dict)

    def goes_on(self, marker: Marker) -> bool:
        """Is it the next of its rank?"""
        return self.last.get(marker.rank, 0) + 1 == marker.ordinal > 1

    def take(self, marker: Marker) -> None:
        """Count ``marker``; what is below it begins anew."""
        self.last = {rank: n for rank, n in self.last.items() if rank < marker.rank}
        self.last[marker.rank] = marker.ordinal


def inline_markers(text: str, start: int, end: int, counting: Counting) -> Iterator[tuple[int, Marker]]:
    """(offset, marker) of the numbers believed in ``start``-``end``, after its first character; counts them."""
    glued = end - start >= RUN_ON
    found = [c for c in _candidates(text, start, end) if glued or text[c[0] - 1] in _MARK]
    seconds = {
        rank: [at for at, marker in found if marker.rank == rank and marker.ordinal == 2] for rank in _RANKS.values()
    }
    for at, marker in found:
        if counting.goes_on(marker) or (marker.ordinal == 1 and _followed(seconds[marker.rank], at)):
            counting.take(marker)
            yield at, marker


def _candidates(text: str, start: int, end: int) -> Iterator[tuple[int, Marker]]:
    for match in _CANDIDATE.finditer(text, start, end):
        at = match.start()
        if at == start or _NEVER_AFTER.search(text[at - 1 : at]):
            continue
        kind = next(name for name in _RANKS if match.group(name))
        ordinal = number_of(match.group(kind))
        if ordinal:
            yield at, Marker(_RANKS[kind], ordinal, match.group().strip(" \u3000"), match.end() - at)


def _followed(seconds: list[int], at: int) -> bool:
    index = bisect_right(seconds, at)
    return index < len(seconds) and seconds[index] - at <= FOLLOWS_WITHIN
