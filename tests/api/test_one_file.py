"""Adding one file and nothing else: route, description, command, question, page and checks all come from it."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from graph.connect import open_store
from graph.errors import CatalogError
from queries.catalog import load_catalog
from queries.check import read, tried
from service.app import create_app
from service.cli.root import root
from service.cli.speech import Say
from service.settings import Settings
from tests.api.conftest import calling
from tests.graphs import batch, document, unit
from tests.wipe import wipe
from tools.docs import queries_page

NAME = "tasks-beginning-with"
FILE = """// name: tasks-beginning-with
// class: global
// title: {zh: 以某词开头的任务, en: Tasks beginning with a word}
// summary: {zh: 名称以一个词开头的任务。, en: Tasks whose names begin with a word.}
// questions:
//   - "哪些任务以{word}打头"
// params:
//   - {name: word, type: string, required: true, example: 排查, title: {zh: 词, en: word}}
//   - {name: year, type: integer, title: {zh: 年度, en: year}}
// columns:
//   - {name: task, zh: 任务, en: task}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
// answer: {zh: "以{word}打头的任务有 {total} 项：{names}。", en: "{total} tasks begin with {word}: {names}."}
// empty: {zh: "没有以{word}打头的任务。", en: "No task begins with {word}."}

MATCH (t:Task)
WHERE t.name STARTS WITH $word
MATCH (d:Document {id: t.doc})
WHERE $year IS NULL OR d.year = $year
RETURN {id: t.id, name: t.name} AS task, t.quote AS quote
ORDER BY t.name, t.id
SKIP $skip LIMIT $limit
"""
DUTIES = [
    (unit("望岭县教育局"), "排查校园周边隐患"),
    (unit("望岭县公安局"), "排查公路隐患"),
    (unit("望岭县公安局"), "整治酒驾"),
]
FOUND = ["排查公路隐患", "排查校园周边隐患"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("mine")
    (found / f"{NAME}.cypher").write_text(FILE, encoding="utf-8")
    return found


@pytest.fixture(scope="module")
async def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with three tasks."""
    address = f"embedded:{tmp_path_factory.mktemp('one') / 'store'}"
    store = await open_store(address)
    await store.write(batch(document("甲.txt", DUTIES)))
    await store.close()
    return address


@pytest.fixture
async def http(url: str, folder: Path) -> AsyncIterator[Any]:
    store = await open_store(url)
    async with calling(create_app(Settings(queries=folder), store)) as client:
        yield client
    await store.close()


@pytest.fixture
def say() -> Say:
    return Say("zh")


def zhize(say: Say, *args: str, **environment: str) -> Result:
    return CliRunner().invoke(root(say), args, env=environment, standalone_mode=False)


async def test_it_is_a_route(http: Any) -> None:
    """Typed, paged, checked, and in the list of queries."""
    page = (await http.get(f"/api/v1/queries/{NAME}", params={"word": "排查", "limit": 1})).json()
    rest = (await http.get(f"/api/v1/queries/{NAME}", params={"word": "排查", "cursor": page["next"]})).json()
    assert [row["task"]["name"] for row in (*page["rows"], *rest["rows"])] == FOUND
    wrong = (await http.get(f"/api/v1/queries/{NAME}", params={"word": "排查", "year": "明年"})).json()
    assert (wrong["code"], wrong["name"]) == ("invalid-parameter", "year")
    listed = (await http.get("/api/v1/queries")).json()["queries"]
    assert NAME in [query["name"] for query in listed]


async def test_it_is_described_with_examples(http: Any) -> None:
    """In OpenAPI: title in both languages, an example for each parameter and for the answer, which fits."""
    description = (await http.get("/openapi.json")).json()
    operation = description["paths"][f"/api/v1/queries/{NAME}"]["get"]
    assert operation["summary"] == "以某词开头的任务 / Tasks beginning with a word"
    given = {parameter["name"]: parameter["example"] for parameter in operation["parameters"]}
    assert (given["word"], given["year"]) == ("排查", 2024)
    content = operation["responses"]["200"]["content"]["application/json"]
    assert list(content["example"]["rows"][0]) == ["task", "quote"]
    Draft202012Validator({**content["schema"], "components": description["components"]}).validate(content["example"])


async def test_it_answers_its_question(http: Any) -> None:
    """By its pattern, with its sentence."""
    answer = (await http.get("/api/v1/ask", params={"q": "哪些任务以排查打头？"})).json()
    assert (answer["query"], answer["params"]["word"], answer["total"]) == (NAME, "排查", 2)
    assert answer["answer"].startswith("以“排查”打头的任务有 2 项")


