"""Who may call which route: every route is walked, so that a new one cannot be forgotten."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from graph.errors import InvalidSetting
from graph.store import Store
from service.app import create_app
from service.settings import Settings
from tests.api.conftest import KEY, assert_problem, calling

OPEN = {"/healthz", "/readyz", "/", "/embed", "/docs"}
"""Routes without data, open to all."""


@pytest.fixture(scope="module")
def public(empty_store: Store) -> FastAPI:
    """An application bound to the network."""
    return create_app(Settings(host="0.0.0.0", api_key=KEY), empty_store)


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """Method and path of every route, parameters filled in."""
    found = []
    for route in app.routes:
        # The API's routes lie flat. FastAPI keeps included routers whole; each yields its routes with their prefixes
        # and dependencies applied.
        inside = route.effective_route_contexts() if hasattr(route, "effective_route_contexts") else ()
        for inner in [route] if isinstance(route, APIRoute) else inside:
            path = inner.path.replace("{id}", "task:0").replace("{name}", "nothing").replace("{op}", "read")
            found += [(method, path) for method in sorted(inner.methods)]
    return found


def guarded(app: FastAPI) -> list[tuple[str, str]]:
    return [(m, p) for m, p in routes(app) if p not in OPEN and not p.startswith("/internal/")]


async def test_every_route_with_data_refuses_strangers(public: FastAPI) -> None:
    """Without a key and with a wrong one: 401 everywhere, also from the server's own machine."""
    walked = guarded(public)
    assert len(walked) > 10
    for address in ("203.0.113.9", "127.0.0.1"):
        async with calling(public, address=address) as http:
            for method, path in walked:
                for headers in ({}, {"X-API-Key": "wrong"}, {"Authorization": "Bearer wrong"}):
                    answer = await http.request(method, path, headers=headers)
                    assert_problem(answer, 401, "unauthorized")
                    assert answer.headers["www-authenticate"] == "Bearer"


async def test_the_key_opens_every_route(public: FastAPI) -> None:
    """With the key no route answers 401 or 403."""
    for headers in ({"X-API-Key": KEY}, {"Authorization": f"Bearer {KEY}"}):
        async with calling(public, address="203.0.113.9", base="https://kg.example", headers=headers) as http:
            for method, path in guarded(public):
                answer = await http.request(method, path)
                assert answer.status_code not in (401, 403), (method, path)


async def test_the_internal_store_is_closed_to_every_caller_without_its_token(public: FastAPI) -> None:
    """Not even the key opens it, and it is not in the API's description."""
    for address, headers in (("127.0.0.1", {}), ("127.0.0.1", {"X-API-Key": KEY}), ("203.0.113.9", {"X-API-Key": KEY})):
        async with calling(public, address=address, headers=headers) as http:
            assert_problem(await http.post("/internal/store/read", content=b"{}"), 404, "not-found")
    async with calling(public, headers={"X-API-Key": KEY}) as http:
        assert "/internal" not in (await http.get("/openapi.json")).text


async def test_pages_and_health_are_open(public: FastAPI) -> None:
    """They hold no data; a supervisor and a browser need them before any key."""
    async with calling(public, address="203.0.113.9", base="https://kg.example") as http:
        for path in (*sorted(OPEN), "/static/duty-graph.js"):
            assert (await http.get(path)).status_code == 200, path


async def test_a_rebound_name_reads_nothing(app: FastAPI) -> None:
    """DNS rebinding: right address, foreign Host, no key."""
    async with calling(app, base="http://evil.example:8000") as http:
        for method, path in guarded(app):
            assert_problem(await http.request(method, path), 403, "forbidden")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:9999", "https://localhost:8000"])
async def test_a_foreign_page_changes_nothing(app: FastAPI, origin: str) -> None:
    """A DELETE from another origin's page is refused on loopback."""
    async with calling(app) as http:
        answer = await http.delete("/api/v1/documents/document:0", headers={"Origin": origin})
    assert_problem(answer, 403, "forbidden")


async def test_our_own_page_may_change(app: FastAPI) -> None:
    """Same origin passes the guard (and then meets a document that is not there)."""
    async with calling(app) as http:
        answer = await http.delete("/api/v1/documents/document:0", headers={"Origin": "http://localhost:8000"})
    assert_problem(answer, 404, "not-found")


@pytest.mark.parametrize("given", [{"host": "0.0.0.0"}, {"host": "0.0.0.0", "api_key": "short"}, {"api_key": "short"}])
def test_an_unsafe_application_is_never_made(given: dict[str, str]) -> None:
    """No key beyond loopback, or a short key anywhere: refused before anything is served."""
    with pytest.raises(InvalidSetting):
        create_app(Settings(**given))


async def test_pages_of_named_origins_may_read_and_others_may_not(app: FastAPI, empty_store: Store) -> None:
    """CORS is off unless set; then for the named origins alone, and for reading only."""
    async with calling(app) as http:
        answer = await http.get("/api/v1/queries", headers={"Origin": "https://host.example"})
        assert "access-control-allow-origin" not in answer.headers
    open_to_host = create_app(Settings(cors_origins=("https://host.example",)), empty_store)
    async with calling(open_to_host) as http:
        named = await http.get("/api/v1/queries", headers={"Origin": "https://host.example"})
        other = await http.get("/api/v1/queries", headers={"Origin": "https://evil.example"})
        change = await preflight(http, "DELETE")
        read = await preflight(http, "GET")
    assert named.headers["access-control-allow-origin"] == "https://host.example"
    assert "access-control-allow-origin" not in other.headers
    assert (read.status_code, change.status_code) == (200, 400)


async def preflight(http: httpx.AsyncClient, method: str) -> httpx.Response:
    asked = {
        "Origin": "https://host.example",
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "x-api-key",
    }
    return await http.options("/api/v1/queries", headers=asked)
