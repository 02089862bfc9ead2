"""zh_period: dates, spans of time, deadlines and recurrences, resolved to ISO dates where the year is known.

Attributes of a Period mention: ``kind`` (range | deadline | recurrence | lasting), ``date_from`` and ``date_to`` (ISO,
"" when the year is not known or the span is open on that side: 9月1日以后, 即日起至9月1日). The year of a date without
one is that of the nearest heading above that names a year, else the document's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from ingest.annotations import add, readable, sections, text_of
from ingest.fold import fold
from ingest.pipeline.numbering import number_of
from ingest.pipeline.period_forms import PERIOD, WITHIN, YEAR, begin_of, resolve

_RECURRENCE = re.compile(
    r"每(?:个)?(?:年度|年|半年|季度|季|半个?月|两个月|月份?|旬|两周|周[一二三四五六日末]?(?:、周?[一二三四五六日末]){0,6}|星期[一二三四五六日]?|日|天|学期)"
    r"(?:\d{1,2} ?[日时号](?:之|以)?前|[底末初]前?)?"
    r"(?:(?:至少|不少于|定期)?(?:\d{1,2}|[一二两三四五])次)?"
    r"|逐[日周月季年](?!步)|按(?:月|季度|周)(?=[调通报开组统汇考评分公推召督])"
)
_LASTING = re.compile(r"长期坚持|常年坚持|长期推进|常态化?坚持|持续坚持|长期开展|全年坚持")
_YEAR = re.compile(rf"(?<![-至到~])({YEAR}) ?(?:年|-\d\d?-\d\d?)")
_NUMBER_YEAR = re.compile(r"[〔\[(【] ?((?:19|20)\d\d) ?[〕\])】] ?第?\d+ ?号")


@Language.component("zh_period")
def zh_period(doc: Doc) -> Doc:
    """Add Period mentions in all zones that speak for the document."""
    folded = fold(text_of(doc))
    year_at = _years(doc, folded)
    for start, end in readable(doc):
        for match in PERIOD.finditer(folded, start, end):
            _add_period(doc, match, year_at(match.start()))
        for match in WITHIN.finditer(folded, start, end):
            add(doc, "Period", *match.span(), rule="period.within", kind="deadline", date_from="", date_to="")
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
                return number_of(match.group(1))
    return None


def _years(doc: Doc, folded: str) -> Callable[[int], int | None]:
    """The year in force at an offset: the innermost section whose heading names one, else the document's."""
    default = document_year(doc)
    named = [(s.start, s.body_end, _YEAR.search(folded, s.start, s.end)) for s in sections(doc)]
    spans = [(start, end, number_of(match.group(1))) for start, end, match in named if match]
    outer: list[int] = []
    for start, _, _ in spans:
        above = len(outer) - 1
        while above >= 0 and spans[above][1] <= start:
            above = outer[above]
        outer.append(above)

    def year_at(offset: int) -> int | None:
        index = bisect_right(spans, offset, key=lambda span: span[0]) - 1
        while index >= 0 and spans[index][1] <= offset:
            index = outer[index]
        return spans[index][2] if index >= 0 else default

    return year_at


def _add_period(doc: Doc, match: re.Match[str], year: int | None) -> None:
    start, shift = begin_of(match)
    year = year + shift if year is not None and shift is not None else None
    found = resolve(match, year) if shift is not None else None
    aimed = match["until"] == "到"
    deadline = bool(match["before"] or aimed or match["part"] == "年内" or match["last9"] or match["plan_part"] == "末")
    if match["part"] == "年中" and not deadline:
        return
    opens = match["now"] is not None
    add(
        doc,
        "Period",
        start,
        match.end(),
        rule="period.date",
        kind="deadline" if deadline and match["until"] not in ("截至", "截止") else "range",
        date_from=found[0].isoformat() if found and not opens else "",
        date_to=found[1].isoformat() if found and not match["after"] else "",
    )
