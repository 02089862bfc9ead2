"""What the API answers over loaded documents, on both stores: the promised shapes, evidence that quotes its text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from pydantic import BaseModel

from graph.connect import open_store
from graph.settings import StoreSettings
from graph.store import Store
from ingest.load import ingest
from queries.catalog import load_catalog
from queries.header import QueryDefinition
from service import models
from service.app import create_app
from service.settings import Settings
from tests.api.conftest import calling
from tests.conftest import ROOT
from tests.wipe import wipe

QUESTION = "一盔一带由哪些单位负责？"
CATALOG = list(load_catalog())


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
async def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Store]:
    """A store of either engine with the example documents, loaded once for the tests of this file, which only read."""
    if request.param == "embedded":
        url = f"embedded:{tmp_path_factory.mktemp('loaded')}"
    else:
        url = request.getfixturevalue("neo4j_url")
        await wipe(url)
    # The first plans of a server that has just started take their time on a busy machine.
    store = await open_store(url, StoreSettings(query_timeout=60))
    report = await ingest(store, [ROOT / "examples"], jobs=1)
    assert report.ok
    yield store
    await store.close()


@pytest.fixture
async def http(loaded: Store) -> AsyncIterator[httpx.AsyncClient]:
    """A caller on this machine."""
    async with calling(create_app(Settings(query_timeout=60), loaded)) as client:
        yield client


async def get(http: httpx.AsyncClient, path: str, shape: type[BaseModel] | None = None, **params: Any) -> Any:
    """The JSON of a call that works, held against its shape."""
    answer = await http.get("/api/v1" + path, params=params)
    assert answer.status_code == 200, answer.text
    if shape is not None:
        shape.model_validate_json(answer.content, strict=True)
    return answer.json()


class Texts:
    """Texts of documents, asked once each."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.known: dict[str, str] = {}

    async def quotes(self, document: str, start: int, end: int) -> str:
        if document not in self.known:
            self.known[document] = (await get(self.http, f"/documents/{document}/text"))["text"]
        return self.known[document][start:end]


async def test_a_question_is_answered_with_a_sentence_and_its_evidence(http: httpx.AsyncClient) -> None:
    """Rows in the declared columns; each quote is its document's text at its offsets, and so is each match."""
    found = await get(http, "/ask", models.AnswerOut, q=QUESTION)
    assert found["question"] == QUESTION
    assert found["query"] == "units-owning-task"
    assert found["params"]["task"] == "一盔一带"
    assert found["rows"]
    texts = Texts(http)
    for row in found["rows"]:
        assert set(row) == {column["name"] for column in found["columns"]}
        assert {"id", "name"} <= row["unit"].keys()
        assert {"id", "name", "issued_on"} <= row["document"].keys()
        assert await texts.quotes(row["document"]["id"], row["start"], row["end"]) == row["quote"]
        match = row["match"]
        assert await texts.quotes(row["document"]["id"], match["start"], match["end"]) == match["quote"]
    assert found["rows"][0]["unit"]["name"] in found["answer"]


async def test_the_answer_speaks_the_callers_language(http: httpx.AsyncClient) -> None:
    """By header and by parameter; names and quotes are never translated."""
    zh = await get(http, "/ask", q=QUESTION, lang="zh")
    en = await get(http, "/ask", q=QUESTION, lang="en")
    assert zh["rows"] == en["rows"]
    assert zh["answer"] != en["answer"]
    by_header = await http.get("/api/v1/ask", params={"q": QUESTION}, headers={"Accept-Language": "en-GB"})
    assert by_header.json()["answer"] == en["answer"]


async def test_a_question_nobody_can_answer_gets_ones_that_can(http: httpx.AsyncClient) -> None:
    """No rows, no query, a sentence, and alternatives."""
    found = await get(http, "/ask", models.AnswerOut, q="今天天气怎么样？")
    assert (found["query"], found["rows"]) == (None, [])
    assert found["answer"]
    assert found["alternatives"]


@pytest.mark.parametrize("definition", CATALOG, ids=lambda definition: definition.name)
async def test_every_query_answers_its_own_examples(http: httpx.AsyncClient, definition: QueryDefinition) -> None:
    """In the promised shape, rows in the declared columns, quotes with their offsets."""
    found = await get(http, f"/queries/{definition.name}", models.QueryResultOut, **definition.examples)
    assert found["query"] == definition.name
    names = [column.name for column in definition.columns]
    for row in found["rows"]:
        assert list(row) == names


async def test_pages_follow_one_another_without_gap_or_repeat(http: httpx.AsyncClient) -> None:
    """limit and cursor; the total is the same on every page."""
    whole = await get(http, "/queries/units-owning-task", task="一盔一带", limit=1000)
    pages, cursor = [], None
    while True:
        given = {"cursor": cursor} if cursor else {}
        page = await get(http, "/queries/units-owning-task", task="一盔一带", limit=2, **given)
        assert page["total"] == whole["total"] == len(whole["rows"])
        pages += page["rows"]
        cursor = page["next"]
        assert page["truncated"] == (cursor is not None)
        if cursor is None:
            break
    assert pages == whole["rows"]


@pytest.mark.parametrize("q", ["一盔一带", "ykyd", "１０７国道", "头盔", "“", "???", "a b"])
async def test_search_finds_or_finds_nothing_but_never_fails(http: httpx.AsyncClient, q: str) -> None:
    """Names, initials, full-width, punctuation."""
    found = await get(http, "/search", models.SearchOut, q=q)
    assert found["query"] == q
    assert found["total"] >= len(found["hits"])


