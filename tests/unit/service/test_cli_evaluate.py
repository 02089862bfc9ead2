"""``zhize evaluate`` at the keyboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.cli.entry import run
from service.cli.speech import Say

TITLE = "禾丰县2031年道路交通安全工作要点"
TEXT = f"{TITLE}\n\n一、整治货车超载。由县交通运输局牵头，县公安局交警大队配合，检验率达到95%以上。\n"
OWNER, SUPPORT = "县交通运输局", "县公安局交警大队"


def span(label: str, text: str, **attributes: object) -> dict[str, object]:
    start = TEXT.index(text)
    return {"type": label, "text": text, "start": start, "end": start + len(text), **attributes}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str]:
    """One annotated text; the annotation wants a unit that is not there to be found and a number that is wrong."""
    task = span("Task", "整治货车超载", level="item")
    owner, support = span("Unit", OWNER, canonical="禾丰县交通运输局"), span("Unit", SUPPORT, canonical="别处的大队")
    lines = [
        task,
        owner,
        support,
        span("Unit", "工作要点"),
        span("Indicator", "检验率达到95%以上", value=90, op=">=", unit="%"),
        {"rel": "LEADS", "head": owner, "tail": task, "implicit": False},
        {"rel": "EXECUTES", "head": support, "tail": task, "implicit": False},
    ]
    gold, texts = tmp_path / "gold", tmp_path / "texts"
    gold.mkdir()
    texts.mkdir()
    (texts / "要点.txt").write_text(TEXT, encoding="utf-8")
    (gold / "要点.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return str(gold), str(texts)


def test_scores_are_tables_in_the_spoken_language(folders: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """Types, relations, duties, values, names."""
    assert run(["evaluate", *folders], Say("zh")) == 0
    said = capsys.readouterr().out
    for part in ("1 份文本", "Unit 单位", "LEADS 牵头负责", "明示的职责", "数值相同 0.000", "单位规范名：标注 2 个"):
        assert part in said
    assert run(["evaluate", *folders], Say("en")) == 0
    said = capsys.readouterr().out
    for part in ("texts: 1", "stated duties", "value equal 0.000", "Full names of units: 2 annotated, 2 found"):
        assert part in said


def test_errors_show_the_place_and_what_differs(folders: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """Missed, false with its rule, other value, other name, each in its context; a cut list says how to see all."""
    assert run(["evaluate", *folders, "--errors", "--limit", "1"], Say("zh")) == 0
    said = capsys.readouterr().out.splitlines()
    assert "  要点 14–18 禾丰县2031年道路交通安全【工作要点】↵↵一、整治货车超载。由县交通运输局牵头" in said
    assert any("应为 90 · 得到 95" in line for line in said)
    assert any("应为 别处的大队 · 得到 禾丰县公安局交警大队" in line for line in said)
    assert any(line.endswith(f"← {SUPPORT}") for line in said)
    assert any("COOPERATES 配合 · 误报 1" in line for line in said)


def test_errors_can_be_of_one_type(folders: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """Upper or lower case; a type that does not exist is said, not silently empty."""
    assert run(["evaluate", *folders, "--errors", "--only", "unit"], Say("en")) == 0
    listed = capsys.readouterr().out
    assert "Unit · missed 1" in listed
    assert "EXECUTES · missed" not in listed
    assert run(["evaluate", *folders, "--errors", "--only", "Units"], Say("zh")) == 2
    assert "Units" in capsys.readouterr().err


def test_json_has_all_figures_and_all_errors(folders: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """Counts and shares by name; errors only on request, never cut."""
    assert run(["evaluate", *folders, "--json"], Say("en")) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["types"]["Unit"]["relaxed"] == {
        "gold": 3, "tp": 2, "fp": 0, "fn": 1, "precision": 1.0, "recall": 0.6667, "f1": 0.8
    }  # fmt: skip
    assert plain["duties"]["explicit"]["gold"] == 2
    assert plain["indicators"]["value"] == 0
    assert plain["canonical"] == {"gold": 2, "found": 2, "accuracy": 0.5, "complete": 0.5}
    assert "errors" not in plain
    assert run(["evaluate", *folders, "--json", "--errors", "--limit", "1"], Say("en")) == 0
    errors = json.loads(capsys.readouterr().out)["errors"]
    assert {"missed", "false", "value", "name"} <= {error["kind"] for error in errors}


def test_what_nobody_annotated_has_no_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Units alone: no relations, no figures, no full names."""
    unit = span("Unit", OWNER)
    (tmp_path / "要点.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "要点.jsonl").write_text(json.dumps(unit), encoding="utf-8")
    assert run(["evaluate", str(tmp_path), str(tmp_path), "--partial", "--errors"], Say("en")) == 0
    said = capsys.readouterr().out
    assert "Unit" in said
    for absent in ("Relation", "Indicators", "Full names", "missed"):
        assert absent not in said


def test_a_long_span_is_shown_by_its_ends(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A list of mistakes stays readable."""
    text = "甲" + "乙" * 98 + "丙"
    (tmp_path / "长.txt").write_text(text, encoding="utf-8")
    line = {"type": "Unit", "text": text, "start": 0, "end": 100}
    (tmp_path / "长.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert run(["evaluate", str(tmp_path), str(tmp_path), "--errors"], Say("zh")) == 0
    assert f"长 0–100 【甲{'乙' * 29}…{'乙' * 29}丙】" in capsys.readouterr().out


def test_a_missing_text_is_one_sentence(folders: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """It names the file that is missing and what it belongs to."""
    (Path(folders[1]) / "要点.txt").unlink()
    assert run(["evaluate", *folders], Say("zh")) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "要点.txt：没有 要点.jsonl 所标注的文本" in said.err
