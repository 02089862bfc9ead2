"""Exports over REST and from the command line."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import io
import json
import shutil
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import unquote

import docx
import httpx
import openpyxl
import pytest
from fastapi import FastAPI

from graph.connect import open_store
from graph.errors import Lang, WriteConflict
from graph.export import docx as docx_format
from graph.export import stream, xlsx
from graph.export.formats import FORMAT_NAMES
from graph.store import Store
from queries import whole
from queries.catalog import load_catalog
from service.app import create_app
from service.cli.entry import run
from service.cli.speech import Say
from service.routers import export as route
from service.settings import Settings
from tests.api.cli import zhize
from tests.api.conftest import KEY, assert_problem, calling
from tests.graphs import batch, document, unit
from tests.store.exporting import QUERY, RAW, exported, hostile_batch
from tests.store.graphs import library

API = "/api/v1"
ROWS = {"query": QUERY, **RAW}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store, ``kg``, of the made-up library, and another one just like it, ``served``."""
    place = tmp_path_factory.mktemp("exports")

    async def load() -> None:
        store = await open_store(f"embedded:{place / 'kg'}")
        await store.write(library())
        await store.write(hostile_batch())
        await store.close()

    asyncio.run(load())
    shutil.copytree(place / "kg", place / "served")
    return place


@pytest.fixture(scope="module")
async def loaded(folder: Path) -> AsyncIterator[Store]:
    """The library, only to be read."""
    store = await open_store(f"embedded:{folder / 'served'}")
    yield store
    await store.close()


@pytest.fixture(scope="module")
async def served(loaded: Store) -> FastAPI:
    return create_app(Settings(query_timeout=30), loaded)


@pytest.fixture
async def http(served: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with calling(served) as client:
        yield client


async def test_every_format_comes_as_a_file(http: httpx.AsyncClient, loaded: Store) -> None:
    """Media type, a name with the day in ASCII and Chinese, the revision it is a picture of, whole."""
    day = dt.date.today().isoformat()
    for name in FORMAT_NAMES:
        answer = await http.get(f"{API}/export/{name}")
        assert answer.status_code == 200, answer.text
        suffix = {"csv": "zip", "json": "jsonl"}.get(name, name)
        plain, spoken = answer.headers["content-disposition"].removeprefix("attachment; ").split("; ")
        kind, title = ("duties", "责任清单") if name in ("xlsx", "docx") else ("graph", "职责图谱")
        assert plain == f'filename="zhize-{kind}-{day}.{suffix}"'
        assert unquote(spoken.removeprefix("filename*=UTF-8''")) == f"{title}-{day}.{suffix}"
        assert answer.headers["x-zhize-revision"] == "2"
        assert answer.content == await exported(loaded, load_catalog(), name)
    types = {
        name: (await http.get(f"{API}/export/{name}", params=ROWS)).headers["content-type"] for name in ("csv", "json")
    }
    assert types == {"csv": "text/csv; charset=utf-8", "json": "application/x-ndjson"}


async def test_a_query_is_exported_with_its_parameters(http: httpx.AsyncClient) -> None:
    """The rows are those the query's own route gives; the file has the query's name."""
    answer = await http.get(f"{API}/export/json", params={**ROWS, "role": "LEADS"})
    listed = (await http.get(f"{API}/queries/{QUERY}", params={**RAW, "role": "LEADS"})).json()["rows"]
    assert [json.loads(line) for line in answer.text.splitlines()] == listed != []
    assert f"zhize-{QUERY}-" in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("path", "params", "status", "code", "word"),
    [
        ("pdf", {}, 422, "invalid-parameter", "graphml"),
        ("cypher", ROWS, 422, "invalid-parameter", "csv"),
        ("graphml", {"query": "statistics"}, 422, "invalid-parameter", "graphml"),
        ("graphml", {"unit": "教育局"}, 422, "invalid-parameter", "query"),
        ("json", {**ROWS, "include": "all"}, 422, "invalid-parameter", "查询"),
        ("json", {"query": "units-owning-tasks"}, 404, "not-found", "units-owning-tasks"),
        ("json", {"query": QUERY}, 422, "invalid-parameter", "task"),
        ("json", {**ROWS, "colour": "red"}, 422, "invalid-parameter", "colour"),
        ("csv", {"bogus": "1"}, 422, "invalid-parameter", "bogus"),
        ("xlsx", {"campain": "一盔一带"}, 422, "invalid-parameter", "campaign"),
        ("csv", {"task": "一盔一带"}, 422, "invalid-parameter", "query"),
        *(
            (name, {"year": "2024"}, 422, "invalid-parameter", "xlsx")
            for name in ("csv", "json", "jsonld", "graphml", "cypher")
        ),
        ("csv", {"query": "statistics", "year": "2024"}, 422, "invalid-parameter", "year"),
        ("xlsx", {"include": "some"}, 422, "invalid-parameter", "include"),
        ("xlsx", {"year": "20244"}, 422, "invalid-parameter", "year"),
    ],
)
async def test_what_makes_no_sense_is_refused(
    http: httpx.AsyncClient, path: str, params: dict[str, str], status: int, code: str, word: str
) -> None:
    """One sentence that says what would be right, before anything is written."""
    problem = assert_problem(await http.get(f"{API}/export/{path}", params=params), status, code)
    assert word in problem["detail"]


