"""Responsibility tables as they arrive: one row a line (tabs or bars) or, flattened, one cell a line.

A flattened table has lost its empty cells and broken its long ones over lines, so cells are told apart by what they
hold: a row begins at its serial number, its owners are the lines that are names of bodies, what stands before them
is the matter, dates and notes follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc

from ingest.annotations import once, text_of, within
from ingest.genre import genre
from ingest.pipeline.lines import Line, lines_of
from ingest.pipeline.unit_find import find_units

Offsets = tuple[int, int]

_HEADS = frozenset(genre().zones.table_heads)
_BLANKS = re.compile(r"[ \u3000]")
_SERIAL = re.compile(r"\d{1,3}[.．、]?$")
_NOTE = re.compile(r"(?:注|备注|说明)[：:]")
_LEAD = frozenset({"牵头单位", "主责单位", "牵头部门", "主办单位"})
_SUPPORT = frozenset({"协办单位", "配合单位", "参与单位", "配合部门"})
_OWNERS = frozenset({"责任单位", "责任部门"})
_TIME = frozenset({"时限", "完成时限", "完成时间", "时间", "时间节点", "办结时限", "整改时限"})
_SKIPPED = frozenset({"序号", "责任人", "责任领导", "联系人", "备注", "类别", "等级", "进度"})


@dataclass(slots=True)
class Row:
    """One row: the matter, the cells that name bodies with their column's role, and the time cell."""

    start: int
    end: int
    task: Offsets | None = None
    owners: list[tuple[str, Offsets]] = field(default_factory=list)
    """Pairs of ``lead``, ``support`` or ``owner`` and the cell."""
    time: Offsets | None = None


def table_rows(doc: Doc) -> list[Row]:
    """Rows of all tables of the page, in order."""
    return once(doc, table_rows, lambda: _rows(doc))


def _rows(doc: Doc) -> list[Row]:
    lines = [line for line in _table_lines(doc) if not _NOTE.match(line.head)]
    if not lines:
        return []
    if any("\t" in line.content or line.content.count("|") >= 2 for line in lines[:3]):
        return list(_cell_rows(text_of(doc), lines))
    return list(_flat_rows(doc, lines))


def _table_lines(doc: Doc) -> list[Line]:
    text = text_of(doc)
    found: list[Line] = []
    for zone in doc._.zones:
        if zone.kind == "table":
            for line in lines_of(text[zone.start : zone.end]):
                if not line.blank:
                    found.append(_shifted(line, zone.start))
    return found


def _shifted(line: Line, by: int) -> Line:
    return Line(line.start + by, line.stop + by, line.first + by, line.last + by, line.content)


def _cell_rows(text: str, lines: list[Line]) -> Iterator[Row]:
    columns: list[str] = []
    for line in lines:
        cells = _cells(line)
        names = [_BLANKS.sub("", text[a:b]) for a, b in cells]
        if sum(name in _HEADS for name in names) >= 2:
            columns = names
            continue
        row = Row(line.first, line.last)
        for name, (start, end) in zip(columns, cells, strict=False):
            if start < end:
                _place(row, name, (start, end))
        if row.task:
            yield row


def _cells(line: Line) -> list[Offsets]:
    separator = "\t" if "\t" in line.content else "|"
    found: list[Offsets] = []
    position = line.first
    for cell in line.content.split(separator):
        first = position + (len(cell) - len(cell.lstrip()))
        found.append((first, first + len(cell.strip())))
        position += len(cell) + 1
    # | a | b |: bars around a row leave an empty cell on each side.
    if separator == "|" and found[0][0] == found[0][1]:
        del found[0]
    return found


def _place(row: Row, column: str, cell: Offsets) -> None:
    if column in _LEAD:
        row.owners.append(("lead", cell))
    elif column in _SUPPORT:
        row.owners.append(("support", cell))
    elif column in _OWNERS:
        row.owners.append(("owner", cell))
    elif column in _TIME:
        row.time = cell
    elif column not in _SKIPPED and row.task is None:
        row.task = cell


def _flat_rows(doc: Doc, lines: list[Line]) -> Iterator[Row]:
    columns: list[str] = []
    segment: list[Line] = []
    expected = 1
    for line in lines:
        name = _BLANKS.sub("", line.content)
        if name in _HEADS:
            if segment:
                yield from _flat_row(doc, segment, columns)
                segment, columns = [], []
            columns.append(name)
        elif _SERIAL.fullmatch(line.content) and _opens_row(line, expected):
            if segment:
                yield from _flat_row(doc, segment, columns)
            segment, expected = [line], _serial(line) + 1
        else:
            segment.append(line)
    if segment:
        yield from _flat_row(doc, segment, columns)


def _serial(line: Line) -> int:
    return int(line.content.rstrip(".．、"))


def _opens_row(line: Line, expected: int) -> bool:
    """Serial numbers count on, or begin again at one on a new page."""
    return _serial(line) in (expected, 1)


def _flat_row(doc: Doc, segment: list[Line], columns: list[str]) -> Iterator[Row]:
    text = text_of(doc)
    cells = segment[1:] if _SERIAL.fullmatch(segment[0].content) else segment
    named = [i for i, line in enumerate(cells) if _names_bodies(text, line)]
    if not cells or not named or named[0] == 0:
        return
    row = Row(segment[0].first, cells[-1].last)
    matters = sum(c not in _LEAD | _SUPPORT | _OWNERS | _TIME | _SKIPPED for c in columns)
    last = named[0] - 1 if matters <= 1 else 0
    row.task = (cells[0].first, cells[last].last)
    roles = [r for c in columns if (r := _role(c))] or ["owner"]
    for n, i in enumerate(named):
        row.owners.append((roles[min(n, len(roles) - 1)], (cells[i].first, cells[i].last)))
    for line in cells[named[0] + 1 :]:
        if row.time is None and _is_time(doc, line):
            row.time = (line.first, line.last)
    yield row


def _role(column: str) -> str:
    return "lead" if column in _LEAD else "support" if column in _SUPPORT else "owner" if column in _OWNERS else ""


def _names_bodies(text: str, line: Line) -> bool:
    """Is the line nothing but names of bodies?"""
    found = find_units(text, line.first, line.last)
    covered = sum(span.end - span.start for span in found)
    return bool(found) and found[0].start == line.first and covered >= 0.75 * len(re.sub(r"[、，, ]", "", line.content))


def _is_time(doc: Doc, line: Line) -> bool:
    periods = within(doc, "Period", line.first, line.last)
    covered = sum(m.end - m.start for m in periods)
    return line.content in ("长期", "常态", "持续") or covered >= 0.6 * len(line.content)
