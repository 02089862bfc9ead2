"""The table in front of the routes finds what the framework would have found."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.responses import HTMLResponse
from starlette.routing import Match, Route

from service.routing import Table, adopt


class _OwnRoute(APIRoute):
    """A route of a class of its own."""


async def _nothing() -> None:
    return None


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """Whole addresses, ids, a remainder that may be anything, and two methods at one address."""
    part, api = APIRouter(), APIRouter(prefix="/api")
    for path in ("/things", "/things/one", "/things/{id}", "/things/{id}/parts", "/things/{id}/parts/{rest:path}"):
        part.add_api_route(path, _nothing, methods=["GET"])
    part.add_api_route("/things/one", _nothing, methods=["DELETE"])
    part.add_api_route("/others/{id}", _nothing, methods=["PUT"])
    adopt(api, part)
    app = FastAPI()
    app.router.routes += [Table("/api", api.routes), *api.routes]
    return app


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
@pytest.mark.parametrize(
    "path",
    [
        *("/api/things", "/api/things/one", "/api/things/two", "/api/things/one/parts", "/api/things/one/parts/a/b"),
        *("/api/others/one", "/api/others", "/api/things/", "/api/nothing", "/api", "/", "/apis/things"),
    ],
)
def test_the_table_finds_the_frameworks_route(app: FastAPI, method: str, path: str) -> None:
    """The same route with the same parameters; nothing where the framework finds none that fits whole."""
    table, *routes = app.router.routes[-8:]
    scope = {"type": "http", "method": method, "path": path, "root_path": "", "headers": []}
    found = [child for match, child in (route.matches(dict(scope)) for route in routes) if match is Match.FULL]
    match, child = table.matches(dict(scope))
    assert (match is Match.FULL) == bool(found)
    if found:
        assert (child["route"], child["path_params"]) == (found[0]["route"], found[0]["path_params"])


def test_an_adopted_route_is_declared_as_it_was() -> None:
    """Whatever a route can say of itself is not lost on the way, its class too."""
    declared: dict[str, Any] = {
        "response_model": dict[str, int],
        "status_code": 201,
        "tags": ["things"],
        "dependencies": [Depends(_nothing)],
        "summary": "a",
        "description": "b",
        "response_description": "c",
        "responses": {404: {"description": "d"}},
        "deprecated": True,
        "methods": {"POST"},
        "operation_id": "e",
        "response_model_include": {"f"},
        "response_model_exclude": {"g"},
        "response_model_by_alias": False,
        "response_model_exclude_unset": True,
        "response_model_exclude_defaults": True,
        "response_model_exclude_none": True,
        "include_in_schema": False,
        "response_class": HTMLResponse,
        "name": "h",
        "callbacks": [Route("/done", _nothing)],
        "openapi_extra": {"x-i": 1},
        "generate_unique_id_function": lambda route: route.name,
    }
    part, api = APIRouter(route_class=_OwnRoute), APIRouter()
    part.add_api_route("/things", _nothing, **declared)
    adopt(api, part)
    (route,) = api.routes
    assert type(route) is _OwnRoute
    assert {name: getattr(route, name) for name in declared} == declared
