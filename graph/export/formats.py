"""The formats: names, endings, media types, and what each can hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

FormatName: TypeAlias = Literal["graphml", "jsonld", "csv", "json", "cypher", "xlsx", "docx"]
FORMAT_NAMES: tuple[FormatName, ...] = get_args(FormatName)


@dataclass(frozen=True, slots=True)
class FileType:
    """What a file ends in and is called by."""

    suffix: str
    media_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
_CSV = FileType("csv", "text/csv; charset=utf-8")
_ZIP = FileType("zip", "application/zip")
FILE_TYPES: dict[FormatName, FileType] = {
    "graphml": FileType("graphml", "application/graphml+xml"),
    "jsonld": FileType("jsonld", "application/ld+json"),
    "csv": _CSV,
    "json": FileType("jsonl", "application/x-ndjson"),
    "cypher": FileType("cypher", "text/plain; charset=utf-8"),
    "xlsx": FileType("xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
    "docx": FileType("docx", f"{_OFFICE}.wordprocessingml.document"),
}
DUTY_LISTS: frozenset[FormatName] = frozenset({"xlsx", "docx"})
"""Formats for people: without a query they hold the duty list, not the graph; filters apply to it."""
OF_THE_GRAPH: frozenset[FormatName] = frozenset({"cypher"})
"""Formats that hold a graph only, no rows."""


def file_type(format_: FormatName, *, of_rows: bool) -> FileType:
    """The type of a file: CSV of the whole graph is a zip of many."""
    return _ZIP if format_ == "csv" and not of_rows else FILE_TYPES[format_]
