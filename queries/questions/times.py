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
_HALF = {"上半年": (1, 6), "下半年": (7, 12)}
_QUARTERS = {"一": 1, "二": 4, "三": 7, "四": 10, "1": 1, "2": 4, "3": 7, "4": 10}
_SHORT = re.compile(r"(?<![\d.])([0-3]\d)\s*年(?!级|龄|代|前|后|内|来|期)")
_DAY = re.compile(r"(?:按|按照|截至|截止|到|在)?((?:19|20)\d{2})(?:年|-|/|\.)(\d{1,2})(?:月|-|/|\.)(\d{1,2})[日号]?")
_MONTH = re.compile(r"((?:19|20)\d{2})年(\d{1,2})月份?|\b(?:in |during )?([A-Za-z]{3,9})\.? ((?:19|20)\d{2})\b")
_PART = re.compile(r"((?:19|20)\d{2})年(上半年|下半年|第?([一二三四1-4])季度)")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年度?(?:的)?|\b(?:in |during |for )?((?:19|20)\d{2})\b(?!\s*[月.-]\d)")
_IN_FORCE = re.compile(r"^(?:当天|当日|那天|时)?的?(?:还|仍)?(?:有效|生效|施行|现行)的?(?:文件|规定|政策)?|^ ?in force")

_AND = frozenset("和与跟同及、") | {"", "and", "到", "至"}

Filters = dict[str, str | int]


def full_years(text: str) -> str:
    """24年 as 2024年."""
    return _SHORT.sub(lambda m: f"20{m.group(1)}年", text)


def readings(text: str) -> Iterator[tuple[Filters, str]]:
    """``text`` as it is, then without a time that becomes ``year``, ``since`` and ``until``, or ``as_of``."""
    yield {}, text
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


def year_of(text: str) -> int | None:
    """The year that stands in ``text``."""
    year = re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text)
    return int(year.group()) if year else None


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
    for month in _MONTH.finditer(text):
        number = int(month.group(2)) if month.group(2) else _MONTHS.get(month.group(3).lower(), 0)
        if 1 <= number <= 12:
            return _months(int(month.group(1) or month.group(4)), number, number), month
    return None


def _months(year: int, first: int, last: int) -> tuple[str, str]:
    return f"{year}-{first:02}-01", f"{year}-{last:02}-{calendar.monthrange(year, last)[1]:02}"
