"""The words around a number: where its clause begins, what its metric is called, which noun it stands before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ingest.pipeline import indicator_words as w

REACH = 48
"""A metric is looked for no further to the left than this."""
_BEFORE = 30
"""A metric in the clause before is no longer than this."""


class Spans:
    """Sorted spans, asked by offset."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans = spans
        self._starts = [start for start, _ in spans]
        self._ends = sorted(end for _, end in spans)

    def holds(self, at: int) -> bool:
        """Does a span hold the character at ``at``?"""
        index = bisect_right(self._starts, at) - 1
        return index >= 0 and at < self._spans[index][1]

    def end_of(self, at: int, limit: int) -> int:
        """End of the longest span that holds ``at`` and ends by ``limit``; ``at`` when there is none."""
        index = bisect_right(self._starts, at)
        ends = [b for a, b in self._spans[max(0, index - 3) : index] if a <= at < b <= limit]
        return max(ends, default=at)

    def last_end(self, limit: int) -> int:
        """The last end of a span at or before ``limit``, -1 when there is none."""
        index = bisect_right(self._ends, limit) - 1
        return self._ends[index] if index >= 0 else -1


class Phrases:
    """The phrases of one text. Offsets are in the text."""

    def __init__(self, text: str, bodies: Spans, objects: Spans) -> None:
        self._text, self._bodies, self._objects = text, bodies, objects

    def clause(self, at: int, last: int) -> int:
        """Start of the clause that ends at ``at``: after the last punctuation, or ``last``, where reading stopped."""
        floor = max(0, at - REACH)
        begin = max((m.end() for m in w.CLAUSE_END.finditer(self._text, floor, at)), default=floor)
        return max(begin, last) if last <= at else begin

    def metric(self, begin: int, end: int, *, rate: bool, size: int) -> tuple[str, int, str]:
        """Words of the metric in ``begin``-``end``, where they start, and what an elliptical list of them shares.

        Without lead words and the acting body; without the object before a single 率.
        """
        start = self._lead(begin, end)
        cut = self._objects.last_end(end)
        head = w.QUANTITY.search(self._text, max(start, cut), end)
        if rate and size == 1:
            start = cut if start < cut < end and self._text.endswith("率", cut, end) else start
            start = self._skip(w.LEAD, start, end)
            start = self._skip(w.OBJECT_WORDS, start, end)
        listed = size > 1 and len(w.LISTED.split(self._text[start:end])) == size
        acts = not rate and w.VERB_FIRST.match(self._text, start, end) is not None
        if end - start > w.LONG and not listed and not acts:
            start = max((m.end() for m in w.CUT.finditer(self._text, start, end - 3)), default=start)
        while start < end and self._text[start] in " \t、的":
            start += 1
        return self._text[start:end].strip(), start, head.group() if head else ""

    def _lead(self, begin: int, end: int) -> int:
        """``begin`` after lead words, the places and the bodies that act."""
        start = begin
        for _ in range(3):
            after = self._skip(w.LEAD, self._bodies.end_of(start, end), end)
            if after == start:
                break
            start = after
        return self._skip(w.SUBJECT, start, end)

    def _skip(self, pattern: w.Pattern, start: int, end: int) -> int:
        m = pattern.match(self._text, start, end)
        return m.end() if m else start

    def before(self, begin: int, last: int) -> str:
        """The metric that the clause before ``begin`` names (…比例较高,达60%); "" when it has a number of its own."""
        if begin < 3 or self._text[begin - 1] not in ",:":
            return ""
        start = self.clause(begin - 1, 0)
        if last > start or begin - 1 - start > _BEFORE:
            return ""
        start = self._lead(start, begin - 1)
        phrase = self._text[start : begin - 1].strip()
        predicate = w.PREDICATE.search(phrase, 2)
        phrase = phrase[: predicate.start()] if predicate else phrase
        return phrase if len(phrase) > 1 and not phrase.endswith("中") else ""

    def quoted(self, begin: int) -> tuple[int, str]:
        """Start and name of what stands in quotes right before ``begin`` (清理“积压案”17起); "" when nothing does."""
        if begin == 0 or self._text[begin - 1] != "”":
            return begin, ""
        opening = self._text.rfind("“", max(0, begin - _BEFORE), begin)
        return (opening, self._text[opening + 1 : begin - 1]) if opening >= 0 else (begin, "")

    def noun(self, at: int, *, bodily: bool = False) -> tuple[int, str]:
        """The noun a number stands before: its end and text ("" when none follows). ``bodily``: 死亡, 受伤 end it.

        A noun joined by 的 (300人的队伍) names what is counted and is no part of the indicator.
        """
        if bodily and (m := w.BODILY.match(self._text, at)):
            return m.end(), m.group()
        m = w.NOUN_TAIL.match(self._text, at)
        if m is None:
            return at, ""
        begin = m.start("noun")
        stop = w.TAIL_STOP.search(self._text, begin, m.end())
        end = stop.start() if stop else m.end()
        if w.VERB_FIRST.match(self._text, begin, end) and self._text.startswith("的", end):
            return at, ""
        if self._text[end : end + 1].isdigit() and "、" in self._text[begin:end]:
            end = self._text.rindex("、", begin, end)  # 5起酒驾、超员6起
        noun = self._text[begin:end].rstrip("、和及与(“") if end > begin else ""
        return (begin + len(noun) if begin == at else at, noun.replace(" ", "")) if noun else (at, "")

    def following(self, at: int) -> str:
        """What a share is a share of: 33%的事故涉及… is named by its noun, 80%为… by what it says."""
        m = w.SHARED.match(self._text, at)
        return m["what"] if m else ""
