"""Input nobody should send: answered with a problem that has a code and a hint, never with a crash."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from service.middleware.well_formed import MAX_ADDRESS, MAX_HEADERS
from service.routers.pages import PAGES
from tests.api.cli import Served
from tests.api.conftest import assert_problem, calling

NODE = "task:" + "0" * 20
DECISION = '{"action": "accept", "target": "%s", "reason": "x", "changes": {"name": %s}}'


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with calling(app) as client:
        yield client


@pytest.mark.parametrize(
    "where", ["/search?q=%FF", "/search?q=%ED%A0%80", "/nodes/%FF", "/search?q=a%00b", "/search?%FF=a"]
)
async def test_an_address_that_is_no_text_is_400(http: httpx.AsyncClient, where: str) -> None:
    """No UTF-8, half a surrogate pair or a NUL, in path or parameters: nothing is replaced silently."""
    assert_problem(await http.get("/api/v1" + where), 400, "bad-input")


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_is_shown_whatever_its_parameters_are(http: httpx.AsyncClient, page: str) -> None:
    """They are read in the browser, which says what is wrong; a path that is no text is still refused."""
    for query in ("q=%FF", "q=a%00b", "%FF"):
        answer = await http.get(f"{page}?{query}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8"), query
    assert_problem(await http.get(f"{page}%FF"), 400, "bad-input")


async def test_an_address_over_the_limit_is_414(app: FastAPI, http: httpx.AsyncClient) -> None:
    """Of ten megabytes too, which no client of ours would send; at the limit it is read."""
    assert_problem(await http.get("/api/v1/search?q=" + "a" * MAX_ADDRESS), 414, "uri-too-long")
    path = "/api/v1/search?q="
    assert_problem(await http.get(path + "a" * (MAX_ADDRESS - len(path) + 1)), 422, "invalid-parameter")
    request = await asgi(app, "/api/v1/search", b"q=" + b"a" * 10_000_000)
    assert request["status"] == 414


async def asgi(app: FastAPI, path: str, query: bytes) -> dict[str, Any]:
    """How the answer to a GET begins; httpx itself refuses addresses over 64 KiB."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query,
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 40000),
        "server": ("localhost", 8000),
        "scheme": "http",
        "root_path": "",
        "http_version": "1.1",
    }
    await app(scope, receive, send)
    return sent[0]


async def test_headers_over_the_limit_are_431(http: httpx.AsyncClient) -> None:
    """All of them together."""
    assert_problem(await http.get("/api/v1/queries", headers={"X-Much": "a" * MAX_HEADERS}), 431, "headers-too-large")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/search?q=一盔一带&q=头盔", "q"),
        ("/queries/units-owning-task?task=一盔一带&task=头盔", "task"),
        ("/search?q=一盔一带&labels=Task", "labels"),
        ("/documents?skip=3", "skip"),
        (f"/nodes/{NODE}?depth=2", "depth"),
    ],
)
async def test_a_parameter_given_twice_or_unknown_is_refused(http: httpx.AsyncClient, path: str, name: str) -> None:
    """Passing it over would quietly ask something else."""
    assert assert_problem(await http.get("/api/v1" + path), 422, "invalid-parameter")["name"] == name


@pytest.mark.parametrize(
    "path",
    [
        "/documents",
        "/search?q=一盔一带",
        "/reviews",
        "/reviews/queue",
        "/queries",
        "/analytics",
        "/analytics/unit-load",
        "/errors",
        "/queries/statistics",
    ],
)
@pytest.mark.parametrize("cursor", ["abc", "W10", "WyJ4IiwxXQ", "%F0%9F%98%80", "-", "WyJ4IiwgMWUzMDld"])
async def test_a_cursor_of_another_list_is_refused(http: httpx.AsyncClient, path: str, cursor: str) -> None:
    """Wherever there are pages."""
    mark = "&" if "?" in path else "?"
    answer = await http.get(f"/api/v1{path}{mark}cursor={cursor}")
    assert assert_problem(answer, 422, "invalid-parameter")["name"] == "cursor"


@pytest.mark.parametrize("accept", ["application/xml", "text/html", "application/json;q=0", "nonsense"])
async def test_a_format_there_is_none_of_is_406(http: httpx.AsyncClient, accept: str) -> None:
    """Before anything is looked up."""
    assert_problem(await http.get("/api/v1/documents", headers={"Accept": accept}), 406, "not-acceptable")


