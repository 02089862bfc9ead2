"""What the API answers to wrong requests: always a problem that says which part was wrong and what would be right."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from graph.connect import open_store
from graph.errors import InvalidStoreUrl
from graph.store import Store
from service.app import create_app
from service.settings import Settings
from tests.api.conftest import assert_problem, calling

NODE = "task:" + "0" * 20
DOCUMENT = "document:" + "0" * 20


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with calling(app) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/queries/units-owning-task", "task"),
        ("/queries/units-owning-task?task=", "task"),
        ("/queries/units-owning-task?task=一盔一带&colour=red", "colour"),
        ("/queries/units-owning-task?task=一盔一带&role=OWNS", "role"),
        ("/queries/units-owning-task?task=一盔一带&year=next", "year"),
        ("/queries/units-owning-task?task=一盔一带&limit=0", "limit"),
        ("/queries/units-owning-task?task=一盔一带&limit=1001", "limit"),
        ("/queries/units-owning-task?task=一盔一带&limit=many", "limit"),
        *(
            (f"/{path}&limit={limit}", "limit")
            for path in ("queries/units-owning-task?task=一盔一带", "search?q=头盔")
            for limit in ("٣", "１", "1_0", "%201", "%2B1", "1.0", "9" * 5000)
        ),
        ("/queries/units-owning-task?task=一盔一带&year=٢٠٢٤", "year"),
        ("/queries/units-owning-task?task=一盔一带&cursor=abc", "cursor"),
        ("/queries/unit-calendar?unit=大队&since=2024-02-01&until=2024-01-31", "until"),
        (f"/queries/units-owning-task?task={'长' * 501}", "task"),
        ("/ask", "q"),
        *((f"/{path}?q={nothing}", "q") for path in ("ask", "search") for nothing in ("", "%20", "%E3%80%80%0A")),
        (f"/ask?q={'长' * 501}", "q"),
        ("/ask?q=x&limit=0", "limit"),
        ("/search", "q"),
        ("/search?q=头盔&limit=0", "limit"),
        ("/search?q=头盔&limit=1001", "limit"),
        ("/search?q=头盔&label=Nothing", "label"),
        (f"/nodes/{NODE}/neighbours?types=NOTHING", "types"),
        (f"/nodes/{NODE}/neighbours?cursor=W10", "cursor"),
        (f"/paths?from={NODE}", "to"),
        (f"/paths?from={NODE}&to={NODE}&max_hops=7", "max_hops"),
        (f"/search?q=头盔&kind={'x' * 101}", "kind"),
        (f"/search?q=头盔&label={'x' * 101}", "label"),
        (f"/search?q=头盔&cursor={'x' * 501}", "cursor"),
        (f"/nodes/{NODE}/neighbours?types={'x' * 501}", "types"),
        (f"/documents?kind={'x' * 101}", "kind"),
        (f"/reviews?target={'x' * 501}", "target"),
        ("/documents?year=soon", "year"),
        ("/documents?year=2_024", "year"),
        (f"/documents?year={10**22}", "year"),
        ("/documents?limit=-1", "limit"),
        ("/documents?cursor=%20", "cursor"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_wrong_parameter_is_named_with_what_would_be_right(
    http: httpx.AsyncClient, path: str, name: str, lang: str
) -> None:
    """422, the parameter's name in the data and in the sentence, in the caller's language."""
    answer = await http.get("/api/v1" + path, headers={"Accept-Language": lang})
    problem = assert_problem(answer, 422, "invalid-parameter")
    assert problem["name"] == name
    assert name in problem["detail"]
    assert ("参数" in problem["detail"]) == (lang == "zh")


@pytest.mark.parametrize(
    "path",
    [
        "/nodes/" + NODE,
        "/nodes/nothing",
        f"/nodes/{NODE}/neighbours",
        f"/paths?from={NODE}&to={NODE}",
        "/documents/" + DOCUMENT,
        "/documents/nothing",
        f"/documents/{DOCUMENT}/text",
        "/queries/nothing",
        "/nothing",
        "/nodes/",
        "/queries/",
        "/nodes/%E4%B8%80/neighbours",
    ],
)
async def test_what_is_not_there_is_404(http: httpx.AsyncClient, path: str) -> None:
    """Unknown ids, queries and addresses alike."""
    assert_problem(await http.get("/api/v1" + path), 404, "not-found")


async def test_an_unknown_query_names_the_nearest(http: httpx.AsyncClient) -> None:
    """For programs, as data."""
    problem = assert_problem(await http.get("/api/v1/queries/unit-owning-task"), 404, "not-found")
    assert "units-owning-task" in problem["near"]


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/ask"), ("DELETE", "/queries"), ("PUT", "/documents/x"), ("PATCH", "/ontology")]
)
async def test_a_wrong_method_is_405(http: httpx.AsyncClient, method: str, path: str) -> None:
    """With the methods there are."""
    answer = await http.request(method, "/api/v1" + path)
    assert_problem(answer, 405, "method-not-allowed")
    assert "GET" in answer.headers["allow"]


async def test_a_body_over_two_megabytes_is_413(http: httpx.AsyncClient) -> None:
    """Refused by its declared length, wherever it is sent."""
    answer = await http.post("/api/v1/ask", content=b"x" * 2_000_001)
    problem = assert_problem(answer, 413, "limit-exceeded")
    assert (problem["limit"], problem["setting"]) == (2_000_000, "ZHIZE_MAX_BODY")


SLOW = """// name: slow-one
// class: global
// title: {zh: 很慢的查询, en: A slow query}
// summary: {zh: 数到很大, en: Counts far}
// columns:
//   - {name: count, zh: 数, en: count}

