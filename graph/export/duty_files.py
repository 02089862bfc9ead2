"""The duty list as a workbook (the list, and its evidence row by row) or as a document (the list)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import IO, Protocol

from graph.errors import Lang
from graph.export.docx import Docx
from graph.export.duties import Entry, Filters, entries
from graph.export.office import DutyTable
from graph.export.thread import writing
from graph.export.xlsx import Xlsx
from graph.progress import Progress
from graph.store import Store


class DutyFile(Protocol):
    """A file of the duty list under way: any number of portions, then ``end``, always: it only closes after a
    failure."""

    def entries(self, portion: Sequence[Entry]) -> None: ...

    def end(self) -> None: ...


async def write_duties(
    store: Store, form: DutyFile, filters: Filters, *, everything: bool, on_progress: Progress
) -> int:
    """Give the list to ``form``; the number of entries written. Raises TooManyRows."""
    written = 0
    async with writing(form) as do:
        async for portion in entries(store, filters, everything=everything, on_progress=on_progress):
            await do(partial(form.entries, portion))
            written += len(portion)
    return written


class DutyWorkbook:
    """Sheet 1 for print, sheet 2 with every fact; ``序号`` ties them together."""

    def __init__(self, file: IO[bytes], lang: Lang) -> None:
        self._duties = DutyTable(lang)
        self._book = Xlsx(file)
        self._list = self._book.sheet(self._duties.table)
        self._evidence = self._book.sheet(self._duties.evidence)
        self._number = 0

    def entries(self, portion: Sequence[Entry]) -> None:
        for entry in portion:
            self._number += 1
            self._list.row(self._duties.row(self._number, entry))
            for cells in self._duties.evidence_rows(self._number, entry):
                self._evidence.row(cells)

    def end(self) -> None:
        self._list.end()
        self._evidence.end()
        self._book.end()


class DutyDocument:
    """The list alone; a rule and a confidence stand behind each quote."""

    def __init__(self, file: IO[bytes], lang: Lang) -> None:
        self._duties = DutyTable(lang)
        self._document = Docx(file, self._duties.table)
        self._number = 0

    def entries(self, portion: Sequence[Entry]) -> None:
        for entry in portion:
            self._number += 1
            self._document.row(self._duties.row(self._number, entry, rules=True))

    def end(self) -> None:
        self._document.end()
