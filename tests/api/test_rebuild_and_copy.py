"""``zhize rebuild`` and ``zhize copy`` as a person uses them, also while a server holds the store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.api.cli import Served, in_process
from tests.unit.ingest.papers import write_papers

ACCOUNT = {"ZHIZE_STORE": "embedded:./kg"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a loaded store."""
    place = tmp_path_factory.mktemp("stores")
    write_papers(place / "文件")
    assert in_process("ingest", "文件", "--jobs", "1", cwd=place, **ACCOUNT).code == 0
    return place


def test_a_rebuild_says_both_hashes_and_what_they_mean(folder: Path) -> None:
    """The graph is the same; in both languages, and for programs."""
    said = in_process("rebuild", "--jobs", "1", cwd=folder, **ACCOUNT)
    assert said.code == 0, said.err
    before, after, last = said.out.splitlines()
    assert before.split()[-1] == after.split()[-1]
    assert last.startswith("重建 3 / 3 份文件")
    assert last.endswith("图没有变化。")
    found = json.loads(in_process("rebuild", "--jobs", "1", "--json", "--lang", "en", cwd=folder, **ACCOUNT).out)
    assert (found["same"], found["documents"], found["failed"], found["stopped"]) == (True, 3, {}, False)
    assert found["after"] == after.split()[-1]


def test_a_copy_says_the_hash_of_both(folder: Path) -> None:
    """Into a new folder; a second time it is refused in one sentence; --replace makes it the same again."""
    said = in_process("copy", "--to", "embedded:./副本", cwd=folder, **ACCOUNT)
    assert said.code == 0, said.err
    assert said.out.startswith("已写入 3 份文件，用时 ")
    doctor = json.loads(in_process("doctor", "--json", "--store", "embedded:./副本", cwd=folder).out)
    assert said.out.split("：")[-1].strip() == doctor["examination"]["graph_hash"]
    again = in_process("copy", "--to", "embedded:./副本", cwd=folder, **ACCOUNT)
    assert again.code == 1
    assert "已有 3 份文件" in again.sentence
    assert "--replace" in again.sentence
    in_process("remove", "要点.txt", "--store", "embedded:./副本", cwd=folder)
    replaced = in_process(
        "copy", "--to", "embedded:./副本", "--replace", "--json", "--lang", "en", cwd=folder, **ACCOUNT
    )
    assert json.loads(replaced.out)["documents"] == 1
    asked = in_process("ask", "一盔一带由哪些单位负责？", "--store", "embedded:./副本", cwd=folder)
    assert "云岭县公安局交警大队" in asked.out


def test_a_store_is_not_copied_into_itself(folder: Path) -> None:
    refused = in_process("copy", "--to", f"embedded:{folder / 'kg'}", cwd=folder, **ACCOUNT)
    assert refused.code == 1
    assert "目标就是源存储本身" in refused.sentence


def test_while_a_server_holds_the_store_both_go_through_it(folder: Path) -> None:
    """Readers are answered meanwhile: the server goes on serving the same graph."""
    with Served(cwd=folder, **ACCOUNT):
        rebuilt = in_process("rebuild", "--jobs", "1", "--lang", "en", cwd=folder, **ACCOUNT)
        assert rebuilt.code == 0, rebuilt.err
        assert "The graph is the same." in rebuilt.out
        copied = in_process("copy", "--to", "embedded:./served-copy", "--lang", "en", cwd=folder, **ACCOUNT)
        assert copied.code == 0, copied.err
        assert copied.out.startswith("3 documents written in ")
