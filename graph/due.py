"""The days on which a task falls due: its deadline, and what its recurrence gives within the document's period."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from graph.models import Node, Value
from graph.text import fold

_EVERY = (
    (re.compile(r"每(?:个)?半年"), "P6M"),
    (re.compile(r"每(?:个)?(?:季度|季)|逐季|按季度?"), "P3M"),
    (re.compile(r"每两个?月"), "P2M"),
    (re.compile(r"每半个?月|每两周"), "P14D"),
    (re.compile(r"每(?:个)?月|逐月|按月"), "P1M"),
    (re.compile(r"每旬"), "P10D"),
    (re.compile(r"每(?:个)?(?:周|星期)|逐周|按周"), "P7D"),
    (re.compile(r"每(?:个)?(?:日|天)|逐日"), "P1D"),
    (re.compile(r"每(?:个)?(?:年度|年)|逐年"), "P1Y"),
)
_MONTHS = {"P1M": 1, "P2M": 2, "P3M": 3, "P6M": 6, "P1Y": 12}
"""What recurs more often than monthly has a duration and no list of days."""
LONGEST = 36
"""Months of a period for which days are listed."""


def every(recurrence: str) -> str:
    """The recurrence as an ISO 8601 duration, "" when it has no measure (长期坚持)."""
    text = fold(recurrence)
    return next((duration for pattern, duration in _EVERY if pattern.search(text)), "")


def due_days(deadline: str, duration: str, first: str, last: str) -> list[str]:
    """ISO dates, sorted: the deadline, and the last day of every month, quarter, … from ``first`` to ``last``.

    A recurring task with a deadline ends with it. Without a period only the deadline is known.
    """
    found = {deadline} if deadline else set()
    step = _MONTHS.get(duration)
    if step and first and last:
        begin, stop = date.fromisoformat(first), date.fromisoformat(min(last, deadline) if deadline else last)
        months = (stop.year - begin.year) * 12 + stop.month - begin.month + 1
        for offset in range(min(months, LONGEST)):
            year, month = divmod(begin.year * 12 + begin.month - 1 + offset, 12)
            day = date(year, month + 1, monthrange(year, month + 1)[1])
            if (month + 1) % step == 0 and begin <= day <= stop:
                found.add(day.isoformat())
    return sorted(found)


def with_due(task: Node, document: Node) -> Node:
    """``task`` with ``every`` and ``due``, where there is something to say; without them where there is not."""
    own = document.properties
    year = own.get("year")
    first = str(own.get("period_start", "") or (f"{year}-01-01" if year else ""))
    last = str(own.get("period_end", "") or (f"{year}-12-31" if year else ""))
    issued = str(own.get("issued_on", ""))
    if first and issued <= last:
        first = max(first, issued)
    duration = every(str(task.properties.get("recurrence", "")))
    days = due_days(str(task.properties.get("deadline", "")), duration, first, last)
    more: dict[str, Value] = {name: value for name, value in (("every", duration), ("due", days)) if value}
    said = {name: value for name, value in task.properties.items() if name not in ("every", "due")} | more
    return replace(task, properties=said) if said != task.properties else task


_TASK = ("deadline", "recurrence")
_DOCUMENT = ("year", "period_start", "period_end", "issued_on")


def corrected_due(extracted: Mapping[str, Node], nodes: Mapping[str, Node], document: str) -> dict[str, Node]:
    """Those tasks among ``nodes`` with other times than ``extracted``, their own or their document's, due by these."""
    if document not in nodes:
        return {}
    whole = _differ(extracted[document], nodes[document], _DOCUMENT)
    return {
        id_: with_due(node, nodes[document])
        for id_, node in nodes.items()
        if node.label == "Task" and (whole or _differ(extracted[id_], node, _TASK))
    }


def _differ(one: Node, other: Node, names: tuple[str, ...]) -> bool:
    return any(one.properties.get(name) != other.properties.get(name) for name in names)
