"""What a command shows: sentences, tables that know how wide Chinese is, evidence, JSON and CSV."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from service.cli.speech import Say
from service.plain import to_json

if TYPE_CHECKING:
    from rich.console import Console

    from queries.header import Column

WIDE = 100
"""From this many columns on, rows are a table; below, each row is a short block of lines."""

FLAGS = {"implicit": (("继承", "inherited"), ("明示", "stated")), "joint": (("共同", "jointly"), ("", ""))}
"""How a yes and a no of these columns read; others read 是/否."""


def print_json(value: object) -> None:
    """``value`` as indented JSON on stdout."""
    click.echo(to_json(value, indent=2).decode("utf-8"))


def console(*, stderr: bool = False) -> Console:
    """A rich console; plain text when the output is no terminal, no colour under NO_COLOR."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=False)


def print_table(headers: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """A plain table on stdout; long cells are folded, nothing is cut off."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, title_justify="left", header_style="bold", show_edge=False, pad_edge=False)
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*(Text(str(value)) for value in row))
    console().print(table)


def print_rows(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]], say: Say) -> None:
    """Rows of a query with their evidence: a table on a wide terminal, blocks of lines on a narrow one."""
    shown = [column for column in columns if not column.evidence]
    screen = console()
    if screen.width >= WIDE:
        headers = [heading(column, say) for column in shown]
        with_evidence = any(evidence(row, say) for row in rows)
        print_table(
            [*headers, say("依据", "Evidence")] if with_evidence else headers,
            (
                [
                    *(cell(column.name, row.get(column.name), say) for column in shown),
                    *([evidence(row, say)] * with_evidence),
                ]
                for row in rows
            ),
        )
        return
    for number, row in enumerate(rows, start=1):
        parts = [cell(column.name, row.get(column.name), say) for column in shown]
        screen.print(f"{number}. {' · '.join(part for part in parts if part)}", markup=False)
        if proof := evidence(row, say):
            screen.print(f"   {proof}", markup=False, style="dim")


def heading(column: Column, say: Say) -> str:
    """A column's title in the spoken language."""
    return say(column.zh, column.en)


def cell(name: str, value: object, say: Say) -> str:
    """A value as a person reads it: a node by its name, a list joined, a flag as a word."""
    if isinstance(value, bool):
        yes, no = FLAGS.get(name, (("是", "yes"), ("否", "no")))
        return say(*(yes if value else no))
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("id") or "")
    if isinstance(value, list | tuple):
        return "、".join(cell(name, part, say) for part in value)
    return str(value)


def evidence(row: Mapping[str, Any], say: Say) -> str:
    """The quote, its document and where in it; "" for a row without a quote."""
    quote = row.get("quote")
    if not quote:
        return ""
    document = cell("document", row.get("document"), say)
    place = f"{row['start']}–{row['end']}" if row.get("start") is not None else ""
    named = say(f"《{document}》", document) if document else ""
    return f"“{quote}” {named} {f'[{place}]' if place else ''}".strip()


def print_csv(names: Sequence[str], rows: Iterable[Mapping[str, Any]], say: Say) -> None:
    """Rows as CSV on stdout, all columns under their names; nodes become ``name`` and ``name_id``."""
    written = [dict(_flat(row, names)) for row in rows]
    header = list(dict.fromkeys(key for row in written for key in row)) or list(names)
    writer = csv.DictWriter(sys.stdout, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(written)


def _flat(row: Mapping[str, Any], names: Sequence[str]) -> Iterable[tuple[str, object]]:
    for name in names:
        value = row.get(name)
        if isinstance(value, Mapping):
            for part, inner in value.items():
                yield (name if part == "name" else f"{name}_{part}"), inner
        elif isinstance(value, list | tuple):
            yield name, "、".join(str(part) for part in value)
        else:
            yield name, "" if value is None else value
