"""Where tables and lists of attachments stand on a page."""

from __future__ import annotations

import re

from ingest.annotations import ZoneKind
from ingest.genre import genre
from ingest.pipeline.lines import Line
from ingest.pipeline.numbering import DATE_LINE
from ingest.pipeline.source_words import TAIL

ATTACHMENT = re.compile(r"附\s{0,4}件\s{0,2}[\d一二三四五六七八九十]{0,3}\s{0,2}(?:[：:].{0,80})?$")
_ATTACHED = re.compile(r"\d{1,2}\s{0,2}[.．、].{1,60}$")
_TABLE_HEADS = frozenset(genre().zones.table_heads)
_BLANKS = re.compile(r"[ \u3000]")


def _is_table_row(line: Line) -> bool:
    return line.content.count("\t") >= 1 or line.head.count("|") >= 2


def _cell_words(line: Line) -> int:
    return sum(_BLANKS.sub("", cell) in _TABLE_HEADS for cell in re.split(r"[\t|｜]", line.head))


def mark_tables(lines: list[Line], kinds: list[ZoneKind | None]) -> None:
    """A header row (three column names one a line, or two in one row) opens a table; a heading or the page ends it."""
    content = [
        i
        for i, line in enumerate(lines)
        if not line.blank and (kinds[i] not in ("navigation", "hidden") or _is_table_row(line))
    ]
    inside: str = ""
    for position, i in enumerate(content):
        line = lines[i]
        following = [lines[j] for j in content[position : position + 3]]
        if _is_table_row(line) and (_cell_words(line) >= 2 or inside == "rows"):
            inside, kinds[i] = "rows", "table"
        elif len(following) == 3 and all(len(other.content) <= 10 and _cell_words(other) == 1 for other in following):
            inside, kinds[i] = "cells", "table"
        elif inside == "cells" and not _ends_table(line):
            kinds[i] = "table"
        elif inside and line.content.startswith(("注：", "注:", "备注：", "说明：")):
            inside, kinds[i] = "", "table"
        else:
            inside = ""


def head_of_open_table(lines: list[Line], kinds: list[ZoneKind | None]) -> Line | None:
    """The head row of the table that the last line belongs to; None when it belongs to none."""
    for line, kind in zip(reversed(lines), reversed(kinds), strict=True):
        if line.blank:
            continue
        if kind != "table":
            break
        if _is_table_row(line) and _cell_words(line) >= 2:
            return line
    return None


def _ends_table(line: Line) -> bool:
    if TAIL.search(line.head) or ATTACHMENT.match(line.head) or line.content.startswith(("注：", "注:")):
        return True
    return bool(re.match(r"[一二三四五六七八九十]{1,3}、", line.head)) or DATE_LINE.fullmatch(line.head) is not None


def mark_attachments(lines: list[Line], kinds: list[ZoneKind | None]) -> None:
    listing = False
    for i, line in enumerate(lines):
        if line.blank or kinds[i] is not None:
            continue
        if len(line.content) <= 100 and ATTACHMENT.match(line.head):
            listing, kinds[i] = "：" in line.head or ":" in line.head, "attachment"
        elif listing and len(line.content) <= 64 and _ATTACHED.match(line.head) and "。" not in line.head:
            kinds[i] = "attachment"
        else:
            listing = False
