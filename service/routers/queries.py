"""The query catalog over REST: the list, and one typed route for every query file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import fields
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from queries.catalog import Catalog
from queries.header import Param, QueryDefinition, header_schema
from queries.runner import QueryResult, run
from service import examples, models
from service.conditional import tagged
from service.dependencies import CatalogDep, SettingsDep, kept_of, store_of
from service.paging import whole, window
from service.plain import plain
from service.routers.parameters import CursorParam, LimitParam, limit_of
from service.settings import Settings

router = APIRouter(tags=["queries"])

SCHEMA = "application/schema+json"

RESERVED = frozenset({"limit", "cursor", "lang"})
"""Query-string names that belong to every catalog route; a query's own parameters are all others."""

SCHEMAS: dict[str, dict[str, Any]] = {
    "search": {"type": "string", "minLength": 1},
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "id": {"type": "string"},
    "enum": {"type": "string"},
}

COMMON: list[dict[str, Any]] = [
    {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1}, "description": "行数上限 / rows"},
    {
        "name": "cursor",
        "in": "query",
        "schema": {"type": "string"},
        "description": "上一页的 next / next of the page before",
    },
]


@router.get("/queries", response_model=models.QueriesOut)
async def list_queries(
    request: Request,
    catalog: CatalogDep,
    settings: SettingsDep,
    limit: LimitParam = None,
    cursor: CursorParam = None,
) -> Response:
    """All questions the catalog can answer, with their parameters and columns."""
    page = window(settings, limit, cursor, "queries", default=whole(settings))
    shown, after = page.of([describe(definition) for definition in catalog])
    return tagged(request, {"queries": shown, "total": len(catalog), "next": after})


@router.get(
    "/queries/schema.json",
    response_class=Response,
    responses={200: {"content": {SCHEMA: {"schema": {"type": "object"}, "example": {"title": "Header"}}}}},
)
async def schema(request: Request) -> Response:
    """JSON Schema of the header of a query file, for editors."""
    return tagged(request, header_schema(), SCHEMA)


def describe(definition: QueryDefinition) -> dict[str, Any]:
    """A query as the API and the command line show it; the statement itself is left out."""
    return {
        "name": definition.name,
        "title": definition.title,
        "summary": definition.summary,
        "params": list(definition.params),
        "columns": list(definition.columns),
        "class": definition.class_,
    }


def catalog_router(catalog: Catalog) -> APIRouter:
    """A route for each query of ``catalog``; its parameters and examples come from the file's header."""
    routes = APIRouter(tags=["queries"])
    for definition in catalog:
        routes.add_api_route(
            f"/queries/{definition.name}",
            _endpoint(definition),
            methods=["GET"],
            name=definition.name,
            operation_id=definition.name.replace("-", "_"),
            summary=f"{definition.title.zh} / {definition.title.en}",
            description=f"{definition.summary.zh}\n\n{definition.summary.en}",
            response_model=models.QueryResultOut,
            openapi_extra={"parameters": [*(_openapi(param) for param in definition.params), *COMMON]},
        )
    routes.add_api_route("/queries/{name}", _unknown, methods=["GET"], include_in_schema=False)
    return routes


def _endpoint(definition: QueryDefinition) -> Callable[..., Awaitable[Response]]:
    columns = [plain(column) for column in definition.columns]

    async def endpoint(request: Request) -> Response:
        store = store_of(request)

        async def answer() -> dict[str, Any]:
            # The runner validates and types the parameters: one set of rules and sentences for REST and command line.
            settings: Settings = request.app.state.settings
            given = request.query_params
            raw = {name: value for name, value in given.items() if name not in RESERVED}
            limit = limit_of(given.get("limit"), settings)
            cursor = given.get("cursor")
            found = await run(store, definition, raw, limit=limit, cursor=cursor, timeout=settings.query_timeout)
            return {**_fields(found), "columns": columns}

        return await kept_of(request).get(request, store, answer)

    return endpoint


def _fields(found: QueryResult) -> dict[str, Any]:
    return {field.name: getattr(found, field.name) for field in fields(found)}


async def _unknown(name: str, catalog: CatalogDep) -> None:
    """A name no query has; the catalog says which come near."""
    catalog.get(name)


def _openapi(param: Param) -> dict[str, Any]:
    schema = dict(SCHEMAS[param.type])
    if param.default is not None:
        schema["default"] = param.default
    if param.values:
        schema["enum"] = list(param.values)
    described = {
        "name": param.name,
        "in": "query",
        "required": param.required,
        "description": f"{param.title.zh} / {param.title.en}",
        "schema": schema,
    }
    return described | {"example": examples.parameter(param)}
