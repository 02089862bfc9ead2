"""A unit's calendar, to be subscribed to."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from service.calendar import MEDIA_TYPE, calendar_of
from service.conditional import tagged
from service.dependencies import CatalogDep, LangDep, SettingsDep, StoreDep

router = APIRouter(tags=["units"])

Day = Annotated[str, Query(max_length=10, description="日期 / day")]


async def _days(since: Day = "", until: Day = "", as_of: Day = "") -> dict[str, str]:
    return {"since": since, "until": until, "as_of": as_of}


DaysDep = Annotated[dict[str, str], Depends(_days)]

EXAMPLE = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//zhize//zhize 0.1.0//ZH\r\nBEGIN:VEVENT\r\n"
    "UID:5a0f1c2b3d4e5f60718a@zhize\r\nDTSTAMP:20240115T000000Z\r\nDTSTART;VALUE=DATE:20240331\r\n"
    "RRULE:FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1;UNTIL=20241231\r\nSUMMARY:排查公路隐患\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


@router.get(
    "/units/{id}/calendar.ics",
    response_class=Response,
    responses={200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}, "example": EXAMPLE}}}},
)
async def calendar(
    id: str,
    request: Request,
    store: StoreDep,
    catalog: CatalogDep,
    settings: SettingsDep,
    lang: LangDep,
    given: DaysDep,
) -> Response:
    """Deadlines and recurring work of a unit as iCalendar (RFC 5545), each with the sentence that says so."""
    content = await calendar_of(store, catalog, id, given, lang=lang, timeout=settings.query_timeout)
    return tagged(request, content, f"{MEDIA_TYPE}; charset=utf-8")
