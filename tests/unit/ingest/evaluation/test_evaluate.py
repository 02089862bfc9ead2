"""Folders scored (``ingest.evaluation.evaluate``, ``report``)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.errors import UnreadableFile
from ingest.evaluation import Counts, evaluate, figures, rows
from ingest.evaluation.evaluate import score
from ingest.evaluation.report import counted
from tests.unit.ingest.evaluation.marks import OTHER, OWNER, ROUND, SUPPORT, TASK, at, case, gold, leads


def folders(root: Path, **texts: str) -> tuple[Path, Path]:
    """A folder of annotations that want nothing, and one of texts."""
    annotated, read = root / "gold", root / "texts"
    annotated.mkdir()
    read.mkdir()
    for name, text in texts.items():
        (annotated / f"{name}.jsonl").write_text("", encoding="utf-8")
        (read / f"{name}.txt").write_bytes(text.encode())
    return annotated, read


def test_documents_are_summed_type_by_type() -> None:
    """Types come from the annotations of each document, relations from both sides."""
    first = case(gold(leads(), spans=(OWNER, TASK)), gold(leads(), spans=(OWNER, TASK, SUPPORT)))
    second = case(gold(spans=(OTHER,)), gold(leads(OTHER, ROUND, implicit=True), spans=(ROUND,)))
    found = score([first, second])
    assert found.documents == 2
    assert found.characters == len(first.text) * 2
    assert found.exact == {"Task": Counts(1, 0, 0), "Unit": Counts(1, 1, 1)}
    assert found.relations == {"LEADS": Counts(1, 1, 0)}
    assert found.duties == {"explicit": Counts(1, 0, 0), "implicit": Counts(0, 1, 0)}
    assert [(m.kind, m.type) for m in found.mistakes] == [("false", "Unit"), ("missed", "Unit"), ("false", "LEADS")]


def test_offsets_are_those_of_the_loaded_text(tmp_path: Path) -> None:
    """Carriage returns stay: they count as characters."""
    text = "禾丰县2031年工作要点\r\n\r\n一、整治货车超载。由县交通运输局牵头。\r\n"
    annotated, texts = folders(tmp_path, 要点=text)
    start = text.index("县交通运输局")
    line = {"type": "Unit", "text": "县交通运输局", "start": start, "end": start + 6}
    (annotated / "要点.jsonl").write_text(json.dumps(line), encoding="utf-8")
    found = evaluate(annotated, texts)
    assert found.exact == {"Unit": Counts(1, 0, 0)}
    assert found.characters == len(text)


def test_files_that_are_no_annotations_are_left_alone(tmp_path: Path) -> None:
    """Annotations and texts may share a folder with other files."""
    annotated, texts = folders(tmp_path, 甲="一、整治货车超载。", 乙="二、整治酒驾。")
    (annotated / "README.md").write_text("-", encoding="utf-8")
    (texts / "丙.txt").write_text("无标注的文本。", encoding="utf-8")
    assert evaluate(annotated, texts).documents == 2


def test_a_missing_text_is_told_before_anything_is_read(tmp_path: Path) -> None:
    annotated, texts = folders(tmp_path, 甲="一、整治货车超载。", 乙="二、整治酒驾。")
    (texts / "乙.txt").unlink()
    with pytest.raises(UnreadableFile, match=r"乙\.txt: the text of 乙\.jsonl is missing"):
        evaluate(annotated, texts)


def test_a_folder_without_annotations_is_told(tmp_path: Path) -> None:
    annotated, texts = folders(tmp_path)
    with pytest.raises(UnreadableFile) as raised:
        evaluate(annotated, texts)
    assert "没有 .jsonl 标注文件" in raised.value.message("zh")
    with pytest.raises(UnreadableFile, match="elsewhere: there is no such file"):
        evaluate(tmp_path / "elsewhere", texts)


def test_figures_are_counts_and_shares() -> None:
    assert counted(Counts(2, 1, 1)) == {
        "gold": 3, "tp": 2, "fp": 1, "fn": 1, "precision": 0.6667, "recall": 0.6667, "f1": 0.6667
    }  # fmt: skip


def test_every_annotated_row_is_listed_once() -> None:
    """Types twice, relations and duties by name; what nobody annotated is left out."""
    found = score([case(gold(leads(), spans=(OWNER,)), gold(leads(implicit=True), spans=(OWNER,)))])
    assert set(rows(found)) == {"Unit exact", "Unit relaxed", "LEADS", "explicit duties"}
    rate = at("检验率达到95%以上", "Indicator", value=95)
    with_rate = score([case(gold(spans=(rate,)), gold(spans=(rate,)))])
    assert set(rows(with_rate)) == {"Indicator exact", "Indicator relaxed", "Indicator value"}
    assert set(figures(found)["duties"]) == {"explicit", "implicit"}