def test_it_is_a_command_with_help(say: Say, folder: Path, url: str) -> None:
    """``zhize query NAME --help`` and the query itself."""
    helped = zhize(say, "query", NAME, "--help", ZHIZE_QUERIES=str(folder))
    assert f"zhize query {NAME} word=排查" in helped.output
    assert "名称以一个词开头的任务。" in helped.output
    done = zhize(say, "query", NAME, "word=排查", "--format", "json", "--store", url, ZHIZE_QUERIES=str(folder))
    assert [row["task"]["name"] for row in json.loads(done.stdout)["rows"]] == FOUND


def test_it_has_a_section_in_the_pages(folder: Path) -> None:
    """The same section a packaged query has."""
    page = queries_page([folder])
    section = page[page.index(f"## {NAME}\n") :].split("\n## ")[0]
    for part in (
        "以某词开头的任务 · Tasks beginning with a word (global)",
        "`word`",
        "“哪些任务以{word}打头”",
        "(evidence)",
    ):
        assert part in section


async def test_it_is_held_to_the_same_on_both_stores(folder: Path, url: str, neo4j_url: str) -> None:
    """Its example gives the same rows in the same order; a difference is named by its row."""
    await wipe(neo4j_url)
    here, there = await open_store(url), await open_store(neo4j_url)
    await there.write(batch(document("甲.txt", DUTIES)))
    (file,) = read([folder])
    agreed = await tried(file, here, there)
    assert (agreed.rows, agreed.problem) == (2, None)
    await there.write(batch(document("甲.txt", DUTIES[:1])))
    differing = await tried(file, here, there)
    assert differing.problem is not None
    assert "differ from row 1 on" in differing.problem["en"]
    await here.close()
    await there.close()


def test_the_check_says_what_is_wrong_with_which_file(say: Say, folder: Path, url: str, tmp_path: Path) -> None:
    """A line for each file; 1 when one is wrong, naming file and line; the good ones are run all the same."""
    good = zhize(say, "catalog", "check", str(folder), "--store", url)
    assert (good.return_value, good.output.splitlines()[0].split("，")[0]) == (0, f"✓ {NAME}  例子 2 行")
    again = tmp_path / "again"
    again.mkdir()
    (again / f"{NAME}.cypher").write_text(FILE, encoding="utf-8")
    (again / "writes.cypher").write_text(
        FILE.replace(NAME, "writes").replace("RETURN {id", "SET t.name = ''\nRETURN {id"), encoding="utf-8"
    )
    bad = zhize(say, "catalog", "check", str(folder), str(again), "--files-only", "--json")
    problems = {Path(one["path"]).name: one["problem"] for one in json.loads(bad.stdout)["files"] if one["problem"]}
    assert bad.return_value == 1
    assert f"第 1 行：{folder / NAME}.cypher 已有同名查询" in problems[f"{NAME}.cypher"]["zh"]
    assert "line 20: SET writes" in problems["writes.cypher"]["en"]
    assert set(problems) == {f"{NAME}.cypher", "writes.cypher"}
    assert "没有查询文件" in zhize(say, "catalog", "check", str(tmp_path), "--files-only").output


BROKEN = {
    "not UTF-8": (FILE.encode("gb18030"), 3, "is not UTF-8"),
    "too large": (FILE.encode() + b"//" + b" " * 70_000, 0, "is over 64 KiB"),
    "no header": (b"RETURN 1 AS id\n", 1, "must begin with a YAML header"),
    "a key twice": (FILE.replace("// class: global\n", "// class: global\n// class: anchored\n").encode(), 3, "twice"),
    "another name": (FILE.replace(f"name: {NAME}", "name: other").encode(), 1, "not the file name"),
    "a taken parameter": (FILE.replace("name: year", "name: cursor").replace("$year", "$cursor").encode(), 1, "taken"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_file_that_cannot_be_used_names_itself_and_its_line(tmp_path: Path, what: str) -> None:
    """Before anything is served."""
    content, line, reason = BROKEN[what]
    path = tmp_path / f"{NAME}.cypher"
    path.write_bytes(content)
    with pytest.raises(CatalogError) as caught:
        create_app(Settings(queries=tmp_path))
    assert (caught.value.data["path"], caught.value.data["line"]) == (str(path), line)
    assert reason in str(caught.value)


def test_folders_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    """A folder that is not there, and a folder where a file should be."""
    with pytest.raises(CatalogError, match="no such folder"):
        load_catalog([tmp_path / "nowhere"])
    (tmp_path / f"{NAME}.cypher").mkdir()
    with pytest.raises(CatalogError, match=r"is no file|cannot be read"):
        load_catalog([tmp_path])


def test_several_folders_are_read_in_order(folder: Path, tmp_path: Path) -> None:
    """As PATH names them; a file with a packaged name takes its place."""
    (tmp_path / "statistics.cypher").write_text(FILE.replace(NAME, "statistics"), encoding="utf-8")
    settings = Settings(queries=f"{folder}{os.pathsep}{tmp_path}")
    catalog = load_catalog(settings.queries)
    assert NAME in catalog
    assert catalog.get("statistics").title.zh == "以某词开头的任务"
