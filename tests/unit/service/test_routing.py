"""The table in front of the routes finds what the framework would have found."""

from __future__ import annotations

import pytest
from fastapi import APIRouter, FastAPI
from starlette.routing import Match

from service.routing import Table, adopt


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
