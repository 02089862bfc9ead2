"""The published form of knowledge files, against the files and against what the reader refuses."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from graph.errors import KnowledgeError
from ingest.entry import LABELS
from ingest.lexicon_files import read_knowledge
from ingest.lexicon_schema import Schema, overlay_schema, packaged_schema

OVERLAY = Path(__file__).resolve().parents[3] / "docs" / "overlay"


def _problems(schema: Schema, content: object) -> list[str]:
    return [error.message for error in Draft202012Validator(schema).iter_errors(content)]


@pytest.mark.parametrize("make", [overlay_schema, packaged_schema])
def test_it_is_a_schema(make: type) -> None:
    Draft202012Validator.check_schema(make())


@pytest.mark.parametrize("file", LABELS)
def test_packaged_files_follow_it(file: str) -> None:
    text = resources.files("ingest").joinpath("knowledge", f"{file}.yaml").read_text(encoding="utf-8")
    assert _problems(packaged_schema(), yaml.safe_load(text)) == []


@pytest.mark.parametrize("path", sorted(OVERLAY.glob("*.yaml")), ids=lambda path: path.name)
def test_the_worked_example_follows_it(path: Path) -> None:
    assert _problems(overlay_schema(), yaml.safe_load(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "content",
    [
        "add: [{id: x, name: 甲, source: 乙, colour: red}]",
        "add: [{id: X Y, name: 甲, source: 乙}]",
        "add: [{id: x, name: 甲}]",
        "defaults: {scope: global}\nadd: [{id: x, name: 甲}]",
        "add: [{id: x, source: 乙}]",
        "add: [{id: x, name: '', source: 乙}]",
        "add: [{id: x, name: 甲, source: 乙, aliases: 丙}]",
        "add: [{id: x, name: 甲, source: 乙, code: 1625}]",
        "add: [{id: x, name: 甲, source: 乙, scope: local}]",
        "add: [{id: x, name: 甲, source: 乙, needs: luck}]",
        "add: {x: 甲}",
        "extend: [zombie]",
        "extend: {zombie: {colour: red}}",
        "disable: {zombie: 1}",
        "entries: []",
    ],
)
def test_schema_and_reader_refuse_the_same(tmp_path: Path, content: str) -> None:
    """What needs one file to tell is refused by both."""
    assert _problems(overlay_schema(), yaml.safe_load(content)) != []
    (tmp_path / "vehicles.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError):
        read_knowledge(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        "defaults: {source: 乙}\nadd: [{id: x, name: 甲}]",
        "add: [{id: x, name: 甲, source: 乙, aliases: [丙], sure: false, scope: document}]",
        "extend: {zombie: {aliases: [长停车], source: 乙}}",
        "disable: [zombie]",
    ],
)
def test_schema_and_reader_accept_the_same(tmp_path: Path, content: str) -> None:
    assert _problems(overlay_schema(), yaml.safe_load(content)) == []
    (tmp_path / "vehicles.yaml").write_text(content, encoding="utf-8")
    read_knowledge(tmp_path)