@pytest.mark.parametrize("accept", ["", "*/*", "application/*", "text/html, application/json;q=0.5"])
async def test_json_is_what_most_accept(http: httpx.AsyncClient, accept: str) -> None:
    """Also by a range, at any weight above none."""
    assert (await http.get("/api/v1/documents", headers={"Accept": accept})).status_code == 200


@pytest.mark.parametrize("media", ["text/plain", "application/xml", "application/x-www-form-urlencoded", ""])
async def test_a_body_that_is_not_json_is_415(http: httpx.AsyncClient, media: str) -> None:
    """By its Content-Type, or for want of one."""
    headers = {"Content-Type": media} if media else {}
    answer = await http.post("/api/v1/reviews", content=b"{}", headers=headers)
    assert_problem(answer, 415, "unsupported-media-type")


BODIES = {
    "nested, unclosed": b"[" * 100_000,
    "nested": b"[" * 5_000 + b"]" * 5_000,
    "nested a little": (DECISION % (NODE, "[" * 30 + "]" * 30)).encode(),
    "not UTF-8": b'{"action": "\xff"}',
    "NaN": (DECISION % (NODE, "NaN")).encode(),
    "infinite": (DECISION % (NODE, "-Infinity")).encode(),
    "beyond 64 bits": (DECISION % (NODE, "9" * 30)).encode(),
    "six thousand digits": (DECISION % (NODE, "9" * 6000)).encode(),
    "half a surrogate pair": (DECISION % ("\\ud800", "1")).encode(),
    "a NUL": (DECISION % ("\\u0000", "1")).encode(),
}


@pytest.mark.parametrize("what", BODIES)
async def test_a_body_no_store_could_hold_is_400(http: httpx.AsyncClient, what: str) -> None:
    """In our own words: the engine is not asked."""
    answer = await http.post("/api/v1/reviews", content=BODIES[what], headers={"Content-Type": "application/json"})
    problem = assert_problem(answer, 400, "bad-input")
    assert "Traceback" not in problem["detail"]
    assert "kglite" not in answer.text


async def test_head_is_get_without_its_body(http: httpx.AsyncClient) -> None:
    """Status and headers of GET, on found and unfound things."""
    for path in ("/api/v1/queries", "/openapi.json", "/healthz", f"/api/v1/nodes/{NODE}"):
        got, head = await http.get(path), await http.head(path)
        assert (head.status_code, head.content) == (got.status_code, b"")
        for name in ("content-type", "etag", "cache-control"):
            assert head.headers.get(name) == got.headers.get(name), path


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/documents/x", "DELETE, GET, HEAD, OPTIONS"),
        ("/reviews", "GET, HEAD, OPTIONS, POST"),
        ("/queries/statistics", "GET, HEAD, OPTIONS"),
    ],
)
async def test_options_and_405_name_every_method(http: httpx.AsyncClient, path: str, methods: str) -> None:
    """Also where several routes share an address."""
    asked = await http.options("/api/v1" + path)
    assert (asked.status_code, asked.headers["allow"], asked.content) == (204, methods, b"")
    refused = await http.put("/api/v1" + path)
    assert_problem(refused, 405, "method-not-allowed")
    assert refused.headers["allow"] == methods


async def test_an_address_with_a_slash_at_its_end_is_not_found(http: httpx.AsyncClient) -> None:
    """One address a thing; the hint says so."""
    problem = assert_problem(await http.get("/api/v1/documents/?lang=en"), 404, "not-found")
    assert "do not end in /" in problem["hint"]


async def test_a_real_server_refuses_ten_megabytes_of_address(tmp_path: Path) -> None:
    """414 of ours from the C parser (httptools), which reads it all; a plain 400 from h11, which stops at 64 KiB."""
    with Served(cwd=tmp_path) as server:
        host, port = server.url.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET /api/v1/search?q=" + b"a" * 10_000_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
        said = await asyncio.wait_for(reader.readline(), 30)
        writer.close()
        await writer.wait_closed()
        assert said.split()[1] in (b"400", b"414")
        async with httpx.AsyncClient(base_url=server.url, trust_env=False) as http:
            assert (await http.get("/healthz")).status_code == 200
