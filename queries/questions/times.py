"""Years and periods a question names, as values of parameters: 24年, 2024年下半年, in July 2022, 2024年6月30日."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

_MONTHS = {
    name.lower(): number
    for number in range(1, 13)
    for name in (calendar.month_name[number], calendar.month_abbr[number])
}
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR_NAMED = r"(?:19|20)\d{2}"
_DAY_FIRST = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_NAMES})\.?,? (?P<year>{_YEAR_NAMED})\b", re.I
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_NAMES})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>{_YEAR_NAMED})\b", re.I
)
_BETWEEN = re.compile(
    rf"\b(\d{{1,2}}) ({_NAMES})( and | to | until | - )(\d{{1,2}}) ({_NAMES}) ({_YEAR_NAMED})\b", re.I
)
_HALF = {"上半年": (1, 6), "下半年": (7, 12)}
_QUARTERS = {"一": 1, "二": 4, "三": 7, "四": 10, "1": 1, "2": 4, "3": 7, "4": 10}
_SHORT = re.compile(r"(?<![\d.])([0-3]\d)\s*年(?!级|龄|代|前|后|内|来|期)")
_DATE = r"((?:19|20)\d{2})(?:年|-|/|\.)(\d{1,2})(?:月|-|/|\.)(\d{1,2})[日号]?"
_DAY = re.compile(rf"(?:按|按照|截至|截止|到|在|as of |as at |on )?{_DATE}", re.I)
_RANGE = re.compile(
    rf"(?:从|自|在|between |from )?{_DATE}(?:起|开始)?\s*(?:至|到|-|—|~|～|and|to|until|\.\.)+\s*"
    rf"(?:({_YEAR_NAMED})(?:年|-|/|\.))?(\d{{1,2}})(?:月|-|/|\.)(\d{{1,2}})[日号]?(?:之间|期间|止|为止|的)?"
)
_UNTIL = re.compile(rf"(?:截至|截止到?|到)?{_DATE}(?:之前|以前|前|为止|止)|(?:before|by|until|up to) {_DATE}")
_UP_TO = re.compile(rf"(?:截至|截止到?){_DATE}")
_SINCE = re.compile(rf"(?:从|自)?{_DATE}(?:之后|以后|以来|后|起|开始)|(?:after|since|from) {_DATE}")
_BOUNDS = ((_RANGE, ("since", "until")), (_UNTIL, ("until",)), (_UP_TO, ("until",)), (_SINCE, ("since",)))
_MONTH = re.compile(r"((?:19|20)\d{2})年(\d{1,2})月份?|\b(?:in |during )?([A-Za-z]{3,9})\.? ((?:19|20)\d{2})\b")
_MONTHS_SPAN = re.compile(
    rf"({_YEAR_NAMED})年(\d{{1,2}})月?份?(?:到|至|-|—|~)(\d{{1,2}})月份?(?:之间|期间)?(?!\d)(?!\d*[日号])"
)
_PART = re.compile(r"((?:19|20)\d{2})年(上半年|下半年|第?([一二三四1-4])季度)")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年度?(?:的)?|\b(?:in |during |for )?((?:19|20)\d{2})\b(?!\s*[月.-]\d)")
_IN_FORCE = re.compile(r"^(?:当天|当日|那天|时)?的?(?:还|仍)?(?:有效|生效|施行|现行)的?(?:文件|规定|政策)?|^ ?in force")

_AND = frozenset("和与跟同及、") | {"", "and", "到", "至"}

Filters = dict[str, str | int]


def full_years(text: str) -> str:
    """24年 as 2024年, and 30 June 2024 as 2024-06-30."""
    text = _SHORT.sub(lambda m: f"20{m.group(1)}年", text)
    text = _BETWEEN.sub(r"\1 \2 \6\3\4 \5 \6", text)
    return _DAY_FIRST.sub(_iso, _MONTH_FIRST.sub(_iso, text))


def _iso(date: re.Match[str]) -> str:
    found = date.groupdict()
    return f"{found['year']}-{_MONTHS[found['month'].lower()]:02}-{int(found['day']):02}"


def readings(text: str) -> Iterator[tuple[Filters, str]]:
    """``text`` as it is, then without a time that becomes ``year``, ``since`` and ``until``, or ``as_of``."""
    yield {}, text
    yield from _bounds(text)
    if day := _DAY.search(text):
        try:
            date = dt.date(*(int(part) for part in day.groups())).isoformat()
        except ValueError:
            return
        rest = _IN_FORCE.sub("", text[day.end() :])
        yield {"as_of": date}, _without(text[: day.start()], rest)
        return
    if period := _period(text):
        (start, end), match = period
        yield {"since": start, "until": end}, _without(text[: match.start()], text[match.end() :])
        return
    found = list(_YEARS.finditer(text))
    if len(found) == 1:
        year = int(found[0].group(1) or found[0].group(2))
        rest = _without(text[: found[0].start()], text[found[0].end() :])
        yield {"year": year}, rest
        yield {"since": f"{year}-01-01", "until": f"{year}-12-31"}, rest


def _bounds(text: str) -> Iterator[tuple[Filters, str]]:
    """``since`` and ``until`` where days are named as the first and the last one."""
    for pattern, names in _BOUNDS:
        if found := pattern.search(text):
            parts = _parts(found)
            try:
                days = [dt.date(*parts[place : place + 3]).isoformat() for place in range(0, len(parts), 3)]
            except ValueError:
                return
            if days != sorted(days):
                return
            yield dict(zip(names, days, strict=True)), _without(text[: found.start()], text[found.end() :])
            return


def _parts(found: re.Match[str]) -> list[int]:
    """Year, month and day of each date; a second date without a year is in the first one's, or the next."""
    groups = [group for group in found.groups() if group]
    parts = [int(group) for group in groups]
    if len(parts) == 5:
        over_the_turn = parts[3:] < parts[1:3]
        parts.insert(3, parts[0] + over_the_turn)
    return parts


