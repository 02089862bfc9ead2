"""Numbers that count something: with a unit, and neither dates, ordinals, grades nor parts of set phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.pipeline import indicator_words as w


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its unit and bound (以上, 以内). ``value`` None: hidden in the source. ``han``: 一次, not 1次."""

    start: int
    end: int
    value: float | None
    value_max: float | None
    raw: str
    unit: str
    bound: str
    more: bool = False
    han: bool = False


def counts(text: str, low: int, high: int) -> Iterator[Number]:
    """The counting numbers of ``text[low:high]``, in order."""
    for m in w.NUMBER.finditer(text, low, high):
        if _counts(text, m, low):
            bound = w.BOUND.match(text, m.end(), high)
            word = bound.group() if bound else ""
            if not ("以上" in word and text.endswith(("亡", "受伤", "重伤"), low, m.start())):
                yield _number(text, m, bound.end() if bound else m.end(), word)


def _counts(text: str, m: re.Match[str], low: int) -> bool:
    before = text[max(low, m.start() - 6) : m.start()]
    if w.NOT_COUNT_BEFORE.search(before) or w.NOT_COUNT_AFTER.match(text, m.end()):
        return False
    return not w.EXPLAINED.search(text, max(low, m.start() - 60), m.start())


def _number(text: str, m: re.Match[str], end: int, bound: str) -> Number:
    start = m.start()
    if m["hidden"]:
        return Number(start, end, None, None, m["hidden"], m["hidden_unit"], bound)
    if m["han"]:
        return Number(start, end, float(w.HAN_DIGITS[m["han"]]), None, m["han"], m["han_unit"], bound, han=True)
    value, top = _value(m["num"], m["scale"]), None
    if m["num2"]:
        value, top = _value(m["num"], m["scale"] or m["scale2"]), _value(m["num2"], m["scale2"])
    return Number(start, end, value, top, text[start : m.start("unit")], m["unit"], bound, bool(m["more"]))


def _value(digits: str, scale: str | None) -> float:
    return round(float(digits.replace(",", "")) * w.SCALE[scale or ""], 6)