UNWIND range(1, 20000) AS a
UNWIND range(1, 20000) AS b
WITH count(a + b) AS count, 'x' AS id
RETURN count ORDER BY id SKIP $skip LIMIT $limit
"""


async def test_a_query_that_takes_too_long_is_504(empty_store: Store, tmp_path: Path) -> None:
    """The time limit is a setting; the query is named, here one of the user's own folder."""
    (tmp_path / "slow-one.cypher").write_text(SLOW, encoding="utf-8")
    async with calling(create_app(Settings(query_timeout=0.05, queries=tmp_path), empty_store)) as http:
        answer = await http.get("/api/v1/queries/slow-one")
        assert "/api/v1/queries/slow-one" in (await http.get("/openapi.json")).json()["paths"]
    assert assert_problem(answer, 504, "query-timeout")["query"] == "slow-one"


async def test_a_store_that_is_gone_is_503_and_the_process_still_alive(embedded_url: str) -> None:
    """/readyz says not ready with the reason; /healthz stays ok."""
    store = await open_store(embedded_url)
    await store.close()
    async with calling(create_app(Settings(), store)) as http:
        answer = await http.get("/readyz")
        assert_problem(answer, 503, "store-unavailable")
        # Nobody needs a key here, so nobody learns where the store is.
        assert embedded_url.removeprefix("embedded:") not in answer.text
        assert (await http.get("/healthz")).status_code == 200


async def test_before_the_store_is_open_the_answer_is_503() -> None:
    """A request that comes in while the server starts."""
    async with calling(create_app(Settings())) as http:
        assert_problem(await http.get("/api/v1/documents"), 503, "store-unavailable")


async def test_a_start_that_fails_keeps_its_error_for_who_started_it() -> None:
    """``zhize serve`` turns it into one sentence; any other server stops with it."""
    app = create_app(Settings(store="nothing"))
    with pytest.raises(InvalidStoreUrl):
        async with app.router.lifespan_context(app):
            pass
    assert isinstance(app.state.failure, InvalidStoreUrl)


async def test_a_store_that_was_given_is_announced_while_served_and_left_open(embedded_store: Store) -> None:
    """Whoever opened it closes it."""
    app = create_app(Settings(), embedded_store)
    folder = Path(embedded_store.url.removeprefix("embedded:"))
    async with app.router.lifespan_context(app):
        assert (folder / "server.json").exists()
    assert not (folder / "server.json").exists()
    assert (await embedded_store.health()).ok
