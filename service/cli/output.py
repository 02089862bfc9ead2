"""What a command shows: sentences, tables that know how wide Chinese is, evidence, JSON and CSV."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from graph.ontology import ontology
from queries.codes import CODED, CODES
from service.cli.speech import Say
from service.cli.width import wrap
from service.plain import to_json

if TYPE_CHECKING:
    from rich.console import Console

    from graph.columns import Column

WIDE = 100
"""From this many columns on, rows are a table; below, each row is a short block of lines."""

FLAGS = {
    "implicit": (("继承", "inherited"), ("明示", "stated")),
    "joint": (("共同", "jointly"), ("", "")),
    "differing": (("各文件不一致", "reports differ"), ("", "")),
}
"""How a yes and a no of these columns read; others read 是/否."""


def print_json(value: object) -> None:
    """``value`` as indented JSON on stdout."""
    click.echo(to_json(value, indent=2).decode("utf-8"))


def console(*, stderr: bool = False) -> Console:
    """A rich console; plain text when the output is no terminal, no colour under NO_COLOR."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr while something runs, moved by (done, all); nothing when stderr is no terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    screen = console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        bar = progress.add_task(what, total=None)

        def moved(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total)

        yield moved


def print_table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A plain table on stdout; long cells are folded, nothing is cut off."""
    from rich.table import Table
    from rich.text import Text

    table = Table(header_style="bold", show_edge=False, pad_edge=False)
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*(Text(str(value)) for value in row))
    console().print(table)


def print_rows(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]], say: Say) -> None:
    """Rows of a query with their evidence: a table on a wide terminal, blocks of lines otherwise."""
    shown = shown_columns(columns, rows)
    proofs = [evidence(row, say) for row in rows]
    if on_wide_screen():
        headers = [say(column.zh, column.en) for column in shown]
        written = [[cell(column.name, row.get(column.name), say) for column in shown] for row in rows]
        if any(proofs):
            headers.append(say("依据", "Evidence"))
            written = [[*cells, proof] for cells, proof in zip(written, proofs, strict=True)]
        print_table(headers, written)
        return
    for number, (row, proof) in enumerate(zip(rows, proofs, strict=True), start=1):
        parts = [_labelled(column, row.get(column.name), say) for column in shown]
        print_text(" · ".join(part for part in parts if part), f"{number}. ")
        if proof:
            print_text(proof, "   ", dim=True)


def on_wide_screen() -> bool:
    """Is there room for a table?"""
    width = columns_of_screen()
    return width is not None and width >= WIDE


def columns_of_screen() -> int | None:
    """Columns of the terminal (or COLUMNS); None when the output goes to a program, which breaks lines itself."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdecimal():
        return shutil.get_terminal_size().columns
    return None


def print_text(text: str, mark: str = "", *, dim: bool = False) -> None:
    """A paragraph after ``mark``, wrapped to the terminal and indented below the mark."""
    width = columns_of_screen()
    lines = [text] if width is None else wrap(text, max(width - len(mark), 20))
    for number, line in enumerate(lines):
        shown = f"{mark if number == 0 else ' ' * len(mark)}{line}"
        click.echo(click.style(shown, dim=True) if dim and not os.environ.get("NO_COLOR") else shown)


def _labelled(column: Column, value: object, say: Say) -> str:
    """A cell that is understood without a heading above it."""
    shown = cell(column.name, value, say)
    needs_name = isinstance(value, int) and column.name not in FLAGS
    return f"{say(column.zh, column.en)} {shown}" if needs_name else shown


def shown_columns(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> list[Column]:
    """The columns a person reads: no evidence and not its document (they are shown together), no relation name where
    its wording is there."""
    worded = bool(rows) and all(row.get("role_zh") for row in rows)
    proven = bool(rows) and all(row.get("quote") for row in rows)

    def hidden(column: Column) -> bool:
        if column.evidence or (column.name == "role" and worded):
            return True
        return proven and all(_id(row.get(column.name)) == _id(row.get("document")) is not None for row in rows)

    return [column for column in columns if not hidden(column)]


def _id(value: object) -> object:
    return value.get("id") if isinstance(value, Mapping) else None


def cell(name: str, value: object, say: Say) -> str:
    """A value as a person reads it: a node by its name, a list joined, a flag or a type of the ontology as a word."""
    if isinstance(value, bool):
        yes, no = FLAGS.get(name, (("是", "yes"), ("否", "no")))
        return say(*(yes if value else no))
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("id") or "")
    if isinstance(value, list | tuple):
        # A node may be listed by several relations.
        return "、".join(dict.fromkeys(cell(name, part, say) for part in value))
    if name in CODED and str(value) in CODES:
        return say(*CODES[str(value)])
    known = ontology().relations.get(str(value)) or ontology().nodes.get(str(value))
    return say(known.zh, known.en) if known else str(value)


def evidence(row: Mapping[str, Any], say: Say) -> str:
    """The quote, its document and where in it, and that of the other document a row compares with; "" without one."""
    own = [*_place(row, "", "document", say), *_link(row, say)] if row.get("quote") else []
    other = "report" if "report" in row else "other_document"
    compared = _place(row, "other_", other, say) if row.get("other_quote") else []
    return say("；对照：", "; against: ").join(" ".join(parts) for parts in (own, compared) if parts)


def _place(row: Mapping[str, Any], prefix: str, document: str, say: Say) -> list[str]:
    parts = [f"“{row[f'{prefix}quote']}”"]
    if name := cell(document, row.get(document), say):
        parts.append(say(f"《{name}》", name))
    if row.get(f"{prefix}start") is not None:
        parts.append(f"[{row[f'{prefix}start']}–{row[f'{prefix}end']}]")
    return parts


def _link(row: Mapping[str, Any], say: Say) -> list[str]:
    """The sentence that ties the task to what was asked, where the quote does not show it (a bracket, a heading)."""
    match = row.get("match")
    if not isinstance(match, Mapping) or not match.get("quote"):
        return []
    first, last = match["start"], match["end"]
    if row["start"] < last and first < row["end"]:
        return []
    return [
        say(
            f"提到“{match['name']}”处：“{match['quote']}” [{first}–{last}]",
            f"speaks of {match['name']}: “{match['quote']}” [{first}–{last}]",
        )
    ]


def print_csv(columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows as CSV on stdout, all columns by name; a node becomes ``name``, ``name_id`` and what else it carries,
    nodes the same, joined. What a spreadsheet could take for a formula is guarded, as in exports."""
    from graph.export.csv_files import csv_text
    from graph.export.rows import flat

    written = [flat(dict(row), columns) for row in rows]
    header = list(dict.fromkeys(key for row in written for key in row)) or [column.name for column in columns]
    text = csv_text([header, *([row.get(name) for name in header] for row in written)])
    click.echo(text.replace("\r\n", "\n"), nl=False)
