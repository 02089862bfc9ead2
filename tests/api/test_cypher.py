"""``POST /api/v1/cypher``: off by default, never without a key, one envelope, every refusal a problem."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from graph.store import Store
from service.app import create_app
from service.models import AdhocOut
from service.settings import Settings
from tests.api.conftest import KEY, assert_problem, calling

PATH = "/api/v1/cypher"
HEADERS = {"X-API-Key": KEY}


@pytest.fixture(scope="module")
def open_app(empty_store: Store) -> FastAPI:
    """An application on this machine with ad hoc Cypher switched on."""
    settings = Settings(api_key=KEY, adhoc_cypher=True, adhoc_rows=10, adhoc_timeout=1, adhoc_concurrent=1)
    return create_app(settings, empty_store)


@pytest.fixture
async def http(open_app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with calling(open_app, headers=HEADERS) as client:
        yield client


async def test_it_is_off_by_default(empty_store: Store) -> None:
    """The problem says who can switch it on, and how."""
    async with calling(create_app(Settings(api_key=KEY), empty_store), headers=HEADERS) as http:
        answer = await http.post(PATH, json={"cypher": "RETURN 1 AS x"})
    assert "ZHIZE_ADHOC_CYPHER" in assert_problem(answer, 403, "adhoc-disabled")["detail"]


async def test_it_never_opens_without_a_key(open_app: FastAPI) -> None:
    """Not on this machine either, where everything else does."""
    async with calling(open_app) as http:
        assert (await http.get("/api/v1/queries")).status_code == 200
        for headers in ({}, {"X-API-Key": "wrong"}):
            answer = await http.post(PATH, json={"cypher": "RETURN 1 AS x"}, headers=headers)
            assert_problem(answer, 401, "unauthorized")


async def test_an_answer_has_the_envelope_of_queries(http: httpx.AsyncClient) -> None:
    """Columns, rows, total, and whether it was cut off and at what."""
    answer = await http.post(PATH, json={"cypher": "UNWIND $xs AS 数 RETURN 数", "params": {"xs": [2, 1]}})
    assert answer.status_code == 200, answer.text
    found = AdhocOut.model_validate(answer.json())
    assert [column.name for column in found.columns] == ["数"]
    assert (found.rows, found.total, found.truncated, found.stopped) == ([{"数": 2}, {"数": 1}], 2, False, None)
    many = (await http.post(PATH, json={"cypher": "UNWIND range(1, 99) AS x RETURN x"})).json()
    assert (len(many["rows"]), many["total"], many["truncated"], many["stopped"]) == (10, None, True, "rows")


@pytest.mark.parametrize(
    ("body", "status", "code", "words"),
    [
        ({"cypher": "CREATE (n)"}, 400, "cypher-refused", "会写入"),
        ({"cypher": "MATCH (u:Unit)\nRETURN u.nam"}, 400, "cypher-refused", "第 2 行第 9 列"),
        ({"cypher": "RETURN 1 / 0 AS x"}, 400, "invalid-query", "zero"),
        ({"cypher": "RETURN $x AS x", "params": {"x": "a" * 10_001}}, 422, "invalid-parameter", "x"),
        ({"cypher": "RETURN 1 AS x", "params": {"a b": 1}}, 422, "invalid-parameter", "a b"),
        ({"cypher": ""}, 422, "invalid-parameter", "cypher"),
        ({"cypher": "x" * 10_001}, 422, "invalid-parameter", "cypher"),
        ({"cypher": 5}, 422, "invalid-parameter", "cypher"),
        ({"params": {}}, 422, "invalid-parameter", "cypher"),
        ({"cypher": "RETURN 1 AS x", "params": []}, 422, "invalid-parameter", "params"),
        ({"cypher": "RETURN 1 AS x", "limit": 5}, 422, "invalid-parameter", "limit"),
        ({"cypher": "RETURN [" + "1," * 2_000 + "1] AS x"}, 413, "limit-exceeded", "2000"),
    ],
)
async def test_a_refusal_is_a_problem(
    http: httpx.AsyncClient, body: dict[str, object], status: int, code: str, words: str
) -> None:
    """With the place in the statement, in the caller's language."""
    answer = await http.post(PATH, json=body, headers={"Accept-Language": "zh"})
    assert words in assert_problem(answer, status, code)["detail"]


async def test_one_that_takes_too_long_is_ended_and_meanwhile_no_other_runs(http: httpx.AsyncClient) -> None:
    """504 for the one, 429 for what is beyond the number at once; the next one runs."""
    slow = {
        "cypher": "UNWIND range(1, 9000) AS a UNWIND range(1, 9000) AS b UNWIND range(1, 99) AS c RETURN count(*) AS n"
    }
    running = asyncio.create_task(http.post(PATH, json=slow))
    await asyncio.sleep(0.2)
    busy = await http.post(PATH, json={"cypher": "RETURN 1 AS x"})
    assert "ZHIZE_ADHOC_CONCURRENT" in assert_problem(busy, 429, "too-many-queries")["detail"]
    assert_problem(await running, 504, "adhoc-timeout")
    assert (await http.post(PATH, json={"cypher": "RETURN 1 AS x"})).json()["rows"] == [{"x": 1}]
