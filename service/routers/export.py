"""Files of the graph, of the duty list and of answers; and the context of the JSON-LD ones."""

from __future__ import annotations

import asyncio
import datetime as dt
import tempfile
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack
from typing import IO, Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response, StreamingResponse

from graph.errors import ExportTimeout, QueryTimeout
from graph.export.duties import Filters
from graph.export.formats import FILE_TYPES, FormatName, file_type
from graph.store import Store
from service.dependencies import CatalogDep, LangDep, SettingsDep, StoreDep
from service.exports import Wanted, export, file_name, wanted
from service.request_checks import declared_only
from service.responses import Json
from service.routers.parameters import Whole

router = APIRouter(tags=["export"])

CONTEXT_TYPE = "application/ld+json"
REVISION = "X-Zhize-Revision"
"""Header: the revision of the store that the file is a picture of."""
IN_MEMORY = 1_000_000
"""Bytes of a file kept in memory before they go to disk."""
CHUNK = 262_144
LOOK = 1.0
"""Seconds between two looks at whether the caller is still there."""
OWN = frozenset({"query", "include", "lang"})
"""Parameters of the route itself; with ``query``, all others are the query's."""
_BINARY = {"schema": {"type": "string", "format": "binary"}, "example": "the bytes of the file"}
_OF_QUERY: dict[str, Any] = {
    "name": "params",
    "in": "query",
    "style": "form",
    "explode": True,
    "schema": {"type": "object", "additionalProperties": {"type": "string"}},
    "description": "查询自己的参数，各为一个 / the query's own parameters, each as one of its own",
    "example": {"task": "一盔一带"},
}
_CONTEXT = {
    "schema": {"type": "object"},
    "example": {"@context": {"name": "http://www.w3.org/2000/01/rdf-schema#label"}},
}
_MEDIA_TYPES = sorted({file_type(f, of_rows=of_rows).media_type for f in FILE_TYPES for of_rows in (True, False)})


QUERY = "目录中的查询；其余参数即为该查询的参数 / a query of the catalog; all other parameters are then its own"
INCLUDE = "all：含待审核与已驳回的 / all: with what is proposed and rejected"
YEAR = "只用于责任清单：年度 / duty list only: year"
PART = "只用于责任清单：编号或名称的一部分 / duty list only: id or part of the name"


class Exports:
    """How many files one application writes at once."""

    def __init__(self, at_once: int) -> None:
        self.turn = asyncio.Semaphore(at_once)


@router.get(
    "/context.jsonld",
    response_class=Response,
    responses={200: {"content": {CONTEXT_TYPE: _CONTEXT}}},
)
async def context_document() -> Json:
    """The JSON-LD context of exports: each word of the ontology with its IRI and type."""
    from graph.export.jsonld import context

    return Json(context(), media_type=CONTEXT_TYPE)


def _part(example: str) -> Any:
    return Query(min_length=1, max_length=500, description=PART, examples=[example])


async def _filters(
    document: Annotated[str | None, _part("望岭县公安局交通警察大队2024年工作要点")] = None,
    unit: Annotated[str | None, _part("望岭县公安局交通警察大队")] = None,
    campaign: Annotated[str | None, _part("一盔一带")] = None,
    year: Annotated[Whole | None, Query(ge=1, le=9999, description=YEAR)] = None,
) -> Filters:
    return Filters(document, unit, campaign, year)


async def _wanted(
    format: FormatName,
    request: Request,
    catalog: CatalogDep,
    lang: LangDep,
    filters: Annotated[Filters, Depends(_filters)],
    query: Annotated[str | None, Query(max_length=500, description=QUERY, examples=["units-owning-task"])] = None,
    include: Annotated[Literal["default", "all"], Query(description=INCLUDE)] = "default",
) -> Wanted:
    if query is None:
        declared_only(request)
    raw = {name: value for name, value in request.query_params.items() if name not in OWN}
    everything = include == "all"
    return wanted(format, catalog, query=query, raw=raw, filters=filters, everything=everything, lang=lang)


@router.get(
    "/export/{format}",
    response_class=Response,
    responses={200: {"content": dict.fromkeys(_MEDIA_TYPES, _BINARY), "description": "The file"}},
    openapi_extra={"parameters": [_OF_QUERY]},
)
async def export_file(
    what: Annotated[Wanted, Depends(_wanted)], request: Request, store: StoreDep, settings: SettingsDep
) -> Response:
    """The whole graph, the duty list (xlsx, docx) or the rows of a query, as a file."""
    file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (the answer closes it)
    with ExitStack() as undo:
        undo.callback(file.close)
        revision = await _while_there(request, _written(request, store, what, file, settings.export_timeout))
        if revision is None:
            return Response(status_code=503)  # to nobody
        undo.pop_all()
    return _answer(what, file, revision)


async def _written(request: Request, store: Store, what: Wanted, file: IO[bytes], seconds: float) -> int:
    """Write when it is this export's turn; the revision. Raises ExportTimeout after ``seconds``, waiting included."""
    exports: Exports = request.app.state.exports
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds

    def moved(done: int, total: int) -> None:
        # What waits for a thread may swallow the cancellation of asyncio.timeout.
        if loop.time() > deadline:
            raise TimeoutError

    try:
        async with asyncio.timeout(seconds), exports.turn:
            written = await export(store, what, file, on_progress=moved, timeout=seconds)
            moved(1, 1)
            return written.revision
    except TimeoutError as error:
        raise ExportTimeout(seconds=seconds) from error
    except QueryTimeout as error:
        if what.query is None:
            raise
        raise ExportTimeout(seconds=seconds) from error


async def _while_there(request: Request, writing: Coroutine[Any, Any, int]) -> int | None:
    """The result of ``writing``; None, and no more work, when the caller has gone."""
    work = asyncio.create_task(writing)
    try:
        while not (await asyncio.wait({work}, timeout=LOOK))[0]:
            if await request.is_disconnected():
                return None
        return work.result()
    finally:
        work.cancel()
        await asyncio.wait({work})


def _answer(what: Wanted, file: IO[bytes], revision: int) -> StreamingResponse:
    size = file.seek(0, 2)
    file.seek(0)
    plain, spoken = file_name(what, dt.date.today())
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(spoken, safe='')}",
        "Content-Length": str(size),
        "Cache-Control": "no-store",
        REVISION: str(revision),
    }
    return StreamingResponse(_chunks(file), headers=headers, media_type=what.file_type.media_type)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk
