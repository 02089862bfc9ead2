"""The sentence or line around a mention, from the text alone."""

from __future__ import annotations

REACH = 400
_ENDS = "。！？!?\n\r"


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence or line that holds ``start``-``end``, no more than REACH characters to each side of it."""
    first = max((text.rfind(c, max(0, start - REACH), start) for c in _ENDS), default=-1) + 1
    first = max(first, start - REACH, 0)
    found = [i for c in _ENDS if (i := text.find(c, end, end + REACH)) >= 0]
    last = min(found, default=min(len(text), end + REACH))
    if last < len(text) and text[last] in "。！？!?":
        last += 1
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last
