"""Exports as the API and the command line offer them: what is asked for, checked, written whole or not at all.

A file is a picture of one state of the graph: the store's revision is read before and after, and when somebody wrote
in between, the file is written anew, at most ``ATTEMPTS`` times; then WriteConflict says so. So nothing leaves before
all of it is there.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from graph.documents import meta
from graph.errors import InvalidParameter, Lang, WriteConflict
from graph.export.duties import Filters
from graph.export.formats import DUTY_LISTS, FORMAT_NAMES, OF_THE_GRAPH, FileType, FormatName, file_type
from graph.progress import Progress, unseen
from graph.store import Store
from queries.catalog import Catalog
from queries.header import QueryDefinition

if TYPE_CHECKING:
    from graph.export.stream import GraphFormat

ATTEMPTS = 3
"""How often a file is begun when the graph changes meanwhile."""
_CHANGED = {"zh": "图（导出期间）", "en": "the graph while it was exported"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be exported: the rows of ``query`` for ``raw`` parameters, else the duty list by ``filters``
    (xlsx, docx), else the graph. ``everything``: with what is proposed and rejected."""

    format: FormatName
    query: QueryDefinition | None = None
    raw: Mapping[str, str] = field(default_factory=dict)
    filters: Filters = field(default_factory=Filters)
    everything: bool = False
    lang: Lang = "zh"

    @property
    def file_type(self) -> FileType:
        return file_type(self.format, of_rows=self.query is not None)

    @property
    def name(self) -> str:
        """Of the file, without ending: safe in a shell and in a header."""
        if self.query is not None:
            return f"zhize-{self.query.name}"
        return "zhize-duties" if self.format in DUTY_LISTS else "zhize-graph"

    @property
    def title(self) -> str:
        """Of the file, for people of this language."""
        if self.lang == "en":
            return self.name
        if self.query is not None:
            return self.query.title.zh
        return "责任清单" if self.format in DUTY_LISTS else "职责图谱"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: rows, entries, or nodes and relations; and the revision of the store it is a picture of."""

    count: int
    revision: int


def wanted(
    format_: str,
    catalog: Catalog,
    *,
    query: str | None,
    raw: Mapping[str, str],
    filters: Filters,
    everything: bool,
    lang: Lang,
) -> Wanted:
    """What is asked for, as far as it makes sense; raises NotFound for a query, InvalidParameter for the rest."""
    known: FormatName | None = next((name for name in FORMAT_NAMES if name == format_), None)
    if known is None:
        raise InvalidParameter.one_of("format", FORMAT_NAMES)
    if query is not None:
        definition = catalog.get(query)
        if known in OF_THE_GRAPH:
            _refuse(
                "format",
                f"{known} 只能装整个图，装不下查询的行；查询请用 csv、json、jsonld、xlsx、docx 或 graphml",
                f"{known} holds the whole graph, no rows; for a query take csv, json, jsonld, xlsx, docx or graphml",
            )
        if everything:
            _refuse(
                "include",
                "查询只给出有效的事实；全部内容请导出整个图",
                "a query answers with what counts; export the whole graph for everything",
            )
        return Wanted(known, definition, raw, lang=lang)
    if filters.given and known not in DUTY_LISTS:
        _refuse(
            next(iter(filters.given)),
            f"筛选只用于责任清单（xlsx、docx）；{known} 是整个图，要部分内容请用 query",
            f"filters are for the duty list (xlsx, docx); {known} is the whole graph, for a part of it name a query",
        )
    return Wanted(known, filters=filters, everything=everything, lang=lang)


def _refuse(name: str, zh: str, en: str) -> None:
    raise InvalidParameter(name=name, reason={"zh": zh, "en": en})


def file_name(what: Wanted, day: dt.date) -> tuple[str, str]:
    """Name of the file in ASCII and in the caller's language."""
    ending = f"-{day.isoformat()}.{what.file_type.suffix}"
    return what.name + ending, what.title.replace("/", "_") + ending


async def export(
    store: Store,
    what: Wanted,
    file: IO[bytes],
    *,
    on_progress: Progress = unseen,
    timeout: float | None = None,
) -> Exported:
    """Write ``what`` into ``file``, which is empty or is emptied; memory does not grow with the graph.

    ``timeout``: seconds a query's rows may take. Raises TooManyRows, WriteConflict, the query's and the store's
    errors; what is in the file is then worthless.
    """
    for _ in range(ATTEMPTS):
        file.seek(0)
        file.truncate()
        before = (await meta(store)).revision
        count = await _write(store, what, file, on_progress, timeout)
        if (await meta(store)).revision == before:
            return Exported(count, before)
    raise WriteConflict(store=store.url, what=_CHANGED)


async def _write(store: Store, what: Wanted, file: IO[bytes], on_progress: Progress, timeout: float | None) -> int:
    if what.query is not None:
        return await _rows(store, what, what.query, file, timeout)
    if what.format in DUTY_LISTS:
        from graph.export.duty_files import DutyDocument, DutyWorkbook, write_duties

        made = DutyWorkbook(file, what.lang) if what.format == "xlsx" else DutyDocument(file, what.lang)
        return await write_duties(store, made, what.filters, everything=what.everything, on_progress=on_progress)
    from graph.export.stream import write_graph

    form = _graph_format(what.format, file)
    return await write_graph(store, form, everything=what.everything, on_progress=on_progress)


def _graph_format(format_: FormatName, file: IO[bytes]) -> GraphFormat:
    from graph.export.csv_files import CsvFiles
    from graph.export.cypher import Cypher
    from graph.export.graphml import GraphML
    from graph.export.jsonld import JsonLd
    from graph.export.lines import JsonLines

    match format_:
        case "graphml":
            return GraphML(file)
        case "jsonld":
            return JsonLd(file)
        case "csv":
            return CsvFiles(file)
        case "cypher":
            return Cypher(file)
        case _:
            return JsonLines(file)


async def _rows(store: Store, what: Wanted, query: QueryDefinition, file: IO[bytes], timeout: float | None) -> int:
    from graph.export.rows import Rows
    from queries.whole import every_row
    from service.export_tables import write_rows

    with Rows(query.columns) as rows:
        async for page in every_row(store, query, what.raw, timeout=timeout):
            rows.add(page)
        await asyncio.to_thread(write_rows, file, rows, what.format, query, what.lang)
        return rows.count
