"""The forms in which the genre writes dates and spans of time, and the days they stand for."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from ingest.pipeline.numbering import number_of

Span = tuple[date, date]

_HAN_YEAR = r"[一二][〇零九][〇零一二三四五六七八九]{2}"
YEAR = rf"(?:(?:19|20)\d\d|{_HAN_YEAR})"
_HAN_DAY = r"[一二三四五六七八九十]{1,3}"
_M = rf"(?:1[0-2]|0?[1-9]|{_HAN_DAY})"
_D = rf"(?:3[01]|[12]\d|0?[1-9]|{_HAN_DAY})"
_TO = r" ?(?:起|开始)? ?(?:至|到|-|~|—){1,2} ?"
_LAST = r"(?:底|末)"
_NEAR = r"(?:今年|本年|去年|上年|明年|次年|当年)"
_ARABIC_MONTH = r"(?:1[0-2]|0?[1-9])"
PERIOD = re.compile(
    rf"(?=[0-9一二三四五六七八九十到截自从即上下第年今本去明次当“])"
    rf"(?:(?P<until>到|截至|截止) ?|(?P<now>[自从]?即日起?[至到]) ?)?(?:"
    rf"(?:(?P<y1>{YEAR}) ?年 ?)?(?P<m1>{_M}) ?月 ?(?P<d1>{_D}) ?日{_TO}"
    rf"(?:(?P<y2>{YEAR}) ?年 ?)?(?:(?P<m2>{_M}) ?月 ?)?(?P<d2>{_D}) ?日"
    rf"|(?:(?P<y3>{YEAR}) ?年 ?)?(?P<m3>{_ARABIC_MONTH}|(?<!每){_M}(?= ?月)) ?(?:月份?)?{_TO}(?:(?P<y4>{YEAR}) ?年 ?)?"
    rf"(?P<m4>{_M}) ?月(?:份|(?P<last4>{_LAST}))?(?! ?\d)"
    rf"|(?P<y5>{YEAR}) ?年?{_TO}(?P<y6>{YEAR}) ?年"
    rf"|(?:(?P<y7>{YEAR}) ?年 ?)?(?P<m7>{_M}) ?月 ?(?P<d7>{_D})(?:[、,和及](?P<d7b>{_D})){{0,6}} ?日"
    rf"|(?:(?P<y13>{YEAR}) ?年 ?)?(?P<m13>{_M}) ?月(?:份)?(?P<third>[上中下])旬"
    rf"|(?:(?P<y8>{YEAR}) ?年 ?)(?P<m8>{_M}) ?月(?:份|(?P<last8>{_LAST}))?(?!\d)"
    rf"|(?P<m9>{_ARABIC_MONTH}) ?月(?P<last9>{_LAST})"
    rf"|(?P<m12>{_ARABIC_MONTH}) ?月份?(?![\d一二三四五六七八九十龄])"
    rf"|(?P<y14>(?:19|20)\d\d)[./-](?P<m14>{_ARABIC_MONTH})[./-](?P<d14>3[01]|[12]\d|0?[1-9])(?!\d)"
    rf"|(?:(?P<y10>{YEAR}) ?年?)?(?P<part>上半年|下半年|第?[一二三四]季度"
    rf"|年底|年末|(?<![一二三四五六七八九十几两])(?<!(?<!\d{{3}})\d)(?:年内|年中))"
    rf"|“?十(?P<plan>[一二三四五])五”?(?P<plan_part>期间|时期|末|以来)"
    rf"|(?P<relative>今年(?:以)?来|(?:去年同期|本年度|{_NEAR})"
    rf"(?! ?(?:\d{{1,2}}|{_HAN_DAY}) ?月|[上下]半年|第?[一二三四]季度|年?[底末]))"
    rf"|(?P<y11>{YEAR}) ?年度?(?!代)"
    rf")(?P<before>(?:之|以)?前)?(?P<after>以后|之后|以来|起(?!至|到|点|数|因))?"
)
WITHIN = re.compile(r"(?<![\d.])(?:\d{1,3}|[一二三四五六七八九十两]{1,3})(?:个工作日|个月|个自然日|日)内")
"""A deadline that counts from an event; it has no date of its own."""
_SHIFT = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "明年": 1, "次年": 1}
_NEAR_BEFORE = re.compile(rf"{_NEAR} ?$")
_HIDDEN_BEFORE = re.compile(r"(?:[0-9]{0,3}[xX×*_]{1,4}[0-9]{0,2}) ?年 ?$")


def begin_of(match: re.Match[str]) -> tuple[int, int | None]:
    """Where the expression begins (今年 and 20XX年 before a month belong to it) and by how much its year differs.

    None: the year is hidden in the source, so the date cannot be known.
    """
    start = match.end("until") if match["until"] else match.start()
    while match.string[start] == " ":
        start += 1
    if match["now"] or match["until"] or match["relative"]:
        return start, 0
    low = max(0, start - 9)
    if near := _NEAR_BEFORE.search(match.string, low, start):
        return near.start(), _SHIFT[near.group()[:2]]
    if hidden := _HIDDEN_BEFORE.search(match.string, low, start):
        return hidden.start(), None
    return start, 0


def resolve(match: re.Match[str], year: int | None) -> Span | None:
    """First and last day of the span that ``match`` names, None when the year is unknown or no such day exists."""
    try:
        return _resolve(match, year)
    except ValueError:
        return None


def _resolve(match: re.Match[str], year: int | None) -> Span | None:
    def number(name: str, default: int | None = None) -> int | None:
        return default if match[name] is None else number_of(match[name])

    if match["y5"] or match["y11"]:
        return _whole(_need(number("y5", number("y11"))), number("y6"))
    if match["m1"]:
        first = date(_need(number("y1", year)), _need(number("m1")), _need(number("d1")))
        return first, date(number("y2") or first.year, number("m2") or first.month, _need(number("d2")))
    if match["m3"]:
        start, last = _month(_need(number("y3", year)), _need(number("m3"))), _need(number("y4", number("y3", year)))
        return start[0], _month(last, _need(number("m4")))[1]
    if match["m7"] or match["m14"]:
        day = date(_need(number("y7", number("y14", year))), _need(number("m7", number("m14"))), 1)
        first = day.replace(day=_need(number("d7", number("d14"))))
        return first, first.replace(day=_need(number("d7b", first.day)))
    if month := number("m8", number("m9", number("m12", number("m13")))):
        whole = _month(_need(number("y8", number("y13", year))), month)
        return _third(whole, match["third"]) if match["third"] else whole
    return _named(match, number("y10", year))


def _named(match: re.Match[str], year: int | None) -> Span:
    if match["plan"]:
        first = 2001 + 5 * "零一二三四五".index(match["plan"])
        last = date(first + 4, 12, 31)
        return (last.replace(day=1), last) if match["plan_part"] == "末" else _whole(first, first + 4)
    year = _need(year)
    part = match["part"] or ""
    if match["relative"]:
        return _whole(year + _SHIFT[match["relative"][:2]])
    if part == "上半年":
        return date(year, 1, 1), date(year, 6, 30)
    if part == "下半年":
        return date(year, 7, 1), date(year, 12, 31)
    if part.endswith("季度"):
        quarter = "一二三四".index(part[-3])
        return date(year, quarter * 3 + 1, 1), _month(year, quarter * 3 + 3)[1]
    return (date(year, 12, 1), date(year, 12, 31)) if part in ("年底", "年末") else _whole(year)


def _need(value: int | None) -> int:
    if value is None:
        raise ValueError("a part of the date is unknown")
    return value


def _whole(first: int, last: int | None = None) -> Span:
    return date(first, 1, 1), date(last or first, 12, 31)


def _month(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _third(month: Span, third: str) -> Span:
    """上旬, 中旬 or 下旬 of a month."""
    first = 1 + 10 * "上中下".index(third)
    return month[0].replace(day=first), month[1] if third == "下" else month[0].replace(day=first + 9)
