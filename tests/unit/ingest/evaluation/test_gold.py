"""Reading annotations (``ingest.evaluation.gold``)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.errors import UnreadableFile
from ingest.evaluation.gold import predicted, read_gold

TEXT = "由县公安局负责。"
UNIT = {"type": "Unit", "text": "县公安局", "start": 1, "end": 5}


def written(folder: Path, *lines: object) -> Path:
    file = folder / "要点.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", encoding="utf-8")
    return file


def test_spans_relations_and_all_attributes_are_read(tmp_path: Path) -> None:
    """Blank lines and a missing ``implicit`` are no matter."""
    task = {"type": "Task", "text": "负责", "start": 5, "end": 7, "level": "item", "optional": True}
    read = read_gold(written(tmp_path, UNIT, task, {"rel": "LEADS", "head": UNIT, "tail": task}), TEXT)
    assert [s.type for s in read.spans] == ["Unit", "Task"]
    assert read.spans[1].attributes == {"level": "item", "optional": True}
    (relation,) = read.relations
    assert (relation.rel, relation.head.text, relation.tail.text) == ("LEADS", "县公安局", "负责")
    assert (relation.implicit, relation.optional) == (False, False)


def test_what_the_pipeline_reads_has_the_same_form() -> None:
    """With the rule of each span and relation."""
    read = predicted("禾丰县2031年工作要点\n\n一、整治货车超载。由县交通运输局牵头。\n")
    assert {"Unit", "Task"} <= {s.type for s in read.spans}
    assert all(s.attributes["rule"] for s in read.spans)
    assert all(r.rule for r in read.relations)


@pytest.mark.parametrize(
    "line",
    [
        ["Unit"],
        {"text": "县公安局", "start": 1, "end": 5},
        {"type": "Unit", "text": "县公安局", "start": "1", "end": 5},
        {"rel": "LEADS", "head": UNIT},
        {"rel": "LEADS", "head": UNIT, "tail": "负责"},
    ],
)
def test_a_line_that_is_no_annotation_is_named(tmp_path: Path, line: object) -> None:
    """File and line number."""
    with pytest.raises(UnreadableFile) as raised:
        read_gold(written(tmp_path, UNIT, line), TEXT)
    assert "line 2 is no annotation" in str(raised.value)
    assert "要点.jsonl" in str(raised.value)


def test_text_that_is_no_json_is_named(tmp_path: Path) -> None:
    file = tmp_path / "要点.jsonl"
    file.write_text("{half", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="line 1 is no annotation"):
        read_gold(file, TEXT)


def test_an_annotation_of_another_text_is_refused(tmp_path: Path) -> None:
    """Spans and the ends of relations: scores over moved offsets would mean nothing."""
    moved = {**UNIT, "start": 0, "end": 4}
    with pytest.raises(UnreadableFile, match="does not say “县公安局” at 0–4"):
        read_gold(written(tmp_path, moved), TEXT)
    with pytest.raises(UnreadableFile, match="line 1"):
        read_gold(written(tmp_path, {"rel": "LEADS", "head": UNIT, "tail": moved}), TEXT)


def test_annotations_are_utf8(tmp_path: Path) -> None:
    file = tmp_path / "要点.jsonl"
    file.write_bytes("县公安局".encode("gb18030"))
    with pytest.raises(UnreadableFile) as raised:
        read_gold(file, TEXT)
    assert "不是 UTF-8" in raised.value.message("zh")
