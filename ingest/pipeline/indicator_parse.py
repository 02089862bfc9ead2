"""Numbers of the genre, read clause by clause: see ``indicator`` for the forms."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.pipeline import indicator_words as w
from ingest.pipeline.indicator_numbers import Number, counts

REACH = 48
"""A metric is looked for no further to the left than this."""
_SPLIT = re.compile("、|以及|和|及|与")
_JOIN = re.compile("[、,]|以及|和|及|与")


@dataclass(frozen=True, slots=True)
class Reading:
    """One indicator as read. ``value`` None: the figure is hidden in the source. ``kind`` "": the context decides."""

    start: int
    end: int
    rule: str
    metrics: tuple[str, ...] = ()
    op: str = "="
    value: float | None = None
    value_max: float | None = None
    raw: str = ""
    unit: str = ""
    kind: str = ""
    change: float | None = None
    change_abs: float | None = None
    subtype: str = ""
    reached: bool = False
    confidence: float = 0.85


class Reader:
    """Reads the numbers of one stretch of text in order."""

    def __init__(
        self, text: str, low: int, high: int, blocked: Sequence[tuple[int, int]], objects: Sequence[tuple[int, int]]
    ) -> None:
        self._text, self._low, self._high = text, low, high
        self._blocked = blocked
        self._object_ends = sorted(end for _, end in objects)
        self.found: list[Reading] = []

    def read(self) -> list[Reading]:
        """All indicators, in order and without overlaps."""
        numbers = [n for n in counts(self._text, self._low, self._high) if not self._inside(n.start)]
        at = 0
        while at < len(numbers):
            at += self._take(numbers, at)
        self._zeros()
        return sorted(self.found, key=lambda r: (r.start, r.end))

    def _inside(self, at: int) -> bool:
        index = bisect_right(self._blocked, (at, len(self._text))) - 1
        return index >= 0 and self._blocked[index][0] <= at < self._blocked[index][1]

    def _take(self, numbers: list[Number], at: int) -> int:
        """Read the number at index ``at`` with those that belong to it; how many were used."""
        number = numbers[at]
        begin = self._clause(number.start)
        prefix = self._text[begin : number.start]
        if every := _last(w.EVERY, prefix):
            self._frequency(number, begin + every.start(), every["per"], begin + every.end())
            return 1
        if yearly := w.YEARLY.match(self._text, number.start - 2, number.end):
            self._keep(
                Reading(
                    number.start - 2,
                    yearly.end(),
                    "indicator.frequency",
                    (),
                    "=",
                    number.value,
                    raw=number.raw,
                    unit="次/年",
                    kind="frequency",
                )
            )
            return 1
        if number.han:
            return 1
        group = self._group(numbers, at) if "分别" in prefix[-14:] else [number]
        if change := w.CHANGE.search(prefix):
            self._change(group, change, begin)
            return len(group)
        if len(group) == 1 and at + 1 < len(numbers) and re.search("[由从](?:去年(?:同期)?的?)?$", prefix):
            between = self._text[number.end : numbers[at + 1].start]
            if w.FROM_TO.fullmatch(between):
                self._plain([numbers[at + 1]], begin, prefix, old=number)
                return 2
        self._plain(group, begin, prefix)
        return len(group)

    def _group(self, numbers: list[Number], at: int) -> list[Number]:
        """Numbers joined to the first by 、 or 和: the values of 分别."""
        group = [numbers[at]]
        while at + len(group) < len(numbers):
            following = numbers[at + len(group)]
            if not _JOIN.fullmatch(self._text[group[-1].end : following.start]):
                break
            group.append(following)
        return group

    def _clause(self, at: int) -> int:
        """Start of the clause that ends at ``at``: after the last punctuation or the last indicator."""
        floor = max(self._low, at - REACH)
        begin = max((m.end() for m in w.CLAUSE_END.finditer(self._text, floor, at)), default=floor)
        if self.found and begin < self.found[-1].end <= at:
            begin = self.found[-1].end
        return begin

    def _frequency(self, number: Number, start: int, per: str, after: int) -> None:
        between = self._text[after : number.start]
        end, noun = self._noun(number.end)
        verb = w.FILLER.sub("", between)
        metric = noun or re.sub(f"^(?:至少|分别)?(?:{w.VERBS})?", "", verb) or verb
        op = ">=" if w.LOW.search(between) or "以上" in number.bound else "<=" if w.HIGH.search(between) else "="
        unit = f"{number.unit}/{w.PER.get(per, per)}"
        self._keep(
            Reading(
                start,
                end,
                "indicator.frequency",
                (metric,) if metric else (),
                op,
                number.value,
                number.value_max,
                number.raw,
                unit,
                "frequency",
            )
        )

    def _noun(self, at: int) -> tuple[int, str]:
        """The noun a number stands before: its end and text ("" when none follows)."""
        m = w.NOUN_TAIL.match(self._text, at, self._high)
        if m is None:
            return at, ""
        stop = w.TAIL_STOP.search(self._text, at, m.end())
        end = stop.start() if stop else m.end()
        noun = self._text[at:end].rstrip("、和及与")
        return at + len(noun), noun

    def _change(self, group: list[Number], change: re.Match[str], begin: int) -> None:
        """下降8.2%: of the results before it when its clause names no metric, else an indicator of its own."""
        sign = -1.0 if change["word"][0] in "下减降" else 1.0
        phrase, start = self._phrase(begin, begin + change.start(), rate=True)
        metrics = [p for p in _SPLIT.split(phrase) if p] if phrase else []
        if not metrics:
            targets = self.found[-len(group) :]
            near = bool(targets) and begin - targets[-1].end <= 40 and "\n" not in self._text[targets[-1].end : begin]
            if near and len(targets) == len(group):
                for index, number in enumerate(group):
                    at = len(self.found) - len(group) + index
                    self.found[at] = _changed(self.found[at], number, sign)
                return
        names: list[tuple[str, ...]] = (
            [(m,) for m in metrics] if len(metrics) == len(group) > 1 else [tuple(metrics)] * len(group)
        )
        for index, number in enumerate(group):
            first = (start if phrase else begin + change.start()) if index == 0 else number.start
            reading = Reading(
                first,
                number.end,
                "indicator.change",
                names[index],
                "decrease" if sign < 0 else "increase",
                number.value,
                number.value_max,
                number.raw,
                number.unit,
                subtype="change",
            )
            self._keep(_changed(reading, number, sign))

    def _plain(self, group: list[Number], begin: int, prefix: str, old: Number | None = None) -> None:
        number = group[0]
        stop = old.start if old else number.start
        tail = re.search("[由从](?:去年(?:同期)?的?)?$", prefix) if old else w.FILLER.search(prefix)
        limit = begin + tail.start() if tail else stop
        phrase, start = self._phrase(begin, limit, rate=number.unit in {"%", "百分点", "个百分点"})
        operators = self._text[limit : number.start]
        end, metrics = (
            number.end,
            [p for p in _SPLIT.split(phrase) if p] if number.unit == "%" else [phrase] if phrase else [],
        )
        if number.unit != "%" and (w.VERB_ONLY.fullmatch(phrase) or w.ATTRIBUTIVE.search(phrase)):
            end, noun = self._noun(number.end)
            metrics = [noun] if noun else metrics
            if not noun and not phrase and not operators:
                return
        if not metrics and number.unit in w.NEEDS_NOUN_BEFORE:
            return
        names: list[tuple[str, ...]] = (
            [(m,) for m in metrics] if len(metrics) == len(group) > 1 else [tuple(metrics)] * len(group)
        )
        for index, one in enumerate(group):
            self._keep(
                Reading(
                    (start if phrase else limit) if index == 0 else one.start,
                    end if len(group) == 1 else one.end,
                    "indicator.value",
                    names[index],
                    _operator(operators, one),
                    one.value,
                    one.value_max,
                    one.raw,
                    one.unit,
                    change_abs=one.value - old.value
                    if old and old.value is not None and one.value is not None
                    else None,
                    reached=bool(re.search("达到|达|提升|提高|上升|保持", operators)),
                )
            )

    def _phrase(self, begin: int, end: int, *, rate: bool) -> tuple[str, int]:
        """The words of the metric in ``begin``-``end`` and where they start: no lead words, no object before a rate."""
        start = begin
        if rate:
            index = bisect_right(self._object_ends, end) - 1
            if index >= 0 and start < self._object_ends[index] < end:
                start = self._object_ends[index]
        if m := w.LEAD.match(self._text, start, end):
            start = m.end()
        if rate and (m := w.OBJECT_WORDS.match(self._text, start, end)):
            start = m.end()
        if end - start > w.LONG and (cuts := [m.end() for m in w.CUT.finditer(self._text, start, end - 3)]):
            start = cuts[-1]
        while start < end and self._text[start] in " \t、":
            start += 1
        return self._text[start:end].strip(), start

    def _zeros(self) -> None:
        taken = [(r.start, r.end) for r in self.found]
        for m in w.ZERO.finditer(self._text, self._low, self._high):
            if any(a < m.end() and m.start() < b for a, b in taken):
                continue
            kind = "target" if m["neg"] == "不发生" else "result"
            self._keep(
                Reading(
                    m.start(), m.end(), "indicator.zero", (m["what"],), "=", 0.0, raw=m["neg"], unit="起", kind=kind
                )
            )

    def _keep(self, reading: Reading) -> None:
        if self.found and reading.rule != "indicator.zero" and reading.start < self.found[-1].end:
            reading = replace(reading, start=self.found[-1].end)
        if reading.start < reading.end:
            self.found.append(reading)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for m in pattern.finditer(text):
        found = m
    return found


def _changed(reading: Reading, number: Number, sign: float) -> Reading:
    if number.value is None:
        return reading
    if number.unit == "%":
        return replace(reading, change=sign * number.value)
    return replace(reading, change_abs=sign * number.value)


def _operator(words: str, number: Number) -> str:
    if "以上" in number.bound or w.LOW.search(words) or number.more:
        return ">="
    if number.bound in {"以下", "及以下", "以内", "之内"} or w.HIGH.search(words):
        return "<="
    if w.OVER.search(words):
        return ">"
    return "~" if w.NEAR.search(words) or number.bound == "左右" else "="


def readings(
    text: str, low: int, high: int, blocked: Sequence[tuple[int, int]], objects: Sequence[tuple[int, int]]
) -> list[Reading]:
    """Indicators of ``text[low:high]`` in order. ``blocked``: spans whose numbers mean something else."""
    return Reader(text, low, high, blocked, objects).read()
