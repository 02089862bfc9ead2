"""The rows of a query in each format; for people, headings and values in their language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, TypeVar

from graph.errors import Lang
from graph.export import rows as plain
from graph.export.formats import FormatName
from graph.export.office import Cell, Heading, Table
from graph.export.rows import Rows, flat
from graph.export.thread import Ending
from queries.header import QueryDefinition
from service.cli.output import cell, evidence
from service.cli.speech import Say

if TYPE_CHECKING:
    from graph.columns import Column

E = TypeVar("E", bound=Ending)
_PARTS = {
    "id": ("编号", "id"),
    "label": ("类型", "label"),
    "issued_on": ("日期", "date"),
    "number": ("序号", "number"),
    "quote": ("原文", "quote"),
    "start": ("起", "start"),
    "end": ("止", "end"),
}
"""How a node's further parts read in a heading."""
_WIDE, _MIDDLE, _NARROW = 44, 24, 9


def write_rows(file: IO[bytes], rows: Rows, format_: FormatName, query: QueryDefinition, lang: Lang) -> None:
    """Write ``rows`` of ``query``; raises TooManyRows, and InvalidParameter for a graph of rows that make none."""
    match format_:
        case "graphml":
            plain.write_graphml(file, rows, query.name)
        case "jsonld":
            plain.write_jsonld(file, rows)
        case "csv":
            plain.write_csv(file, rows)
        case "xlsx":
            _write_xlsx(file, rows, query, Say(lang))
        case "docx":
            _write_docx(file, rows, query, Say(lang))
        case _:
            plain.write_json(file, rows)


def _write_xlsx(file: IO[bytes], rows: Rows, query: QueryDefinition, say: Say) -> None:
    """All columns: a row of the sheet is a row of the answer."""
    from graph.export.xlsx import Xlsx

    headings = [_heading(column, name, rows, say) for column, name in rows.flat_columns]
    with ending(Xlsx(file)) as book:
        sheet = book.sheet(_table(query, [Heading(say("序号", "No."), 6, True), *headings], say))
        for number, row in enumerate(rows, 1):
            cells = flat(row, rows.columns)
            sheet.row([number, *(_cell(name, cells.get(name), say) for name in rows.header)])
        sheet.end()


@contextmanager
def ending(form: E) -> Iterator[E]:
    """``form``, ended whatever happens: it holds files open."""
    try:
        yield form
    finally:
        form.end()


def _write_docx(file: IO[bytes], rows: Rows, query: QueryDefinition, say: Say) -> None:
    """The columns that answer, and one with the evidence."""
    from graph.export.docx import Docx

    shown = [column for column in rows.columns if not column.evidence]
    headings = [
        Heading(say("序号", "No."), 6, True),
        *(
            Heading(say(column.zh, column.en), _NARROW if _is_number(rows, column.name) else _MIDDLE)
            for column in shown
        ),
        Heading(say("依据", "Evidence"), _WIDE),
    ]
    with ending(Docx(file, _table(query, headings, say))) as document:
        for number, row in enumerate(rows, 1):
            words = [cell(column.name, row.get(column.name), say) for column in shown]
            document.row([number, *words, _proof(row, say)])


def _table(query: QueryDefinition, headings: list[Heading], say: Say) -> Table:
    title, summary = query.title.get(say.lang), query.summary.get(say.lang).strip()
    return Table(say("查询结果", "Answer"), title, summary, headings)


def _heading(column: Column, name: str, rows: Rows, say: Say) -> Heading:
    text = say(column.zh, column.en)
    if part := name.removeprefix(column.name).lstrip("_"):
        text = f"{text} {say(*_PARTS.get(part, (part, part)))}"
    if _is_number(rows, name):
        return Heading(text, _NARROW)
    return Heading(text, _WIDE if name.endswith("quote") else _MIDDLE)


def _is_number(rows: Rows, name: str) -> bool:
    return rows.graphml_type(name) != "string"


def _cell(name: str, value: Any, say: Say) -> Cell:
    """A number stays one; a flag and a type of the ontology are words."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else cell(name, value, say)


def _proof(row: dict[str, Any], say: Say) -> str:
    """Quote, document, place; rule, confidence and whether it is inherited, where the query gives them."""
    behind = [str(row[name]) for name in ("rule", "confidence") if row.get(name) is not None]
    inherited = [say("继承", "inherited")] if row.get("implicit") else []
    return " ".join([evidence(row, say), *behind, *inherited]).strip()
