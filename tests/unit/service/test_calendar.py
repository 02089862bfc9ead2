"""The calendar file, read by the rules of RFC 5545 and no others: lines, folding, escapes, dates, rules, identity."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Any

import pytest

from service.calendar import written

LINE = re.compile(r"(?P<name>[A-Z-]+)(?P<params>(?:;[A-Z-]+=[^:;,\"]+)*):(?P<value>.*)")
Event = dict[str, str]


def row(day: str | None, *, kind: str = "recurrence", every: str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "task": {"id": "task:1", "name": "排查公路隐患"},
        "date": day,
        "kind": kind,
        "every": every,
        "written": "每季度",
        "role": "LEADS",
        "implicit": False,
        "unit": {"id": "unit:1", "name": "望岭县公安局"},
        "document": {"id": "document:1", "name": "望岭县工作要点", "issued_on": "2024-01-15"},
        "quote": "每季度排查公路隐患。",
        "start": 0,
        "end": 10,
    } | more


def parsed(content: bytes) -> list[Event]:
    """The events, by a strict reader: anything the standard does not allow fails."""
    text = content.decode("utf-8")
    assert text.endswith("\r\n")
    physical = text.removesuffix("\r\n").split("\r\n")
    assert not any("\r" in line or "\n" in line for line in physical)
    assert all(len(line.encode()) <= 75 for line in physical)
    logical: list[str] = []
    for line in physical:
        if line.startswith(" "):
            logical[-1] += line[1:]
        else:
            logical.append(line)
    assert (logical[0], logical[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    head = logical[: logical.index("BEGIN:VEVENT")] if "BEGIN:VEVENT" in logical else logical
    assert sum(line == "VERSION:2.0" for line in head) == sum(line.startswith("PRODID:") for line in head) == 1
    events: list[Event] = []
    inside = False
    for line in logical[len(head) : -1]:
        match = LINE.fullmatch(line)
        assert match, line
        if line in ("BEGIN:VEVENT", "END:VEVENT"):
            assert inside == line.startswith("END")
            inside = not inside
            events += [{}] if inside else []
            continue
        assert inside
        name = match["name"] + match["params"]
        assert name not in events[-1], "each of ours may be there once"
        events[-1][name] = match["value"]
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY"} <= event.keys()
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
    assert len({event["UID"] for event in events}) == len(events)
    return events


def unescaped(value: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), "reserved characters are escaped"
    return re.sub(r"\\(.)", lambda match: {"n": "\n"}.get(match[1], match[1]), value)


def days(event: Event) -> list[str]:
    """The days of an event, its rule carried out as the standard says."""
    start = date.fromisoformat(event["DTSTART;VALUE=DATE"])
    if "RRULE" not in event:
        return [start.isoformat()]
    rule = dict(part.split("=") for part in event["RRULE"].split(";"))
    assert rule.keys() == {"FREQ", "INTERVAL", "BYMONTHDAY", "UNTIL"}
    assert (rule["FREQ"], rule["BYMONTHDAY"]) == ("MONTHLY", "-1")
    found, month = [], start.year * 12 + start.month - 1
    while True:
        year, index = divmod(month, 12)
        day = date(year, index + 1, monthrange(year, index + 1)[1])
        if day > date.fromisoformat(rule["UNTIL"]):
            return found
        found.append(day.isoformat())
        month += int(rule["INTERVAL"])


QUARTERS = ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]


def test_a_rule_says_exactly_the_days_there_are() -> None:
    """Ends of quarters are one event; across years and leap days too."""
    leap = ["2023-12-31", "2024-01-31", "2024-02-29"]
    for every, given in (("P3M", QUARTERS), ("P1M", leap), ("P1Y", ["2023-12-31", "2024-12-31"])):
        (event,) = parsed(written("望岭县公安局", [row(day, every=every) for day in given], "zh"))
        assert "RRULE" in event
        assert days(event) == given


@pytest.mark.parametrize("given", [["2024-03-31", "2024-09-30"], ["2024-03-30", "2024-06-30"], ["2024-03-31"]])
def test_days_no_rule_says_are_single_events(given: list[str]) -> None:
    """A gap, a day that is not the last of its month, one day only."""
    events = parsed(written("望岭县公安局", [row(day, every="P3M") for day in given], "zh"))
    assert [day for event in events for day in days(event)] == given
    assert all("RRULE" not in event for event in events)


def test_a_deadline_stands_beside_the_rule() -> None:
    """Two series of one task: the days the work recurs on, and the day it ends."""
    rows = [row(day, every="P3M") for day in QUARTERS[:3]] + [row("2024-12-20", kind="deadline", every="P3M")]
    assert sorted(days(event) for event in parsed(written("x", rows, "zh"))) == [QUARTERS[:3], ["2024-12-20"]]


def test_what_has_no_day_is_left_out() -> None:
    """Weekly or constant work cannot be placed."""
    assert parsed(written("x", [row(None, every="P7D"), row("")], "zh")) == []


def test_texts_come_back_whatever_is_in_them() -> None:
    """Reserved characters, line breaks, long lines, characters of four bytes; no line is cut within a character."""
    name, quote = "一；二;三,四\\五：六" + "😀𠮷" * 40, "第一行\n第二行, 完；" + "长" * 200
    (event,) = parsed(written("甲,乙", [row("2024-06-30", quote=quote, task={"id": "t", "name": name})], "zh"))
    assert unescaped(event["SUMMARY"]) == name
    assert unescaped(event["DESCRIPTION"]).startswith(quote + "\n《望岭县工作要点》")


def test_who_inherits_a_duty_is_told() -> None:
    """In the caller's language."""
    (event,) = parsed(written("x", [row("2024-06-30", implicit=True)], "en"))
    assert "inherited from the issuer" in unescaped(event["DESCRIPTION"])
    assert event["CATEGORIES"] == "leads"


def test_the_same_duties_give_the_same_bytes_and_ids() -> None:
    """In whatever order rows come; an event keeps its id when its text or its rule's end changes."""
    rows = [row(day, every="P3M") for day in QUARTERS] + [row("2024-05-01", kind="deadline")]
    assert written("x", rows, "zh") == written("x", rows[::-1], "zh")
    before = {event["UID"] for event in parsed(written("x", rows, "zh"))}
    changed = [row(day, every="P3M", quote="改") for day in QUARTERS[:3]] + [row("2024-05-01", kind="deadline")]
    assert {event["UID"] for event in parsed(written("x", changed, "zh"))} == before


@pytest.mark.parametrize("issued", [None, "2024", "2024-01"])
def test_a_paper_without_a_full_date_has_a_stamp_too(issued: str | None) -> None:
    """The standard demands one."""
    given = {"id": "d", "name": "x", "issued_on": issued}
    (event,) = parsed(written("x", [row("2024-06-30", document=given)], "zh"))
    assert event["DTSTAMP"] == "19700101T000000Z"
