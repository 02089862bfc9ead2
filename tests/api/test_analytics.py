"""Analyses over REST and from the command line."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from graph.analytics.description import descriptions
from graph.connect import open_store
from graph.store import Store
from service import analyses, models
from service.app import create_app
from service.settings import Settings
from tests.api.cli import Done, in_process
from tests.api.conftest import assert_problem, calling
from tests.graphs import batch, document, unit
from tests.store.graphs import library

NAMES = list(descriptions())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose ``kg`` is a store with the made-up library."""
    place = tmp_path_factory.mktemp("analytics")

    async def load() -> None:
        store = await open_store(f"embedded:{place / 'kg'}")
        await store.write(library())
        await store.close()

    asyncio.run(load())
    return place


@pytest.fixture
async def loaded(embedded_store: Store) -> Store:
    """A store of its own with the library: tests may write to it."""
    await embedded_store.write(library())
    return embedded_store


@pytest.fixture
async def served(loaded: Store) -> FastAPI:
    return create_app(Settings(query_timeout=30), loaded)


@pytest.fixture
async def http(served: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with calling(served) as client:
        yield client


async def test_the_list_describes_every_analysis(http: httpx.AsyncClient) -> None:
    listed = models.AnalyticsOut.model_validate_json((await http.get("/api/v1/analytics")).content)
    assert [found.name for found in listed.analytics] == NAMES


@pytest.mark.parametrize("name", NAMES)
async def test_an_analysis_answers_in_its_columns(http: httpx.AsyncClient, name: str) -> None:
    """The shape, the described figures, and rows with exactly the described columns."""
    answer = await http.get(f"/api/v1/analytics/{name}")
    assert answer.status_code == 200, answer.text
    found = models.AnalysisOut.model_validate_json(answer.content)
    assert list(found.figures) == list(descriptions()[name].figures)
    assert all(list(row) == [column.name for column in found.columns] for row in found.rows)
    assert found.total == len(found.rows)


@pytest.mark.parametrize("name", NAMES)
def test_an_analysis_is_a_described_route_with_an_example(served: FastAPI, name: str) -> None:
    """With the parameters it takes, ``lang`` of its refusals among them."""
    operation = served.openapi()["paths"][f"/api/v1/analytics/{name}"]["get"]
    assert descriptions()[name].title.zh in operation["summary"]
    assert descriptions()[name].method.en in operation["description"]
    example = operation["responses"]["200"]["content"]["application/json"]["example"]
    models.AnalysisOut.model_validate(example)
    assert {p["name"] for p in operation["parameters"]} == {"year", "limit", "cursor", "lang"}


async def test_pages_follow_one_another_until_the_graph_changes(http: httpx.AsyncClient, loaded: Store) -> None:
    """No gap, no repeat; a page of another state of the graph is refused."""
    path = "/api/v1/analytics/unit-load"
    whole = (await http.get(path)).json()["rows"]
    first = (await http.get(path, params={"limit": 2})).json()
    assert (first["truncated"], first["total"]) == (True, len(whole))
    second = (await http.get(path, params={"limit": 2, "cursor": first["next"]})).json()
    assert first["rows"] + second["rows"] == whole[:4]
    await loaded.write(batch(document("新.txt", [(unit("望岭县公安局"), "新任务")])))
    assert_problem(await http.get(path, params={"limit": 2, "cursor": first["next"]}), 422, "invalid-parameter")
    assert len((await http.get(path)).json()["rows"]) == len(whole) + 1


async def test_what_cannot_be_answered_is_a_problem(http: httpx.AsyncClient, loaded: Store) -> None:
    """A name near one, a year that is none, a graph above the cap; in the language of ``lang``."""
    unknown = assert_problem(await http.get("/api/v1/analytics/unit-laod"), 404, "not-found")
    assert unknown["near"] == ["unit-load"]
    for lang, sentence in (("zh", "参数 year：不得小于 1。"), ("en", "Parameter year: must be at least 1.")):
        wrong = await http.get("/api/v1/analytics/unit-load", params={"year": 0, "lang": lang})
        assert assert_problem(wrong, 422, "invalid-parameter")["detail"] == sentence
    small = create_app(Settings(analytics_nodes=3), loaded)
    async with calling(small) as client:
        problem = assert_problem(await client.get("/api/v1/analytics/unit-load"), 413, "limit-exceeded")
        assert problem["setting"] == "ZHIZE_ANALYTICS_NODES"


async def test_an_analysis_is_computed_once_and_one_at_a_time(loaded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many callers at once share the work; nobody starts a second one beside it; the last used results are kept."""
    from graph.analytics import run

    at_once: list[int] = [0, 0, 0]
    real = run.analyse

    async def counted(*args: Any, **more: Any) -> run.Result:
        at_once[0] += 1
        at_once[1] = max(at_once[1], at_once[0])
        at_once[2] += 1
        try:
            return await real(*args, **more)
        finally:
            at_once[0] -= 1

    monkeypatch.setattr(run, "analyse", counted)
    monkeypatch.setattr(analyses, "KEPT", 2)
    async with calling(create_app(Settings(query_timeout=30), loaded)) as http:
        calls = [http.get(f"/api/v1/analytics/{name}") for name in (NAMES[0], NAMES[0], NAMES[1], NAMES[0])]
        answers = await asyncio.gather(*calls)
        assert {answer.status_code for answer in answers} == {200}
        assert at_once == [0, 1, 2]
        await http.get(f"/api/v1/analytics/{NAMES[2]}")
        await http.get(f"/api/v1/analytics/{NAMES[1]}")
        assert at_once[2] == 3
        await http.get(f"/api/v1/analytics/{NAMES[0]}")
        assert at_once[2] == 4


async def test_a_slow_analysis_goes_on_and_is_there_for_the_next_call(
    loaded: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The caller hears query-timeout; the work is not thrown away; closing gives it up."""
    from graph.analytics import run

    gate, real = asyncio.Event(), run.analyse

    async def slow(*args: Any, **more: Any) -> run.Result:
        await gate.wait()
        return await real(*args, **more)

    monkeypatch.setattr(run, "analyse", slow)
    app = create_app(Settings(query_timeout=0.2), loaded)
    async with calling(app) as client:
        problem = assert_problem(await client.get("/api/v1/analytics/unit-load"), 504, "query-timeout")
        assert "unit-load" in problem["detail"]
        gate.set()
        monkeypatch.setattr(app.state.settings.__class__, "query_timeout", 30.0, raising=False)
        for _ in range(100):
            answer = await client.get("/api/v1/analytics/unit-load")
            if answer.status_code == 200:
                break
        assert answer.status_code == 200
        gate.clear()
        assert_problem(await client.get("/api/v1/analytics/communities"), 504, "query-timeout")
    await app.state.analyses.close()
    await app.state.analyses.close()


def test_an_analysis_from_the_command_line(folder: Path) -> None:
    """Table, CSV and JSON of one analysis; what it means is in its help, in both languages."""
    account = {"ZHIZE_STORE": "embedded:./kg"}
    shown = in_process("analytics", "unit-load", "--limit", "2", cwd=folder, **account)
    assert shown.code == 0, shown.err
    assert "青禾县教育局" in shown.out
    assert shown.err.startswith("2 行，共 5 行；有任务的单位 5；")
    table = in_process("analytics", "cooperation-brokers", "--format", "csv", "--lang", "en", cwd=folder, **account)
    rows = list(csv.DictReader(io.StringIO(table.out)))
    assert {row["unit"] for row in rows} == {"青禾县教育局", "青禾县市场监管局"}
    assert all(row["unit_id"].startswith("unit:") and row["facts"] for row in rows)
    lists = in_process("analytics", "communities", "--format", "csv", cwd=folder, **account)
    (circle,) = csv.DictReader(io.StringIO(lists.out))
    assert circle["units"] == "青禾县市场监管局、青禾县教育局"
    assert circle["units_id"].count("unit:") == 2
    found: dict[str, Any] = json.loads(
        in_process("analytics", "unit-load", "--format", "json", "--year", "2023", cwd=folder, **account).out
    )
    assert (found["params"], found["total"], len(found["rows"])) == ({"year": 2023}, 1, 1)
    helped = in_process("analytics", "uncovered-targets", "--help", cwd=folder)
    assert "没有行动针对" in helped.out
    assert "Kinds covered" in in_process("analytics", "uncovered-targets", "--help", "--lang", "en", cwd=folder).out


def refused(done: Done) -> str:
    assert done.code == 1
    return done.sentence


def test_the_command_refuses_in_one_sentence(folder: Path) -> None:
    account = {"ZHIZE_STORE": "embedded:./kg"}
    assert "unit-load" in refused(in_process("analytics", "unit-laod", cwd=folder, **account))
    sentence = refused(in_process("analytics", "unit-load", cwd=folder, ZHIZE_ANALYTICS_NODES="2", **account))
    assert "ZHIZE_ANALYTICS_NODES" in sentence
