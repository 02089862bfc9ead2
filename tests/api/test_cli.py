"""The command line on its way from files to answers, as a newcomer uses it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.api.cli import Done, in_process, zhize
from tests.neo4j_server import Server
from tests.wipe import wipe

QUESTION = "一盔一带由哪些单位负责？"
PLAN = "望溪县公安局交通警察大队2024年工作要点\n\n一、开展“一盔一带”安全守护行动\n由秩序中队牵头，宣传中队配合。\n"
NOTE = "望溪县公安局交通警察大队关于校车安全检查的通知\n\n一、开展校车安全检查。由车管所负责。\n"


@pytest.fixture(params=["embedded", "neo4j"])
async def account(request: pytest.FixtureRequest) -> dict[str, str]:
    """Environment that points the command at an empty store of either engine."""
    if request.param == "embedded":
        return {"ZHIZE_STORE": "embedded:./kg"}
    server: Server = request.getfixturevalue("neo4j_server")
    await wipe(server.uri)
    return {
        "ZHIZE_STORE": server.uri,
        "ZHIZE_NEO4J_USER": server.user,
        "ZHIZE_NEO4J_PASSWORD": server.password,
        # The first plans of a server that has just started take their time on a busy machine.
        "ZHIZE_QUERY_TIMEOUT": "60",
    }


@pytest.fixture
def run(account: dict[str, str]) -> Callable[..., Done]:
    """How commands are run."""
    return zhize if account["ZHIZE_STORE"].startswith("embedded:") else in_process


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good files, one that cannot be read."""
    papers = tmp_path / "文件"
    papers.mkdir()
    (papers / "要点.txt").write_text(PLAN, encoding="utf-8")
    (papers / "校车.txt").write_text(NOTE, encoding="gb18030")
    (papers / "坏.docx").write_bytes(b"PK\x03\x04 not really")
    return tmp_path


def as_json(done: Done) -> dict[str, object]:
    value: dict[str, object] = json.loads(done.out)
    return value


def test_from_files_to_an_answer_and_back_to_nothing(
    folder: Path, account: dict[str, str], run: Callable[..., Done]
) -> None:
    """ingest → ask → query → documents → doctor → remove, on both stores; embedded in processes of their own."""
    loaded = run("ingest", "文件", cwd=folder, **account)
    assert loaded.code == 1
    assert "坏.docx" in loaded.out
    assert "载入 2，失败 1" in loaded.out.splitlines()[-1]
    assert loaded.err == ""
    again = as_json(run("ingest", "文件", "--json", "--jobs", "1", cwd=folder, **account))
    assert again["statuses"] == {"unchanged": 2, "failed": 1}

    asked = run("ask", QUESTION, cwd=folder, **account)
    assert asked.code == 0
    for part in ("秩序中队", "牵头", "明示", "由秩序中队牵头"):
        assert part in asked.out
    rows = as_json(run("ask", QUESTION, "--json", cwd=folder, **account))["rows"]
    assert isinstance(rows, list)
    assert all(PLAN[row["start"] : row["end"]] == row["quote"] for row in rows)

    table = run("query", "units-owning-task", "task=一盔一带", "--format", "csv", cwd=folder, **account)
    listed = list(csv.DictReader(io.StringIO(table.out)))
    assert [row["unit_id"] for row in listed] == [row["unit"]["id"] for row in rows]
    found = as_json(run("query", "units-owning-task", "task=一盔一带", "--format", "json", cwd=folder, **account))
    assert found["rows"] == rows
    shown = run("query", "units-owning-task", "task=一盔一带", "--limit", "1", cwd=folder, **account)
    assert "--cursor" in shown.err

    documents = as_json(run("documents", "--json", cwd=folder, **account))
    assert documents["total"] == 2
    assert "校车.txt" in run("documents", cwd=folder, **account).out
    examined = as_json(run("doctor", "--json", cwd=folder, **account))
    assert examined["ok"] is True
    assert "未发现问题" in run("doctor", cwd=folder, **account).out

    removed = run("remove", "要点.txt", "校车.txt", cwd=folder, **account)
    assert removed.code == 0
    assert removed.out.count("已移除") == 2
    assert as_json(run("documents", "--json", cwd=folder, **account))["total"] == 0
    assert "要点.txt" in run("remove", "要点.txt", cwd=folder, **account).sentence


