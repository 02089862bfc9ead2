"""The rows of an answer: kept on disk until all are there, then written as CSV, JSON lines, JSON-LD or GraphML.

What a column holds is known only when every row was seen, and an answer may be larger than memory.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from graph.columns import Column
from graph.errors import InvalidParameter
from graph.export import graphml, jsonld
from graph.export.csv_files import BOM, csv_text
from graph.export.text import json_line, json_text
from graph.ids import label_of
from graph.models import Row, Value

IN_MEMORY = 4_000_000
"""Bytes of rows kept in memory before they go to disk."""
_NO_ENDS = frozenset({"document", "other_document", "match"})
"""Columns whose nodes prove a row or say why it is there."""
_ORDER = {part: place for place, part in enumerate(("name", "id", "label", "kind", "quote", "start", "end"))}
"""Of a node's parts; engines give a map's keys in orders of their own."""
COLUMN = f"{jsonld.SPACE}column:"


class Rows:
    """Rows of an answer, in order; ``add`` all, then read them as often as needed. A context manager."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = tuple(columns)
        self.count = 0
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (closed on exit)
        self._parts: dict[str, dict[str, None]] = {column.name: {} for column in columns}
        self._types: dict[str, set[type]] = {}
        self._nodes: set[str] = set()

    def add(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self.count += 1
            self._file.write(json_line(row))
            for column in self.columns:
                value = row.get(column.name)
                if isinstance(value, Mapping) and value.get("id"):
                    self._nodes.add(column.name)
                for name, part in flat_cell(column.name, value):
                    self._parts[column.name][name] = None
                    if part is not None:
                        self._types.setdefault(name, set()).add(type(part))

    def __iter__(self) -> Iterator[Row]:
        self._file.seek(0)
        for line in self._file:
            yield json.loads(line)

    @property
    def flat_columns(self) -> list[tuple[Column, str]]:
        """The flat columns, each with the column it is part of: a node is ``name``, ``name_id`` and what else it
        carries."""
        return [(column, name) for column in self.columns for name in self._parts[column.name] or (column.name,)]

    @property
    def header(self) -> list[str]:
        """Names of the flat columns."""
        return [name for _, name in self.flat_columns]

    @property
    def ends(self) -> list[str]:
        """The columns of nodes that a row is about, in order."""
        return [column.name for column in self.columns if column.name in self._nodes - _NO_ENDS]

    def graphml_type(self, name: str) -> str:
        """What GraphML calls the values of a flat column."""
        match self._types.get(name, {str}):
            case types if types == {bool}:
                return "boolean"
            case types if types == {int}:
                return "long"
            case types if types <= {int, float}:
                return "double"
        return "string"

    def __enter__(self) -> Rows:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def flat_cell(name: str, value: object) -> Iterator[tuple[str, Value | None]]:
    """A cell as flat columns: a node's parts as ``name``, ``name_id`` …; nodes of a list the same, joined with 、."""
    if isinstance(value, Mapping):
        for part in sorted(value, key=lambda part: (_ORDER.get(part, len(_ORDER)), part)):
            inner = value[part]
            yield (name if part == "name" else f"{name}_{part}"), _scalar(inner)
    elif isinstance(value, list | tuple):
        yield name, "、".join(_said(part) for part in value)
        if any(isinstance(part, Mapping) for part in value):
            yield f"{name}_id", "、".join(str(part.get("id")) for part in value if isinstance(part, Mapping))
    else:
        yield name, _scalar(value)


def flat(row: Row, columns: Sequence[Column]) -> dict[str, Value | None]:
    """All cells of a row as flat columns."""
    return dict(pair for column in columns for pair in flat_cell(column.name, row.get(column.name)))


def _said(part: object) -> str:
    """A member of a list: a thing by its name, a relation by its type."""
    return str(part.get("name") or part.get("relation") if isinstance(part, Mapping) else part)


def _scalar(value: Any) -> Value | None:
    return json_text(value) if isinstance(value, Mapping | list | tuple) else value


def write_csv(file: IO[bytes], rows: Rows) -> None:
    """CSV as in ``graph.export.csv_files``, all columns."""
    header = rows.header
    file.write((BOM + csv_text([header])).encode("utf-8"))
    for row in rows:
        cells = flat(row, rows.columns)
        file.write(csv_text([[cells.get(name) for name in header]]).encode("utf-8"))


def write_json(file: IO[bytes], rows: Rows) -> None:
    """JSON lines: each row as the API gives it."""
    file.writelines(json_line(row) for row in rows)


def write_jsonld(file: IO[bytes], rows: Rows) -> None:
    """JSON-LD: a row is a thing of type ``Row`` whose columns are ``urn:zhize:column:NAME``; nodes have their IRIs."""
    context = {**jsonld.context()["@context"], "@vocab": COLUMN, "Row": f"{jsonld.WORDS}Row"}
    context |= {column.name: COLUMN + column.name for column in rows.columns}
    file.write(jsonld.opening(context))
    for number, row in enumerate(rows):
        cells = {name: _linked(value) for name, value in row.items() if value is not None}
        file.write((b"," if number else b"") + json_line({"@type": "Row", **cells}))
    file.write(jsonld.CLOSING)


def _linked(value: object) -> object:
    if isinstance(value, list):
        return [_linked(item) for item in value if item is not None]
    if not isinstance(value, Mapping):
        return value
    rest = {name: _linked(item) for name, item in value.items() if name not in ("id", "label") and item is not None}
    if isinstance(id_ := value.get("id"), str) and (label := label_of(id_)):
        return {"@id": jsonld.SPACE + id_, "@type": label, **rest}
    return rest


def write_graphml(file: IO[bytes], rows: Rows, name: str) -> None:
    """GraphML: an edge a row, from the first node it is about to the second, with every other column.

    Raises InvalidParameter when rows of query ``name`` are not about two nodes.
    """
    if rows.count and len(rows.ends) < 2:
        reason = {
            "zh": f"查询 {name} 的一行不是两个节点的关系，不能写成 graphml；请改用 csv、json、jsonld、xlsx 或 docx",
            "en": f"a row of {name} does not relate two nodes and makes no graphml; "
            "take csv, json, jsonld, xlsx or docx",
        }
        raise InvalidParameter(name="format", reason=reason)
    head, tail = rows.ends[:2] or ("", "")
    keys = [
        (column, ("edge", column, rows.graphml_type(column)))
        for column in rows.header
        if column not in {head, f"{head}_id", tail, f"{tail}_id"}
    ]
    named = ("label", "name")
    opening = graphml.opening([*(("node", part, "string") for part in named), *(key for _, key in keys)])
    file.write(opening.encode("utf-8"))
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        ends = [row[column] for column in (head, tail) if row[column]]
        for node in ends:
            if node["id"] not in seen:
                seen.add(node["id"])
                said = (label_of(node["id"]) or "", node.get("name") or "")
                values = {("node", part, "string"): value for part, value in zip(named, said, strict=True)}
                file.write(graphml.element("node", {"id": node["id"]}, values).encode("utf-8"))
        if len(ends) == 2:
            cells = flat(row, rows.columns)
            shown = {key: value for column, key in keys if (value := cells.get(column)) is not None}
            place = {"id": f"row-{number}", "source": ends[0]["id"], "target": ends[1]["id"]}
            file.write(graphml.element("edge", place, shown).encode("utf-8"))
    file.write(graphml.CLOSING.encode("utf-8"))
