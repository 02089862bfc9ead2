"""Every error of the tree as a problem, in both languages, with nothing internal (``service.errors``)."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import Route

from graph import errors
from graph.errors import InvalidParameter, NotFound, StoreUnavailable, Unauthorized, ZhizeError
from service.errors import HANDLERS, INTERNAL, TITLES
from service.middleware import RequestScope

FILLED = (
    {
        name: {"zh": f"甲{name}", "en": f"some {name}"}
        for name in (
            "what",
            "format",
            "reason",
            "path",
            "column",
            "remedy",
            "name",
            "setting",
            "store",
            "query",
            "user",
            "holder",
            "document",
            "job",
            "state",
            "supported",
            "since",
        )
    }
    | {"start": 1, "end": 2, "rule": "r", "line": 3, "entry": "e", "found": 2, "known": 1, "seconds": 5}
    | {"actual": 2, "limit": 1, "documents": 3, "waiting": 4, "due": 5}
)


def kinds(base: type[ZhizeError] = ZhizeError) -> Iterator[type[ZhizeError]]:
    yield base
    for child in base.__subclasses__():
        yield from kinds(child)


async def answer_to(error: Exception, **headers: str) -> httpx.Response:
    async def fail(request: Request) -> None:
        raise error

    app = Starlette(
        routes=[Route("/x", fail)], middleware=[Middleware(RequestScope)], exception_handlers=dict(HANDLERS)
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as http:
        return await http.get("/x", headers=headers)


@pytest.mark.parametrize("kind", sorted(set(kinds()), key=lambda k: k.__name__))
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_every_error_is_a_problem_with_its_status_and_code(kind: type[ZhizeError], lang: str) -> None:
    """Status, code and sentence of the class, title in the same language; errors of the server keep theirs inside."""
    error = kind(**FILLED)
    answer = await answer_to(error, **{"Accept-Language": lang})
    problem = answer.json()
    assert answer.status_code == problem["status"] == kind.status
    assert problem["code"] == kind.code
    assert problem["title"] == TITLES[kind.status][lang == "en"]
    assert answer.headers["content-type"] == "application/problem+json"
    if kind.code in INTERNAL:
        assert "reason" not in answer.text
        assert "some" not in problem["detail"]
    else:
        assert problem["detail"] == error.message("zh" if lang == "zh" else "en")


async def test_an_errors_data_goes_along_in_the_callers_language() -> None:
    """Programs get the parts of the sentence; lists and numbers stay what they are; fixed members win."""
    error = NotFound(
        what={"zh": "查询", "en": "query"}, name="x", near=["a", {"zh": "乙", "en": "b"}], n=3, code="mine"
    )
    problem = (await answer_to(error, **{"Accept-Language": "en"})).json()
    assert (problem["what"], problem["name"], problem["near"], problem["n"]) == ("query", "x", ["a", "b"], 3)
    assert problem["code"] == "not-found"


async def test_what_is_no_plain_value_is_shown_as_text() -> None:
    """An error's data never breaks the answer."""
    assert (await answer_to(NotFound(what="x", name="y", odd=object))).json()["odd"].startswith("<class")


async def test_a_missing_key_asks_for_one_and_a_store_down_says_when_to_come_back() -> None:
    """WWW-Authenticate and Retry-After."""
    assert (await answer_to(Unauthorized(reason="x"))).headers["www-authenticate"] == "Bearer"
    assert (await answer_to(StoreUnavailable(store="s", reason="x"))).headers["retry-after"] == "5"


async def test_the_log_keeps_what_the_answer_hides(caplog: pytest.LogCaptureFixture) -> None:
    """With the request id that the answer shows."""
    with caplog.at_level(logging.ERROR, logger="zhize.service"):
        answer = await answer_to(errors.StoreError(store="s", reason="inner detail"))
    assert "inner detail" in caplog.text
    assert answer.json()["request_id"] in caplog.text


@pytest.mark.parametrize(("status", "code"), [(400, "bad-input"), (418, "i'm-a-teapot"), (404, "not-found")])
async def test_what_the_framework_refuses_has_the_same_shape(status: int, code: str) -> None:
    """Known statuses with a sentence, others with their phrase."""
    problem = (await answer_to(HTTPException(status))).json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["detail"]


async def test_the_url_chooses_the_language_over_the_header() -> None:
    """?lang= for links, Accept-Language for browsers; something unknown is passed over."""

    async def fail(request: Request) -> None:
        raise InvalidParameter(name="q", reason={"zh": "必填", "en": "is required"})

    app = Starlette(routes=[Route("/x", fail)], exception_handlers=dict(HANDLERS))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as http:
        english = {"Accept-Language": "en"}
        assert (await http.get("/x?lang=zh", headers=english)).json()["detail"] == "参数 q：必填。"
        assert (await http.get("/x?lang=zh-CN", headers=english)).json()["detail"] == "参数 q：必填。"
        assert (await http.get("/x?lang=fr", headers=english)).json()["detail"] == "Parameter q: is required."
        assert (await http.get("/x")).json()["detail"] == "参数 q：必填。"