def test_a_dry_run_reads_everything_and_writes_nothing(folder: Path) -> None:
    """The same report, and an empty store."""
    done = in_process("ingest", "文件/要点.txt", "--dry-run", "--store", "embedded:./kg", cwd=folder)
    assert done.code == 0
    assert "未写入" in done.out
    assert as_json(in_process("documents", "--json", "--store", "embedded:./kg", cwd=folder))["total"] == 0


def test_a_file_can_come_under_another_name(folder: Path) -> None:
    """--source for a single file."""
    store = ("--store", "embedded:./kg")
    assert in_process("ingest", "文件/要点.txt", "--source", "2024/要点.txt", *store, cwd=folder).code == 0
    assert "2024/要点.txt" in in_process("documents", *store, cwd=folder).out
    refused = in_process("ingest", "文件", "--source", "x", *store, cwd=folder)
    assert (refused.code, "--source" in refused.sentence) == (1, True)


def test_the_same_text_under_another_name_says_whose_it_is(folder: Path) -> None:
    """A duplicate is not counted twice, and names its twin."""
    in_process("ingest", "文件/要点.txt", cwd=folder)
    again = in_process("ingest", "文件/要点.txt", "--source", "又名.txt", cwd=folder)
    assert again.code == 0
    assert "与 要点.txt 内容相同" in again.out
    assert "重复 1" in again.out.splitlines()[-1]


def test_a_missing_path_is_reported_like_a_file_that_failed(tmp_path: Path) -> None:
    """Named, exit code 1, in either language."""
    for lang in ("zh", "en"):
        done = in_process("ingest", "没有.txt", "--lang", lang, cwd=tmp_path)
        assert done.code == 1
        assert "没有.txt" in done.out


def test_extract_needs_no_store(folder: Path) -> None:
    """One JSON object a line whose offsets quote the text; a bad file is named and the good ones are printed."""
    done = in_process("extract", "文件/要点.txt", cwd=folder)
    assert done.code == 0
    spans = [line for line in map(json.loads, done.out.splitlines()) if "text" in line]
    assert spans
    assert all(PLAN[span["start"] : span["end"]] == span["text"] for span in spans)
    mixed = in_process("extract", "文件/坏.docx", "文件/要点.txt", cwd=folder)
    assert mixed.code == 1
    assert "坏.docx" in mixed.sentence
    assert json.loads(mixed.out.splitlines()[0])["file"] == "要点.txt"


def test_zips_load_like_folders(folder: Path) -> None:
    """Members by their path inside."""
    with zipfile.ZipFile(folder / "papers.zip", "w") as archive:
        archive.writestr("a/要点.txt", PLAN)
    assert in_process("ingest", "papers.zip", "--store", "embedded:./kg", cwd=folder).code == 0
    assert "要点.txt" in in_process("documents", "--store", "embedded:./kg", cwd=folder).out


@pytest.mark.parametrize("columns", ["50", "160"])
def test_answers_fit_narrow_and_wide_terminals(folder: Path, columns: str) -> None:
    """Blocks or a table; either way the quote is whole and nothing is coloured when piped."""
    in_process("ingest", "文件/要点.txt", "--store", "embedded:./kg", cwd=folder)
    asked = in_process("ask", QUESTION, "--store", "embedded:./kg", cwd=folder, COLUMNS=columns, NO_COLOR="1")
    assert asked.code == 0
    assert "由秩序中队牵头" in asked.out.replace("\n", "").replace(" ", "")
    assert ("┃" in asked.out) == (columns == "160")
    assert "\x1b" not in asked.out


def test_the_version_is_printed(tmp_path: Path) -> None:
    """zhize --version."""
    assert zhize("--version", cwd=tmp_path).out.startswith("zhize ")


def test_migrate_makes_a_store_and_may_run_again(tmp_path: Path) -> None:
    """The schema version, twice the same."""
    first = in_process("migrate", "--store", "embedded:./kg", cwd=tmp_path)
    assert first.code == 0
    assert in_process("migrate", "--store", "embedded:./kg", cwd=tmp_path).out == first.out