async def test_filters_narrow_the_duty_list(http: httpx.AsyncClient) -> None:
    """By document, unit, campaign and year, by part of the name; headings in the caller's language."""

    async def tasks(**params: str) -> list[str]:
        answer = await http.get(f"{API}/export/xlsx", params=params)
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
        return [str(row[1]) for row in sheet.iter_rows(min_row=4, values_only=True)]

    everything = await tasks()
    assert everything[0] == "维护道路秩序"
    assert await tasks(year="2023") == ["推进头盔整治"]
    assert await tasks(document="窗口服务") == ["优化窗口服务"]
    assert await tasks(campaign="一盔一带行动") == ["深化“一盔一带”安全守护行动", "推进头盔整治"]
    assert await tasks(unit="教育局", year="2024") == ["深化“一盔一带”安全守护行动", "联合整治货车", "规范停车"]
    assert await tasks(unit="无此单位") == []
    answer = await http.get(f"{API}/export/docx", params={"lang": "en", "year": "2023"})
    (table,) = docx.Document(io.BytesIO(answer.content)).tables
    assert table.rows[0].cells[1].text == "Task"
    assert table.rows[1].cells[3].text == "柳泉市公安局交警支队 (inherited)"


async def test_everything_is_marked(http: httpx.AsyncClient) -> None:
    """With include=all the list says which duty waits for a person."""
    answer = await http.get(f"{API}/export/xlsx", params={"include": "all"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = {row[1]: row for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert "青禾县交安委（督办）（待审核）" in str(rows["规范停车"][3]).split("\n")


async def test_formats_with_a_limit_say_so(http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows than a workbook or a document holds: refused in one sentence, nothing half-written leaves."""
    monkeypatch.setattr(docx_format, "MAX_ROWS", 3)
    monkeypatch.setattr(xlsx, "MAX_ROWS", 6)
    for name in ("docx", "xlsx"):
        for params in ({}, ROWS):
            answer = await http.get(f"{API}/export/{name}", params=params)
            problem = assert_problem(answer, 413, "too-many-rows")
            assert problem["limit"] == 3


async def test_a_long_cell_is_cut_with_a_mark(loaded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a cell of Excel cannot hold is cut and ends in an ellipsis."""
    monkeypatch.setattr(xlsx, "MAX_CHARACTERS", 5)
    file = io.BytesIO(await exported(loaded, load_catalog(), "xlsx"))
    sheet = openpyxl.load_workbook(file).worksheets[0]
    assert sheet.cell(4, 2).value == "维护道路…"


async def test_a_file_is_never_of_a_graph_in_between(embedded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody writes meanwhile: the file is begun again; somebody always writes: one sentence."""
    inner = stream._size
    limit, writes = 1, iter(range(100))

    async def disturbed(store: Store) -> int:
        if (number := next(writes)) < limit:
            await store.write(batch(document("又.txt", [(unit("云溪大队"), f"任务{number}")])))
        return await inner(store)

    await embedded_store.write(batch(document("一.txt", [(unit("云溪大队"), "巡查")])))
    monkeypatch.setattr(stream, "_size", disturbed)
    content = await exported(embedded_store, load_catalog(), "json")
    assert {json.loads(line)["name"] for line in content.splitlines() if b'"Document"' in line} == {"一.txt", "又.txt"}
    limit = 100
    with pytest.raises(WriteConflict, match="exported"):
        await exported(embedded_store, load_catalog(), "json")


async def test_pages_of_an_answer_do_not_show(loaded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows read two at a time, and nodes handed on three at a time, give the same files."""
    expected = [await exported(loaded, load_catalog(), name, query=QUERY, raw=RAW) for name in ("csv", "json")]
    graph = await exported(loaded, load_catalog(), "csv")
    monkeypatch.setattr(whole, "PAGE", 2)
    monkeypatch.setattr(stream, "STEP", 3)
    assert [await exported(loaded, load_catalog(), name, query=QUERY, raw=RAW) for name in ("csv", "json")] == expected
    assert await exported(loaded, load_catalog(), "csv") == graph


async def test_an_export_that_takes_too_long_is_given_up(loaded: Store) -> None:
    app = create_app(Settings(export_timeout=0.001), loaded)
    async with calling(app) as http:
        problem = assert_problem(await http.get(f"{API}/export/graphml"), 504, "export-timeout")
        assert problem["seconds"] == 0.001
        late = assert_problem(await http.get(f"{API}/export/json", params=ROWS), 504, "export-timeout")
        assert "ZHIZE_EXPORT_TIMEOUT" in late["detail"]


async def test_who_leaves_stops_the_work(served: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    """A caller that has hung up does not keep an export's turn."""
    monkeypatch.setattr(route, "LOOK", 0.01)
    turns = served.state.exports.turn
    await turns.acquire()
    await turns.acquire()
    sent: list[str] = []
    received = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> dict[str, object]:
        return next(received, {"type": "http.disconnect"})

    async def send(message: dict[str, object]) -> None:
        sent.append(str(message["type"]))

    scope = {
        "type": "http", "method": "GET", "path": f"{API}/export/json", "raw_path": b"", "query_string": b"",
        "headers": [(b"host", b"localhost")], "client": ("127.0.0.1", 1), "server": ("localhost", 80),
        "scheme": "http", "http_version": "1.1", "root_path": "",
    }  # fmt: skip
    await asyncio.wait_for(served(scope, receive, send), 10)  # type: ignore[arg-type]
    assert sent == ["http.response.start", "http.response.body"]
    turns.release()
    async with calling(served) as http:
        assert (await http.get(f"{API}/export/json")).status_code == 200


async def test_the_context_is_published(http: httpx.AsyncClient, served: FastAPI) -> None:
    """At a stable address, the same as inside every file and as in the documentation."""
    answer = await http.get(f"{API}/context.jsonld")
    assert answer.headers["content-type"] == "application/ld+json"
    inside = json.loads((await http.get(f"{API}/export/jsonld")).text)
    committed = Path(__file__).parents[2] / "docs" / "context.jsonld"
    assert answer.json() == {"@context": inside["@context"]} == json.loads(committed.read_text(encoding="utf-8"))
    async with calling(create_app(Settings(host="0.0.0.0", api_key=KEY), served.state.store)) as stranger:
        assert_problem(await stranger.get(f"{API}/export/json"), 401, "unauthorized")


def test_the_command_writes_whole_files_only(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Named by content and day, told on stderr; a file that is there stays unless forced; a failure leaves nothing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHIZE_STORE", f"embedded:{folder / 'kg'}")

    def told(lang: Lang, *args: str) -> tuple[int, str]:
        code = run(["export", *args], Say(lang))
        said = capsys.readouterr()
        assert said.out == ""
        return code, said.err.strip()

    name = f"责任清单-{dt.date.today().isoformat()}.xlsx"
    assert told("zh", "--format", "xlsx", "--year", "2024") == (0, f"{name}：7 项任务。")
    before = Path(name).read_bytes()
    code, sentence = told("zh", "--format", "xlsx")
    assert (code, "--force" in sentence, Path(name).read_bytes() == before) == (2, True, True)
    code, sentence = told("en", "--format", "csv", "-o", name, "--force")
    assert (code, "nodes and relations" in sentence, zipfile.is_zipfile(name)) == (0, True, True)
    code, sentence = told("zh", "--format", "graphml", "--query", "statistics", "-o", "x")
    assert (code, "graphml" in sentence) == (1, True)
    code, sentence = told("zh", "--format", "json", "task=一盔一带")
    assert (code, "--query" in sentence) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_goes_through_a_pipe(folder: Path) -> None:
    """``-o -`` writes the file, and nothing else, to stdout."""
    done = zhize(
        "export", "--format", "csv", "--query", QUERY, "task=一盔一带", "-o", "-", "--store", "embedded:kg", cwd=folder
    )
    assert (done.code, done.err) == (0, "")
    assert len(list(csv.DictReader(io.StringIO(done.out.removeprefix("\ufeff"))))) == 4
