"""Excel workbooks as an office prints them: A4 landscape, the header row on every page, widths, borders, page numbers.

Cells are text or numbers, never formulas or links. Rows go to disk as they come (XlsxWriter's constant memory).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import IO, Any

from xlsxwriter import Workbook

from graph.errors import TooManyRows
from graph.export.office import Cell, Table
from graph.export.text import xml_characters

MAX_ROWS = 1_048_576
"""Rows of a sheet, set by the format."""
MAX_CHARACTERS = 32_767
"""Characters of a cell, set by the format."""
CUT = "…"
"""Ends a text that was longer."""
_A4 = 9
_HEADER_ROW = 2
_FONT = {"font_name": "仿宋", "font_charset": 134, "font_family": 3, "font_size": 10}
_HEAVY = {"font_name": "黑体", "font_charset": 134, "font_family": 3}


class Xlsx:
    """A workbook into ``file``: ``sheet`` for each table, then rows into any of them, then ``end``."""

    def __init__(self, file: IO[bytes]) -> None:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = Workbook(file, options)
        # A fixed day, as in the zip: the same list gives the same bytes.
        self._book.set_properties({"created": dt.datetime(1980, 1, 1, tzinfo=dt.UTC)})
        self._formats = {
            "title": self._format(_HEAVY, font_size=16, align="center", valign="vcenter"),
            "note": self._format(_FONT, font_size=9, align="left", valign="vcenter", text_wrap=True),
            "head": self._format(
                _HEAVY, font_size=10.5, align="center", valign="vcenter", text_wrap=True, border=1, bg_color="#F2F2F2"
            ),
            "left": self._format(_FONT, valign="vcenter", text_wrap=True, border=1),
            "centre": self._format(_FONT, align="center", valign="vcenter", text_wrap=True, border=1),
        }

    def _format(self, font: dict[str, Any], **more: Any) -> Any:
        return self._book.add_format({**font, **more})

    def sheet(self, table: Table) -> Sheet:
        """A sheet for ``table``, its head written."""
        return Sheet(self._book.add_worksheet(table.name), table, self._formats)

    def end(self) -> None:
        """Write the file. Sheets must have been ended."""
        self._book.close()


class Sheet:
    """One sheet; rows are written in order."""

    def __init__(self, sheet: Any, table: Table, formats: dict[str, Any]) -> None:
        self._sheet, self._table, self._formats = sheet, table, formats
        self._row = _HEADER_ROW
        last = len(table.headings) - 1
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.repeat_rows(_HEADER_ROW)
        sheet.freeze_panes(_HEADER_ROW + 1, 0)
        sheet.set_footer("&L&A&C&P / &N&R&D")
        for column, heading in enumerate(table.headings):
            sheet.set_column(column, column, heading.width)
        sheet.set_row(0, 30)
        self._across(0, table.title, formats["title"], last)
        self._across(1, table.note, formats["note"], last)
        for column, heading in enumerate(table.headings):
            sheet.write_string(_HEADER_ROW, column, _written(heading.text), formats["head"])

    def row(self, cells: Sequence[Cell]) -> None:
        """Append a row. Raises TooManyRows."""
        self._row += 1
        if self._row >= MAX_ROWS:
            raise TooManyRows(what=self._table.title, format="xlsx", limit=MAX_ROWS - _HEADER_ROW - 1)
        for column, (value, heading) in enumerate(zip(cells, self._table.headings, strict=True)):
            form = self._formats["centre" if heading.centred else "left"]
            if value is None or value == "":
                self._sheet.write_blank(self._row, column, None, form)
            elif isinstance(value, str):
                self._sheet.write_string(self._row, column, _written(value), form)
            else:
                self._sheet.write_number(self._row, column, value, form)

    def end(self) -> None:
        """The filters of the header row reach to the last row."""
        self._sheet.autofilter(_HEADER_ROW, 0, max(self._row, _HEADER_ROW + 1), len(self._table.headings) - 1)

    def _across(self, row: int, text: str, form: Any, last: int) -> None:
        if last:
            self._sheet.merge_range(row, 0, row, last, "", form)
        self._sheet.write_string(row, 0, _written(text), form)


def _written(text: str) -> str:
    text = xml_characters(text)
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - len(CUT)] + CUT
