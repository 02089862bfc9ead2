"""CSV: one zip with a file for each label (``nodes/LABEL.csv``) and relation type (``relations/TYPE.csv``).

UTF-8 with a byte order mark, without which Excel takes Chinese for another encoding; comma, CRLF, quotes where needed
(RFC 4180). A list is JSON text, an absent value an empty cell. Text that a spreadsheet could take for a formula is
guarded (``graph.export.text.guarded``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import IO
from zipfile import ZipFile

from graph.export.packing import opened
from graph.export.properties import node_columns, node_values, relation_columns, relation_values
from graph.export.text import guarded, json_text, utf8_text
from graph.models import Node, Relation, Value

BOM = "\ufeff"


class CsvFiles:
    """The whole graph as CSV into the zip ``file``."""

    def __init__(self, file: IO[bytes]) -> None:
        self._archive = ZipFile(file, "w")
        self._member: IO[bytes] | None = None
        self._name = ""

    def begin(self) -> None:
        pass

    def nodes(self, label: str, portion: Sequence[Node]) -> None:
        self._rows(f"nodes/{label}.csv", list(node_columns(label)), [node_values(node) for node in portion])

    def relations(self, type_: str, portion: Sequence[Relation]) -> None:
        rows = [relation_values(relation) for relation in portion]
        self._rows(f"relations/{type_}.csv", list(relation_columns()), rows)

    def end(self) -> None:
        if self._member is not None:
            self._member.close()
        self._archive.close()

    def _rows(self, name: str, columns: Sequence[str], rows: Sequence[Mapping[str, Value]]) -> None:
        """Append to the file ``name``, which is begun with its header when it is not the one before."""
        text = ""
        if name != self._name or self._member is None:
            if self._member is not None:
                self._member.close()
            self._name, self._member = name, opened(self._archive, name)
            text = BOM + csv_text([columns])
        text += csv_text([[row.get(column) for column in columns] for row in rows])
        self._member.write(text.encode("utf-8"))


def csv_text(rows: Sequence[Sequence[object]]) -> str:
    """``rows`` as lines of CSV, every text guarded."""
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows([_cell(value) for value in row] for row in rows)
    return lines.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return utf8_text(json_text(value))
    return utf8_text(guarded(value)) if isinstance(value, str) else value
