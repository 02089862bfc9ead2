"""Documents under named paths, read without a store."""

from __future__ import annotations

import zipfile
from pathlib import Path

from graph.errors import ZhizeError
from ingest.limits import Limits
from ingest.texts import SourceText, texts_of


def test_files_folders_and_zips_are_read_in_order(tmp_path: Path) -> None:
    """Sources are those of ingest; files of other kinds in a folder are passed over."""
    folder = tmp_path / "文件"
    folder.mkdir()
    (folder / "b.txt").write_text("乙", encoding="utf-8")
    (folder / "a.txt").write_text("甲", encoding="utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as packed:
        packed.writestr("d.txt", "丁")
    errors: list[ZhizeError] = []
    found = list(texts_of([folder, tmp_path / "c.zip"], Limits(), errors.append))
    assert found == [SourceText("a.txt", "甲"), SourceText("b.txt", "乙"), SourceText("c.zip/d.txt", "丁")]
    assert errors == []


def test_what_cannot_be_read_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text("甲", encoding="utf-8")
    errors: list[ZhizeError] = []
    paths = [tmp_path / "missing.txt", tmp_path / "empty.txt", tmp_path / "good.txt"]
    assert [t.source for t in texts_of(paths, Limits(), errors.append)] == ["good.txt"]
    assert len(errors) == 2
    assert "missing.txt" in errors[0].message("zh")
