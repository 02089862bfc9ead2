"""The page of quality figures, and the figures of unseen texts (``tools.quality``, ``tools.unseen``)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tools import quality, unseen

TEXT = "禾丰县2031年工作要点\n\n一、整治货车超载。由县交通运输局牵头。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One text with one unit annotated."""
    start = TEXT.index("县交通运输局")
    line = {"type": "Unit", "text": "县交通运输局", "start": start, "end": start + 6}
    (tmp_path / "要点.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "要点.jsonl").write_text(json.dumps(line), encoding="utf-8")
    return tmp_path


def run(folder: Path, file: Path, name: str, *more: str) -> int:
    return unseen.main([str(folder), str(folder), "--set", name, "--what", "Of our own.", "--file", str(file), *more])


def test_figures_of_a_folder_are_written_without_its_text(folder: Path) -> None:
    """Date, counts, figures; no word of the document."""
    file = folder / "unseen.yaml"
    assert run(folder, file, "first", "--date", "2031-05-01") == 0
    (entry,) = yaml.safe_load(file.read_text(encoding="utf-8"))["sets"]
    assert (entry["set"], entry["date"], entry["texts"], entry["characters"]) == ("first", "2031-05-01", 1, len(TEXT))
    assert entry["rows"]["Unit exact"] == {"gold": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert "交通" not in file.read_text(encoding="utf-8")


def test_an_entry_is_replaced_and_others_stay(folder: Path) -> None:
    file = folder / "unseen.yaml"
    for name, more in (("first", []), ("second", []), ("first", ["--partial"])):
        assert run(folder, file, name, *more) == 0
    sets = yaml.safe_load(file.read_text(encoding="utf-8"))["sets"]
    assert [(entry["set"], entry["partial"]) for entry in sets] == [("second", False), ("first", True)]


def test_a_folder_that_cannot_be_scored_is_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And the file stays as it was."""
    (folder / "要点.txt").unlink()
    file = folder / "unseen.yaml"
    assert run(folder, file, "first") == 1
    assert not file.exists()
    assert capsys.readouterr().err.count("\n") == 1


def test_a_figure_below_its_bar_stands_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bold, with the bar beside it; a set says when and what it was."""
    file = folder / "unseen.yaml"
    run(folder, file, "first", "--date", "2031-05-01", "--partial")
    written = yaml.safe_load(file.read_text(encoding="utf-8"))
    written["sets"][0]["rows"]["Unit relaxed"]["f1"] = 0.5
    file.write_text(yaml.safe_dump(written), encoding="utf-8")
    monkeypatch.setattr(quality, "UNSEEN", file)
    page = quality.quality_page()
    assert f"### first (2031-05-01)\n\nOf our own. Texts: 1, characters: {len(TEXT)}, scored as partial." in page
    assert "| Unit | 1 | 1.000 | 1.000 | 1.000 | 0.75 | 1.000 | 1.000 | **0.500** | 0.90 |" in page