def years_of(text: str) -> list[int]:
    """The years that stand in ``text``."""
    return [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text)]


def year_of(text: str) -> int | None:
    """The first year that stands in ``text``."""
    return next(iter(years_of(text)), None)


def pair_of_years(text: str) -> tuple[tuple[int, int], str] | None:
    """Two different years and the text without them: what is said of one document holds for both."""
    years = [*re.finditer(r"(?<!\d)((?:19|20)\d{2})(?!\d)\s*年?度?", text)]
    values = [int(year.group(1)) for year in years]
    if len(values) != 2 or values[0] == values[1]:
        return None
    first, second = years
    between = text[first.end() : second.start()]
    joined = "" if between.strip() in _AND else between
    rest = f"{text[: first.start()]} {joined} {text[second.end() :].removeprefix('的')}"
    return (values[0], values[1]), rest


def _without(before: str, after: str) -> str:
    return f"{before} {after}".strip()


def _period(text: str) -> tuple[tuple[str, str], re.Match[str]] | None:
    if part := _PART.search(text):
        year, name, quarter = int(part.group(1)), part.group(2), part.group(3)
        first, last = _HALF.get(name) or (_QUARTERS[quarter], _QUARTERS[quarter] + 2)
        return _months(year, first, last), part
    if span := _MONTHS_SPAN.search(text):
        year, first, last = (int(part) for part in span.groups())
        if 1 <= first <= last <= 12:
            return ((_months(year, first, first)[0], _months(year, last, last)[1]), span)
    for month in _MONTH.finditer(text):
        number = int(month.group(2)) if month.group(2) else _MONTHS.get(month.group(3).lower(), 0)
        if 1 <= number <= 12:
            return _months(int(month.group(1) or month.group(4)), number, number), month
    return None


def _months(year: int, first: int, last: int) -> tuple[str, str]:
    return f"{year}-{first:02}-01", f"{year}-{last:02}-{calendar.monthrange(year, last)[1]:02}"
