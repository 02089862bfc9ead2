"""zh_period: dates, spans of time, deadlines and recurrences, resolved to ISO dates where the year is known.

Attributes of a Period mention: ``kind`` (range | deadline | recurrence | lasting), ``date_from`` and ``date_to`` (ISO,
"" when the year is not known). The year of a date without one is that of the nearest heading above that names a
year, else the document's.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from ingest.annotations import add, readable, sections, text_of
from ingest.fold import fold
from ingest.pipeline.numbering import chinese_number

Span = tuple[date, date]

_HAN_YEAR = r"[一二][〇零九][〇零一二三四五六七八九]{2}"
_Y = rf"(?:(?:19|20)\d\d|{_HAN_YEAR})"
_HAN_DAY = r"[一二三四五六七八九十]{1,3}"
_M = rf"(?:1[0-2]|0?[1-9]|{_HAN_DAY})"
_D = rf"(?:3[01]|[12]\d|0?[1-9]|{_HAN_DAY})"
_TO = r" ?(?:起|开始)? ?(?:至|到|-|~|—){1,2} ?"
_LAST = r"(?:底|末)"
_PERIOD = re.compile(
    rf"(?:(?P<until>到|截至|截止) ?)?(?:"
    rf"(?:(?P<y1>{_Y}) ?年 ?)?(?P<m1>{_M}) ?月 ?(?P<d1>{_D}) ?日{_TO}"
    rf"(?:(?P<y2>{_Y}) ?年 ?)?(?:(?P<m2>{_M}) ?月 ?)?(?P<d2>{_D}) ?日"
    rf"|(?P<y3>{_Y}) ?年 ?(?P<m3>{_M}) ?月{_TO}(?:(?P<y4>{_Y}) ?年 ?)?(?P<m4>{_M}) ?月(?P<last4>{_LAST})?"
    rf"|(?P<y5>{_Y}) ?年?{_TO}(?P<y6>{_Y}) ?年"
    rf"|(?:(?P<y7>{_Y}) ?年 ?)?(?P<m7>{_M}) ?月 ?(?P<d7>{_D}) ?日"
    rf"|(?:(?P<y8>{_Y}) ?年 ?)(?P<m8>{_M}) ?月(?P<last8>{_LAST})?(?!\d)"
    rf"|(?P<m9>1[0-2]|0?[1-9]) ?月(?P<last9>{_LAST})"
    rf"|(?:(?P<y10>{_Y}) ?年?)?(?P<part>上半年|下半年|第?[一二三四]季度|年底|年末|年内|年中)"
    rf"|(?P<relative>今年(?:以)?来|今年|本年度|去年同期|去年|上年)"
    rf"|(?P<y11>{_Y}) ?年度?(?!代)"
    rf")(?P<before>(?:之|以)?前)?"
)
_RECURRENCE = re.compile(
    r"每(?:个)?(?:年度|年|半年|季度|季|半个?月|两个月|月份?|旬|两周|周[一二三四五六日末]?(?:、周[一二三四五六日末]){0,6}|星期|日|天|学期)"
    r"(?:\d{1,2} ?[日时号](?:之|以)?前)?"
    r"(?:(?:至少|不少于|定期)?(?:\d{1,2}|[一二两三四五])次)?"
)
_LASTING = re.compile(r"长期坚持|常年坚持|长期推进|常态化?坚持|持续坚持")
_YEAR = re.compile(rf"(?<![-至到~])({_Y}) ?(?:年|-\d\d?-\d\d?)")
_NUMBER_YEAR = re.compile(r"[〔\[(【] ?((?:19|20)\d\d) ?[〕\])】] ?第?\d+ ?号")


@Language.component("zh_period")
def zh_period(doc: Doc) -> Doc:
    """Add Period mentions in all zones that speak for the document."""
    folded = fold(text_of(doc))
    year_at = _years(doc, folded)
    for start, end in readable(doc):
        for match in _PERIOD.finditer(folded, start, end):
            _add_period(doc, match, year_at(match.start()))
        for match in _RECURRENCE.finditer(folded, start, end):
            add(doc, "Period", *match.span(), rule="period.recurrence", kind="recurrence", date_from="", date_to="")
        for match in _LASTING.finditer(folded, start, end):
            add(doc, "Period", *match.span(), rule="period.lasting", kind="lasting", date_from="", date_to="")
    return doc


def document_year(doc: Doc) -> int | None:
    """The year a date without one belongs to: title, then header, 文号, signature, and the first in the text."""
    text = fold(text_of(doc))
    for pattern, kinds in (
        (_YEAR, ("title",)),
        (_YEAR, ("header",)),
        (_NUMBER_YEAR, ("header",)),
        (_YEAR, ("signature",)),
        (_YEAR, ("body", "table")),
    ):
        for zone in doc._.zones:
            if zone.kind in kinds and (match := pattern.search(text, zone.start, min(zone.end, zone.start + 2000))):
                return _number(match.group(1))
    return None


def _years(doc: Doc, folded: str) -> Callable[[int], int | None]:
    """The year in force at an offset: the innermost section whose heading names one, else the document's."""
    default = document_year(doc)
    named = [(s.start, s.body_end, _YEAR.search(folded, s.start, s.end)) for s in sections(doc)]
    spans = [(start, end, _number(match.group(1))) for start, end, match in named if match]

    def year_at(offset: int) -> int | None:
        inside = [year for start, end, year in spans if start <= offset < end]
        return inside[-1] if inside else default

    return year_at


def _add_period(doc: Doc, match: re.Match[str], year: int | None) -> None:
    found = resolve(match, year)
    deadline = bool(match["before"] or match["until"] or match["part"] == "年内" or match["last9"])
    start = match.end("until") if match["until"] else match.start()
    while match.string[start] == " ":
        start += 1
    if match["part"] == "年中" and not deadline:
        return
    add(
        doc,
        "Period",
        start,
        match.end(),
        rule="period.date",
        kind="deadline" if deadline else "range",
        date_from=found[0].isoformat() if found else "",
        date_to=found[1].isoformat() if found else "",
    )


def resolve(match: re.Match[str], year: int | None) -> Span | None:
    """First and last day of the span that ``match`` names, None when the year is unknown or no such day exists."""
    try:
        return _resolve(match, year)
    except ValueError:
        return None


def _resolve(match: re.Match[str], year: int | None) -> Span | None:
    def number(name: str, default: int | None = None) -> int | None:
        return default if match[name] is None else _number(match[name])

    if match["y5"] or match["y11"]:
        return _whole(_need(number("y5", number("y11"))), number("y6"))
    if match["m1"]:
        first = date(_need(number("y1", year)), _need(number("m1")), _need(number("d1")))
        return first, date(number("y2") or first.year, number("m2") or first.month, _need(number("d2")))
    if match["m3"]:
        start, last = _month(_need(number("y3")), _need(number("m3"))), _need(number("y4", number("y3")))
        return start[0], _month(last, _need(number("m4")))[1]
    if match["m7"]:
        day = date(_need(number("y7", year)), _need(number("m7")), _need(number("d7")))
        return day, day
    if match["m8"] or match["m9"]:
        return _month(_need(number("y8", year)), _need(number("m8", number("m9"))))
    return _named(match, number("y10", year))


def _named(match: re.Match[str], year: int | None) -> Span:
    year = _need(year)
    part = match["part"] or ""
    if match["relative"]:
        return _whole(year - 1) if match["relative"].startswith(("去", "上")) else _whole(year)
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


def _number(written: str) -> int | None:
    return int(written) if written.isdigit() else chinese_number(written)
