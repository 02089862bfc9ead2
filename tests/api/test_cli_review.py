"""``zhize review`` as a person uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.api.cli import Served, in_process

TEXT = "望溪县公安局交通警察大队2024年工作要点\n\n一、开展“一盔一带”安全守护行动\n由秩序中队牵头，宣传中队配合。\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a loaded document; the tests of this module go through its log in order."""
    cwd = tmp_path_factory.mktemp("review")
    (cwd / "要点.txt").write_text(TEXT, encoding="utf-8")
    assert in_process("ingest", "要点.txt", cwd=cwd).code == 0
    return cwd


def duty(folder: Path) -> str:
    """Key of a duty."""
    done = in_process("query", "units-owning-task", "task=一盔一带", "--format", "json", cwd=folder)
    task = json.loads(done.out)["rows"][0]["task"]["id"]
    edges = in_process("query", "neighbourhood", f"node={task}", "--format", "json", cwd=folder)
    return str(next(r["key"] for r in json.loads(edges.out)["rows"] if r["relation"] == "LEADS"))


def test_a_decision_from_queue_to_undo(folder: Path) -> None:
    """Seen, made, shown, listed, undone, logged; in Chinese and in English; as JSON."""
    assert in_process("review", "list", cwd=folder).out == "还没有审核决定。\n"
    assert "把握" in in_process("review", "queue", cwd=folder).out
    items = json.loads(in_process("review", "queue", "--kind", "unsure", "--json", "--limit", "1", cwd=folder).out)[
        "items"
    ]
    key = items[0]["target"]
    assert in_process("review", "show", key, cwd=folder).out == f"没有关于 {key} 的决定。\n"
    made = in_process("review", "reject", key, "--reason", "原文未提", "--by", "张三", cwd=folder)
    assert made.code == 0, made.err
    assert made.out.startswith("1. 驳回 · ")
    assert "张三" in made.out
    edited = in_process(
        "review", "edit", key, "role_zh=配合", "--reason", "x", "--json", cwd=folder, ZHIZE_REVIEWER="李四"
    )
    assert json.loads(edited.out)["by"] == "李四"
    assert in_process("review", "show", key, cwd=folder).out.count(key) == 2
    shown = in_process("review", "show", "1", "--lang", "en", cwd=folder).out
    assert shown.startswith("1. reject · ")
    undone = in_process("review", "undo", "1", "--reason", "看错了", cwd=folder)
    assert undone.out.startswith("3. 撤销 · 第 1 条 · 有效")
    assert [line[0] for line in in_process("review", "list", cwd=folder).out.splitlines() if line[0].isdigit()] == ["2"]
    log = in_process("review", "log", cwd=folder)
    assert "已撤销（第 3 条）" in log.out
    assert json.loads(in_process("review", "list", "--waiting", "--json", cwd=folder).out)["decisions"] == []


def test_nodes_are_merged_split_and_told_apart(folder: Path) -> None:
    """By the ids that search and queries show."""
    rows = json.loads(in_process("query", "units-owning-task", "task=一盔一带", "--format", "json", cwd=folder).out)[
        "rows"
    ]
    first, second = sorted({row["unit"]["id"] for row in rows})[:2]
    assert "判为不同" in in_process("review", "different", first, second, "--reason", "两个中队", cwd=folder).out
    refused = in_process("review", "merge", first, second, "--reason", "同一单位", cwd=folder)
    assert refused.code == 1
    assert "已被判定为不同" in refused.sentence
    split = in_process(
        "review", "split", first, "--document", "要点.txt", "--name", "新中队", "--reason", "另一个", cwd=folder
    )
    assert "新中队" in split.out


def test_the_log_moves_to_another_store(folder: Path, tmp_path: Path) -> None:
    """Exported, imported beside the same documents; a damaged line is said, exit code 1, and the rest holds."""
    lines = in_process("review", "export", cwd=folder).out
    (tmp_path / "要点.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "log.jsonl").write_text(lines, encoding="utf-8")
    assert in_process("ingest", "要点.txt", cwd=tmp_path).code == 0
    assert in_process("review", "import", "log.jsonl", cwd=tmp_path).out.startswith("已导入 ")
    hashes = [
        json.loads(in_process("doctor", "--json", cwd=c).out)["examination"]["graph_hash"] for c in (folder, tmp_path)
    ]
    assert hashes[0] == hashes[1]
    (tmp_path / "log.jsonl").write_text(lines + '{"id": "decision:\n', encoding="utf-8")
    damaged = in_process("review", "import", "log.jsonl", cwd=tmp_path)
    assert damaged.code == 1
    assert "已损坏" in damaged.sentence
    log = in_process("review", "log", cwd=tmp_path)
    assert (log.code, log.out != "") == (1, True)
    assert "已损坏" in log.sentence
    assert in_process("review", "list", cwd=folder).code == 0


def test_mistakes_are_one_sentence(folder: Path) -> None:
    """What is missing, unknown or written wrongly."""
    key = duty(folder)
    assert "--reason" in in_process("review", "accept", key, cwd=folder).sentence
    assert "名称=值" in in_process("review", "edit", key, "role", "--reason", "x", cwd=folder).sentence
    assert "没有名为 123 的审核决定" in in_process("review", "show", "123", cwd=folder).sentence
    assert in_process("review", "reject", "f" * 20, "--reason", "x", cwd=folder).code == 1


def test_help_teaches_in_both_languages(tmp_path: Path) -> None:
    """Every command has an example; the group lists them all."""
    for lang, word in (("zh", "例："), ("en", "Example")):
        group = in_process("review", "--help", "--lang", lang, cwd=tmp_path).out
        for name in ("queue", "list", "log", "show", "accept", "reject", "edit", "merge", "split", "different", "undo"):
            assert name in group
            assert word in in_process("review", name, "--help", "--lang", lang, cwd=tmp_path).out


def test_decisions_go_through_the_server_that_holds_the_store(folder: Path) -> None:
    """The embedded store has one holder; a decision made beside it reaches it."""
    with Served(cwd=folder):
        key = duty(folder)
        assert in_process("review", "accept", key, "--reason", "与原文一致", cwd=folder).code == 0
    assert "采纳" in in_process("review", "show", key, cwd=folder).out
    assert in_process("review", "queue", "--kind", "suspicious", cwd=folder).out == "没有需要审核的内容。\n"
