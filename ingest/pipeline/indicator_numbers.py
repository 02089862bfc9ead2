"""Numbers that count something: with a counter, and neither dates, ordinals, grades nor parts of set phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.pipeline import indicator_words as w
from ingest.pipeline.numbering import chinese_number

_BROKEN = re.compile("(?<=[\u4e00-\u9fff])([0-9]{1,3}) $")


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its counter and bound (以上, 以内). ``value`` None: hidden in the source. ``han``: 一次."""

    start: int
    end: int
    value: float | None
    value_max: float | None
    raw: str
    unit: str
    bound: str
    more: bool = False
    han: bool = False

    @property
    def rate(self) -> bool:
        """Is it a share or a difference of shares?"""
        return self.unit in {"%", "百分点", "个百分点"}


def counts(text: str, low: int, high: int) -> Iterator[Number]:
    """The counting numbers of ``text[low:high]``, in order."""
    for m in w.NUMBER.finditer(text, low, high):
        if _counts(text, m, low):
            bound = w.BOUND.match(text, m.end(), high)
            word = bound.group() if bound else ""
            number = _number(text, m, bound.end() if bound else m.end(), word)
            if number is not None and not _threshold(text, number, low, high):
                yield number


def _counts(text: str, m: re.Match[str], low: int) -> bool:
    before = text[max(low, m.start() - 6) : m.start()]
    if w.NOT_COUNT_BEFORE.search(before) or w.NOT_COUNT_AFTER.match(text, m.end()):
        return False
    quote = text.rfind("“", max(low, m.start() - w.LIMIT), m.start())
    if quote >= 0 and (slogan := w.SLOGAN.match(text, quote)) and slogan.end() > m.end():
        return False
    return not w.EXPLAINED.search(text, max(low, m.start() - 60), m.start())


def _threshold(text: str, number: Number, low: int, high: int) -> bool:
    """Does the number define a class (死亡3人以上事故, 年均2次以上塌方, 超过9小时的) rather than count one?"""
    if number.rate or number.value is None:
        return False
    following = text[number.end : min(high, number.end + 1)]
    before = text[max(low, number.start - 8) : number.start]
    if following == "的" and (w.OVER.search(before) or text[number.end + 1 : number.end + 2].isdigit()):
        return True
    if number.bound in {"", "左右", "上下"} or not ("\u4e00" <= following <= "\u9fff"):
        return False
    if before.endswith(("死亡", "亡", "受伤", "重伤")):
        return True
    return not w.ACTION_LAST.search(before)


def _number(text: str, m: re.Match[str], end: int, bound: str) -> Number | None:
    start = m.start()
    broken = _BROKEN.search(text, max(0, start - 5), start) if m["num"] else None
    if m["hidden"]:
        return Number(start, end, None, None, m["hidden"], m["hidden_unit"], bound)
    if m["num"]:
        value, top = _value(m["num"], m["scale"]), None
        if m["num2"]:
            value, top = _value(m["num"], m["scale"] or m["scale2"]), _value(m["num2"], m["scale2"])
        more = bool(m["more"] or m["more2"] or m["more3"])
        if broken and top is None:
            # 1 20 处: a blank that OCR left in the number, or two numbers; the raw figure shows it.
            start = broken.start(1)
            value = _value(broken.group(1) + m["num"], m["scale"])
        raw = text[start : m.start("unit")].strip()
        return Number(start, end, value, top, raw, m["unit"], bound, more)
    share = _share(m)
    if share is not None:
        return Number(start, end, share, None, m.group(), "%", bound)
    written = m["han"] and chinese_number(m["han"])
    return Number(start, end, float(written), None, m["han"], m["han_unit"], bound, han=True) if written else None


def _share(m: re.Match[str]) -> float | None:
    """百分之五, 三分之二, 八成 as a percentage."""
    if m["percent"]:
        known = float(m["percent"].replace(",", "")) if m["percent"][0].isascii() else chinese_number(m["percent"])
        return float(known) if known is not None else None
    if m["part"]:
        return round(100 * (chinese_number(m["of"]) or 0) / (chinese_number(m["part"]) or 1), 2)
    return 10.0 * (chinese_number(m["tenths"]) or 0) if m["tenths"] else None


def _value(digits: str, scale: str | None) -> float:
    return round(float(digits.replace(",", "")) * w.SCALE[scale or ""], 6)
