"""What every request passes: body limit, request id, headers, crashes (``service.middleware``)."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from graph.errors import ZhizeError
from service.errors import on_zhize_error
from service.middleware import BodyLimit, RequestScope


async def echo(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def crash(request: Request) -> Response:
    raise RuntimeError("secret inside")


async def crash_late(request: Request) -> Response:
    async def parts() -> AsyncIterator[bytes]:
        yield b"a"
        raise RuntimeError("too late")

    return StreamingResponse(parts())


def client() -> httpx.AsyncClient:
    routes = [
        Route("/echo", echo, methods=["POST"]),
        Route("/api/v1/documents", echo, methods=["POST", "PUT"]),
        Route("/internal/echo", echo, methods=["POST"]),
        Route("/crash", crash),
        Route("/crash-late", crash_late),
        Route("/embed", crash),
    ]
    layers = [
        Middleware(RequestScope, frame_ancestors=("https://host.example",)),
        Middleware(BodyLimit, limit=10, uploads=20),
    ]
    app = Starlette(routes=routes, middleware=layers, exception_handlers={ZhizeError: on_zhize_error})
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost")


async def chunks(*sizes: int) -> AsyncIterator[bytes]:
    for size in sizes:
        yield b"x" * size


async def test_files_have_a_limit_of_their_own_in_one_place_only() -> None:
    """Where uploads go, by that method; its sentence names its setting."""
    async with client() as http:
        assert (await http.post("/api/v1/documents", content=b"x" * 20)).text == "20"
        for content in (b"x" * 21, chunks(15, 6)):
            refused = await http.post("/api/v1/documents", content=content)
            assert refused.status_code == 413
            assert "ZHIZE_MAX_UPLOAD" in refused.json()["detail"]
        assert "ZHIZE_MAX_BODY" in (await http.put("/api/v1/documents", content=b"x" * 11)).json()["detail"]


async def test_a_body_up_to_the_limit_arrives() -> None:
    """Declared or in pieces."""
    async with client() as http:
        assert (await http.post("/echo", content=b"x" * 10)).text == "10"
        assert (await http.post("/echo", content=chunks(5, 5))).text == "10"


async def test_a_larger_body_is_refused_in_one_sentence() -> None:
    """413 with the size, the limit and the setting, whether the length was declared or not."""
    async with client() as http:
        for content in (b"x" * 11, chunks(6, 5, 5)):
            answer = await http.post("/echo?lang=en", content=content)
            assert answer.status_code == 413
            assert answer.headers["content-type"] == "application/problem+json"
            problem = answer.json()
            assert problem["code"] == "limit-exceeded"
            assert problem["detail"] == "The request body: 11 is over the limit of 10 (setting ZHIZE_MAX_BODY)."
            assert problem["request_id"] == answer.headers["x-request-id"]


async def test_commands_on_this_machine_may_send_whole_documents() -> None:
    """The hand-off of a local command carries original files; its token is asked before its body is read."""
    async with client() as http:
        assert (await http.post("/internal/echo", content=b"x" * 100)).text == "100"


async def test_a_crash_is_logged_whole_and_answered_without_a_word_of_it(caplog: pytest.LogCaptureFixture) -> None:
    """The request id is what ties the answer to the log."""
    with caplog.at_level(logging.ERROR, logger="zhize.service"):
        async with client() as http:
            answer = await http.get("/crash", headers={"X-Request-ID": "abc-1"})
    assert answer.status_code == 500
    assert answer.json()["code"] == "internal-error"
    assert "secret" not in answer.text
    assert answer.headers["x-request-id"] == "abc-1"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "abc-1" in caplog.text
    assert "secret inside" in caplog.text


async def test_a_crash_after_the_answer_began_cuts_the_answer() -> None:
    """A half answer must not look whole."""
    async with client() as http:
        with pytest.raises(RuntimeError, match="too late"):
            await http.get("/crash-late")


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "a\tb", "<script>"])
async def test_an_odd_request_id_is_replaced(given: str) -> None:
    """Only short plain ids are taken over: they go into logs and headers."""
    async with client() as http:
        answer = await http.post("/echo", headers={"X-Request-ID": given})
    assert answer.headers["x-request-id"] != given
    assert len(answer.headers["x-request-id"]) == 32


async def test_only_the_embed_page_may_be_framed_by_the_named_hosts() -> None:
    """frame-ancestors: 'self' everywhere, the configured origins on /embed."""
    async with client() as http:
        policy = (await http.get("/crash")).headers["content-security-policy"]
        embed = (await http.get("/embed")).headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self'")
    assert embed.endswith("frame-ancestors 'self' https://host.example")
    assert "script-src 'self';" in policy