async def test_search_can_be_narrowed_to_a_label_and_a_number(http: httpx.AsyncClient) -> None:
    """Only campaigns, only one."""
    found = await get(http, "/search", q="一盔一带", label="Campaign", limit=1)
    assert [hit["label"] for hit in found["hits"]] == ["Campaign"]


async def test_a_node_shows_its_properties_and_its_surroundings(http: httpx.AsyncClient) -> None:
    """Degree counts are those of the groups; edges join the node and listed nodes; evidence quotes its text."""
    hit = (await get(http, "/search", q="一盔一带", label="Campaign", limit=1))["hits"][0]
    node = await get(http, f"/nodes/{hit['id']}", models.NodeOut)
    assert (node["id"], node["label"], node["name"]) == (hit["id"], "Campaign", hit["name"])
    around = await get(http, f"/nodes/{hit['id']}/neighbours", models.NeighboursOut)
    for type_, degree in node["degree"].items():
        for direction in ("in", "out"):
            groups = [g for g in around["groups"] if (g["type"], g["direction"]) == (type_, direction)]
            assert degree[direction] == sum(group["count"] for group in groups)
    known = {hit["id"], *(other["id"] for other in around["nodes"])}
    texts = Texts(http)
    for edge in around["edges"]:
        assert {edge["head"], edge["tail"]} <= known
        assert hit["id"] in (edge["head"], edge["tail"])
        if edge["quote"] and edge["document"]:
            assert await texts.quotes(edge["document"]["id"], edge["start"], edge["end"]) == edge["quote"]
    assert not around["truncated"] or len(around["edges"]) < around["total"]


async def test_neighbours_come_in_pages_and_by_type(http: httpx.AsyncClient) -> None:
    """types, limit and cursor."""
    hit = (await get(http, "/search", q="一盔一带", label="Campaign", limit=1))["hits"][0]
    path = f"/nodes/{hit['id']}/neighbours"
    carried = await get(http, path, types="CARRIES_OUT", limit=1000)
    assert {edge["type"] for edge in carried["edges"]} == {"CARRIES_OUT"}
    first = await get(http, path, types="CARRIES_OUT", limit=1)
    second = await get(http, path, types="CARRIES_OUT", limit=1, cursor=first["next"])
    assert [e["key"] for e in (*first["edges"], *second["edges"])] == [e["key"] for e in carried["edges"][:2]]
    assert first["total"] == carried["total"]


async def test_two_nodes_are_connected_by_paths_of_edges(http: httpx.AsyncClient) -> None:
    """From a task to its document's issuer or whatever else: each path goes from one end to the other."""
    row = (await get(http, "/queries/units-owning-task", task="一盔一带"))["rows"][0]
    ends = {"from": row["unit"]["id"], "to": row["task"]["id"]}
    found = await get(http, "/paths", models.PathsOut, **ends)
    assert (found["from"]["id"], found["to"]["id"]) == (ends["from"], ends["to"])
    assert found["paths"]
    for path in found["paths"]:
        assert (path["nodes"][0]["id"], path["nodes"][-1]["id"]) == (ends["from"], ends["to"])
        assert path["length"] == len(path["edges"]) == len(path["nodes"]) - 1


async def test_documents_are_listed_in_pages_and_can_be_narrowed(http: httpx.AsyncClient) -> None:
    """By kind and year; the pages make up the list."""
    whole = await get(http, "/documents", models.DocumentsOut, limit=1000)
    assert whole["total"] == len(whole["documents"]) > 3
    first = await get(http, "/documents", limit=2)
    rest = await get(http, "/documents", limit=1000, cursor=first["next"])
    assert [*first["documents"], *rest["documents"]] == whole["documents"]
    plans = await get(http, "/documents", kind="plan")
    assert {document["kind"] for document in plans["documents"]} == {"plan"}
    year = next(document["year"] for document in whole["documents"] if document["year"])
    assert {document["year"] for document in (await get(http, "/documents", year=year))["documents"]} == {year}


async def test_every_document_opens_with_spans_inside_its_text(http: httpx.AsyncClient) -> None:
    """Each listed document, its text, and every span and section within it."""
    for listed in (await get(http, "/documents", limit=1000))["documents"]:
        one = await get(http, f"/documents/{listed['id']}", models.DocumentOut)
        assert listed.items() <= one.items()
        if issuer := one["issuer"]:
            text = await get(http, f"/documents/{listed['id']}/text")
            assert text["text"][issuer["start"] : issuer["end"]] == issuer["quote"]
        text = await get(http, f"/documents/{listed['id']}/text", models.TextOut)
        assert text["name"] == listed["name"]
        for span in (*text["spans"], *text["sections"]):
            assert 0 <= span["start"] < span["end"] <= len(text["text"])


async def test_a_units_calendar_holds_the_days_of_its_tasks(http: httpx.AsyncClient) -> None:
    """The same days as the query, as iCalendar, kept by its tag; an unknown unit is not found."""
    rows = (await get(http, "/queries/unit-calendar", unit="大队", limit=1000))["rows"]
    unit = next(row["unit"]["id"] for row in rows if row["date"])
    answer = await http.get(f"/api/v1/units/{unit}/calendar.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    for row in rows:
        if row["unit"]["id"] == unit and row["date"] and row["kind"] == "deadline":
            assert f"DTSTART;VALUE=DATE:{row['date'].replace('-', '')}\r\n" in answer.text
    again = await http.get(f"/api/v1/units/{unit}/calendar.ics", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert "BEGIN:VEVENT" not in (await http.get(f"/api/v1/units/{unit}/calendar.ics?since=2199-01-01")).text
    assert (await http.get("/api/v1/units/unit:00000000000000000000/calendar.ics")).status_code == 404
    assert (await http.get(f"/api/v1/units/{unit}/calendar.ics?since=soon")).status_code == 422
