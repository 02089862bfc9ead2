"""The genre's word lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import KnowledgeError
from ingest import genre as module


def test_the_packaged_lists_are_sound() -> None:
    """Every compound word is an action, so that the difference of the lists means something."""
    words = module.genre()
    assert set(words.headings.compounds) <= set(words.actions)


def test_a_mistake_names_the_entry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A wrong list is a KnowledgeError with file and entry."""
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "genre.yaml").write_text("zones: {tail: 3}\ntitles: {}\nheadings: {}\nactions: []\n", encoding="utf-8")
    monkeypatch.setattr(module.resources, "files", lambda package: tmp_path)
    with pytest.raises(KnowledgeError, match=r"genre\.yaml"):
        module.genre.__wrapped__()
