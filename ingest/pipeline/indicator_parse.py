"""Numbers of the genre, read clause by clause: see ``indicator`` for the forms."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.intervals import Intervals
from ingest.pipeline import indicator_words as w
from ingest.pipeline.indicator_numbers import Number, counts
from ingest.pipeline.indicator_phrase import Phrases, Spans
from ingest.pipeline.indicator_reading import Reading, changed, names_for, operator, reading_of

_JOIN = re.compile("[、,]|以及|和|及|与")
_NEGATED = re.compile("[未没不无零每]")
_BOUNDS = 10
"""A bound (至少开展) stands no further before its number."""
_BODIES = frozenset({"人", "名"})


class Reader:
    """Reads the numbers of one stretch of text in order."""

    def __init__(self, text: str, low: int, high: int, blocked: Spans, phrases: Phrases) -> None:
        self._text, self._low, self._high = text, low, high
        self._blocked = blocked
        self._phrases = phrases
        self.found: list[Reading] = []
        self._read = low
        """How far numbers were read: what follows there may speak of them."""

    def read(self) -> list[Reading]:
        """All indicators, in order and without overlaps."""
        numbers = [n for n in counts(self._text, self._low, self._high) if not self._blocked.holds(n.start)]
        at = 0
        while at < len(numbers):
            at += self._take(numbers, at)
        self._zeros()
        return sorted(self.found, key=lambda r: (r.start, r.end))

    def _take(self, numbers: list[Number], at: int) -> int:
        """Read the number at index ``at`` with those that belong to it; how many were used."""
        number = numbers[at]
        begin = self._phrases.clause(number.start, self._read)
        prefix = self._text[begin : number.start]
        if at + 1 < len(numbers) and w.FROM.search(prefix):
            following = numbers[at + 1]
            if w.FROM_TO.fullmatch(self._text, number.end, following.start):
                self._value([following], begin, old=number)
                return 2
        if self._frequency(number, begin, prefix) or self._yearly(number):
            return 1
        if number.han and not _worded(number, prefix):
            return 1
        group = self._group(numbers, at, prefix)
        if change := w.CHANGE.search(prefix):
            self._change(group, change, begin)
        elif number.unit == "%" and (share := w.SHARE.search(prefix)):
            self._share(group, share, begin)
        else:
            self._value(group, begin)
        return len(group)

    def _group(self, numbers: list[Number], at: int, prefix: str) -> list[Number]:
        """Numbers joined to the first by 、 or 和: the values of 分别, or of a list of rates without it."""
        group = [numbers[at]]
        each = "分别" in prefix[-16:] or "各" in prefix[-3:]
        while at + len(group) < len(numbers):
            following = numbers[at + len(group)]
            same = each or (following.unit == "%" == group[0].unit)
            if not same or not _JOIN.fullmatch(self._text, group[-1].end, following.start):
                break
            group.append(following)
        bound = group[-1].bound
        return [replace(n, bound=n.bound or bound) for n in group] if bound else group

    def _frequency(self, number: Number, begin: int, prefix: str) -> bool:
        periods = list(w.EVERY.finditer(prefix))
        every = periods[-1] if periods else None
        if every is None or number.rate:
            return False
        between = prefix[every.end() :]
        action = re.search(w.VERBS, between)
        if number.unit in w.NO_RATE_OF_TIME and action is None:
            return not between
        end, noun = self._phrases.noun(number.end)
        rest = w.FILLER.sub("", between)
        metric = noun or re.sub(rf"^(?:至少|分别)?{w.VERBS}?", "", rest) or rest
        op = operator(between, replace(number, more=False))
        unit = f"{number.unit}/{w.PER.get(every['per'], every['per'])}"
        reading = reading_of(number, begin + every.start(), end, "indicator.frequency", (metric,) if metric else (), op)
        self._keep(replace(reading, unit=unit, kind="frequency"))
        return True

    def _yearly(self, number: Number) -> bool:
        yearly = w.YEARLY.match(self._text, max(0, number.start - 2), number.end)
        if yearly is None:
            return False
        reading = reading_of(number, yearly.start(), yearly.end(), "indicator.frequency", (), "=")
        self._keep(replace(reading, unit="次/年", kind="frequency"))
        return True

    def _change(self, group: list[Number], change: re.Match[str], begin: int) -> None:
        """下降8.2%: of the results before it when its clause names no metric, else an indicator of its own."""
        sign = -1.0 if change["word"][0] in w.DOWN else 1.0
        limit = begin + change.start()
        phrase, start, head = self._phrases.metric(begin, limit, rate=True, size=len(group))
        if not phrase and self._attach(group, sign, begin):
            return
        if not phrase:
            phrase = self._phrases.before(begin, self._read)
        first = start if start < limit else limit
        for index, (number, names) in enumerate(
            zip(group, names_for(phrase, len(group), head, rate=True), strict=True)
        ):
            op = "decrease" if sign < 0 else "increase"
            at = first if index == 0 else number.start
            reading = reading_of(number, at, number.end, "indicator.change", names, op)
            self._keep(changed(replace(reading, subtype="change"), number, sign))

    def _attach(self, group: list[Number], sign: float, begin: int) -> bool:
        """Give the changes of ``group`` to the results right before; False when there are none."""
        size = len(group)
        if len(self.found) < size or not w.ONLY_COMPARED.fullmatch(self._text, self._read, begin):
            return False
        for index, number in enumerate(group, len(self.found) - size):
            self.found[index] = changed(self.found[index], number, sign)
        self._read = group[-1].end
        return True

    def _share(self, group: list[Number], share: re.Match[str], begin: int) -> None:
        """事故起数占总数的20%; without a metric of its own it is a share of what was counted before it."""
        limit = begin + share.start()
        size = len(group)
        phrase, start, head = self._phrases.metric(begin, limit, rate=True, size=size)
        names = names_for(phrase or self._phrases.before(begin, self._read), size, head, rate=True)
        if not phrase and not names[0] and len(self.found) >= size:
            names = [r.metrics[:1] for r in self.found[-size:]]
        of = f"占{share['whole']}" if share["whole"] else "占比"
        first = start if phrase else limit
        for index, number in enumerate(group):
            metrics = tuple(name + of for name in names[index]) or (of,)
            at = first if index == 0 else number.start
            op = operator(self._text[begin : number.start][-4:], number)
            self._keep(reading_of(number, at, number.end, "indicator.share", metrics, op))

    def _value(self, group: list[Number], begin: int, old: Number | None = None) -> None:
        number = group[0]
        stop = old.start if old else number.start
        prefix = self._text[begin:stop]
        tail = (w.FROM if old else w.FILLER).search(prefix)
        limit = begin + tail.start() if tail else stop
        rate = number.rate
        phrase, start, head = self._phrases.metric(begin, limit, rate=rate, size=len(group))
        names: list[tuple[str, ...]] = []
        words = self._text[limit : number.start]
        bounds = self._text[max(begin, number.start - _BOUNDS) : number.start]
        end = number.end
        if not rate and not self._countable(number, phrase, words, old):
            return
        if rate and not phrase:
            phrase = self._phrases.before(begin, self._read) if words.strip() else ""
            if not phrase:
                phrase = self._phrases.following(number.end)
            names = [(phrase,) if phrase else ()] * len(group)
        elif not rate and not phrase and not self._phrases.noun(number.end)[1]:
            start, phrase = self._phrases.quoted(begin)
            if not phrase and (not words.strip() or number.unit in w.NEEDS_NOUN_BEFORE):
                return
        elif not rate and self._before_noun(number, phrase):
            end, noun = self._phrases.noun(number.end, bodily=number.unit in _BODIES)
            if not noun and ((not phrase and not words.strip()) or (number.unit in w.NEEDS_NOUN_BEFORE and not phrase)):
                return
            phrase = noun or phrase
        if not phrase and number.unit in w.NEEDS_NOUN_BEFORE:
            return
        names = names or names_for(phrase, len(group), head, rate=rate)
        for index, one in enumerate(group):
            first = min(start, limit) if index == 0 else one.start
            reading = reading_of(
                one, first, end if len(group) == 1 else one.end, "indicator.value", names[index], operator(bounds, one)
            )
            reached = "fall" if w.FALLEN.search(words) else "rise" if w.RISEN.search(words) else ""
            self._keep(replace(reading, change_abs=_difference(old, one), reached=reached))

    def _before_noun(self, number: Number, phrase: str) -> bool:
        if number.unit in _BODIES and w.BODILY.match(self._text, number.end):
            return True
        if number.unit == "个" and not number.bound and "\u4e00" <= self._text[number.end : number.end + 1] <= "\u9fff":
            return True
        return bool(w.VERB_ONLY.fullmatch(phrase) or w.VERB_LAST.search(phrase))

    def _countable(self, number: Number, phrase: str, words: str, old: Number | None) -> bool:
        """Lengths and times count only where the phrase or the noun after them is measured so, or a limit is set."""
        if number.unit not in w.DURATIONS or old is not None:
            return True
        if phrase and (w.LOW.search(words) or w.HIGH.search(words)):
            return True
        if number.unit in w.LENGTHS and w.WORKED.search(phrase):
            return True
        return bool(w.MEASURED.search(phrase) or w.MEASURED.search(self._phrases.noun(number.end)[1]))

    def _zeros(self) -> None:
        """未发生…事故, 无…事故, 较大事故零发生: a value of zero."""
        taken = Intervals((r.start, r.end) for r in self.found)
        for m in w.ZERO.finditer(self._text, self._low, self._high):
            if taken.overlaps(*m.span()):
                continue
            if m["neg"] in {"无", "零"} and not self._nothing(m):
                continue
            self._zero(m.start(), m.end(), m["neg"], m["what"])
        for m in w.ZERO_AFTER.finditer(self._text, self._low, self._high):
            of = w.ZERO_OF.search(self._text, self._phrases.clause(m.start(), self._low), m.start())
            if of:
                self._zero(of.start(), m.end(), "零", of.group())

    def _zero(self, start: int, end: int, negation: str, what: str) -> None:
        kind = "target" if negation.startswith("不") else "result" if negation[0] in "未没" else ""
        reading = Reading(start, end, "indicator.zero", (what.strip("“”"),), "=", 0.0)
        self._keep(replace(reading, raw=negation, unit="起", kind=kind))

    def _nothing(self, m: re.Match[str]) -> bool:
        if not w.ZERO_HAS.search(self._text, max(0, m.start() - 8), m.start()) and m.start() > 0:
            return False
        return len(m["what"]) > 1 and m["what"][0] not in "证牌责关名人视照号论偿故时点售散星"

    def _keep(self, reading: Reading) -> None:
        if self.found and reading.rule != "indicator.zero" and reading.start < self.found[-1].end:
            reading = replace(reading, start=self.found[-1].end)
        if reading.start < reading.end:
            self.found.append(reading)
            self._read = max(self._read, reading.end)


def _difference(old: Number | None, new: Number) -> float | None:
    if old is None or old.value is None or new.value is None or old.unit != new.unit:
        return None
    return round(new.value - old.value, 6)


def _worded(number: Number, prefix: str) -> bool:
    """Does a numeral in words count something here (发生三起, 至少开展一次)?"""
    if number.unit in {"起", "宗", "例", "人", "名"}:
        before = prefix.rstrip("共约了仅各 ")
        return bool(w.HAPPENED.search(before)) and _NEGATED.search(prefix) is None
    return number.unit in {"次", "场", "期", "人次"} and bool(w.LOW.search(prefix) or w.HIGH.search(prefix))


def readings(
    text: str,
    low: int,
    high: int,
    blocked: Spans,
    bodies: Spans,
    objects: Spans,
) -> list[Reading]:
    """Indicators of ``text[low:high]`` in order.

    ``blocked``: spans whose numbers mean something else; ``bodies``: acting bodies and places, which are no part of a
    metric; ``objects``: what a rate is measured on.
    """
    return Reader(text, low, high, blocked, Phrases(text, bodies, objects)).read()
