"""From when until when a document is in force, as far as it says: 自…起施行, 有效期…年, 执行至…止."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ingest.pipeline.numbering import chinese_number

_DAY = r"((?:19|20)\d\d) ?年 ?(1[0-2]|0?[1-9]) ?月 ?(3[01]|[12]\d|0?[1-9]) ?日"
_BEGINS = re.compile(
    rf"自(?:{_DAY}|(?:本\w{{0,4}})?(?:印发|发布|公布|下发|颁布)之日)起,?(?:正式)?(?:施行|实施|执行|生效|试行)"
)
_YEARS = re.compile(r"有效期(?:限)?(?:为)? ?([1-9]|[一二两三四五六七八九十]) ?年")
_ENDS = re.compile(rf"(?:有效期(?:限)?(?:截止|截至|至|到|为)|(?:施行|实施|执行|试行)(?:期限)?至) ?{_DAY}")


def validity(folded: str, issued_on: str) -> tuple[str, str]:
    """``(from, until)`` as ISO dates of a width-folded text; the day of issue counts when no other is written."""
    begins = _BEGINS.search(folded)
    first = (_iso(begins) if begins else "") or issued_on
    if ends := _ENDS.search(folded):
        return first, _iso(ends)
    if first and (years := _YEARS.search(folded)):
        return first, _later(first, int(years[1]) if years[1].isdigit() else chinese_number(years[1]) or 2)
    return first, ""


def _iso(match: re.Match[str]) -> str:
    if match[1] is None:
        return ""
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return ""


def _later(first: str, years: int) -> str:
    """The last day of a term of ``years`` that begins on ``first``."""
    day = date.fromisoformat(first) - timedelta(days=1)
    try:
        return day.replace(year=day.year + years).isoformat()
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28).isoformat()
