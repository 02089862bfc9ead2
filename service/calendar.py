"""A unit's duties as a calendar file (iCalendar, RFC 5545): all-day events that any calendar program takes in.

Deadlines are single events. Recurring work is one event with a rule where a rule says exactly the days there are (the
last day of every so many months), else one event a day. Work without a date (长期坚持, 每周) cannot be placed and is
left out. The same rows give the same bytes: no clock is read, an event keeps its UID while its task is the same.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from graph.errors import NODE, Lang, NotFound
from graph.ids import digest
from graph.models import Row
from graph.store import Store
from queries.catalog import Catalog
from queries.runner import MAX_LIMIT, run
from service.version import VERSION

MEDIA_TYPE = "text/calendar"
MOST = 10_000
"""Rows read for one calendar."""
QUERY = "unit-calendar"
MONTHS = {"P1M": 1, "P2M": 2, "P3M": 3, "P6M": 6, "P1Y": 12}
LINE = 75
"""Octets a content line may have before it is folded."""
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
_ROLES = {"LEADS": ("牵头或负责", "leads"), "COOPERATES": ("配合", "cooperates"), "EXECUTES": ("执行", "executes")}


async def calendar_of(
    store: Store, catalog: Catalog, unit: str, given: Mapping[str, str], *, lang: Lang, timeout: float
) -> bytes:
    """The calendar of the unit with that id; ``given``: since, until, as_of of the query. Raises NotFound."""
    found = await store.read("MATCH (u:Unit {id: $id}) RETURN u.name AS name", {"id": unit}, limit=1)
    if not found:
        raise NotFound(what=NODE, name=unit)
    definition = catalog.get(QUERY)
    rows: list[Row] = []
    cursor: str | None = None
    while len(rows) < MOST:
        page = await run(store, definition, {"unit": unit, **given}, limit=MAX_LIMIT, cursor=cursor, timeout=timeout)
        rows += page.rows
        if (cursor := page.next) is None:
            break
    return written(found[0]["name"], rows, lang)


def written(name: str, rows: Sequence[Row], lang: Lang) -> bytes:
    """The calendar named ``name`` of the rows of ``unit-calendar``, CRLF and folded."""
    title = f"{name} 职责时间表" if lang == "zh" else f"Duties of {name}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//zhize//zhize {_text(VERSION)}//{lang.upper()}",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(title)}",
        f"X-WR-CALNAME:{_text(title)}",
    ]
    dated = sorted((row for row in rows if row["date"]), key=_series)
    for _, group in groupby(dated, key=_series):
        for days, every in _events(list(group)):
            lines += _event(days[0], every, days[-1]["date"], lang)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _series(row: Row) -> tuple[str, str, str, str]:
    """What belongs to one event or rule."""
    return row["task"]["id"], row["unit"]["id"], row["role"], row["kind"]


def _events(rows: list[Row]) -> Iterator[tuple[list[Row], int]]:
    """Rows of one series as events: all days with the months between them, or each day with 0."""
    unique = {row["date"]: row for row in rows}
    days = [unique[day] for day in sorted(unique)]
    every = MONTHS.get(days[0]["every"] or "", 0)
    if days[0]["kind"] == "recurrence" and len(days) > 1 and every and _exact([day["date"] for day in days], every):
        yield days, every
    else:
        yield from (([day], 0) for day in days)


def _exact(days: list[str], every: int) -> bool:
    """Are these the last days of every ``every`` months, none missing?"""
    first = date.fromisoformat(days[0])
    months = (first.year * 12 + first.month - 1 + every * step for step in range(len(days)))
    return days == [date(m // 12, m % 12 + 1, monthrange(m // 12, m % 12 + 1)[1]).isoformat() for m in months]


def _event(row: Row, every: int, last: str, lang: Lang) -> list[str]:
    document, day = row["document"], row["date"].replace("-", "")
    said = "zh" if lang == "zh" else "en"
    role = _ROLES[row["role"]][said == "en"]
    inherited = {"zh": "原文未写责任单位，按发文单位推定。", "en": "No unit is written; inherited from the issuer."}
    described = [row["quote"] or "", f"《{document['name']}》", row["written"] or "", inherited[said] * row["implicit"]]
    # A date of issue is when the event was last revised; a document without one has the epoch.
    stamp = (document["issued_on"] or "1970-01-01").replace("-", "")[:8]
    lines = [
        "BEGIN:VEVENT",
        f"UID:{digest([*_series(row), '' if every else row['date']])}@zhize",
        f"DTSTAMP:{stamp if len(stamp) == 8 else '19700101'}T000000Z",
        f"DTSTART;VALUE=DATE:{day}",
    ]
    if every:
        # Counted from the last day of a month; UNTIL is a date, as DTSTART is.
        lines.append(f"RRULE:FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY=-1;UNTIL={last.replace('-', '')}")
    return [
        *lines,
        f"SUMMARY:{_text(row['task']['name'])}",
        f"DESCRIPTION:{_text(chr(10).join(filter(None, described)))}",
        f"CATEGORIES:{_text(role)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(value: Any) -> str:
    """A TEXT value: reserved characters escaped, control characters left out."""
    escaped = str(value).translate(_ESCAPED)
    return "".join(char for char in escaped if char == "\t" or (char >= " " and char != "\x7f"))


def _folded(line: str) -> Iterator[str]:
    """A content line in pieces of at most 75 octets, never within a character."""
    piece, size = "", 0
    for char in line:
        octets = len(char.encode("utf-8", "replace"))
        if size + octets > LINE:
            yield piece
            piece, size = " ", 1
        piece += char
        size += octets
    yield piece
