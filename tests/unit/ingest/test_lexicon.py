"""The knowledge files: what is shipped is sound, and a user's overlay adds to it without code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import KnowledgeError
from ingest.lexicon import LABELS, OVERLAY_VARIABLE, alternation, held, knowledge
from ingest.lexicon_files import read_knowledge


@pytest.fixture
def overlay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A knowledge folder of the user's own, in force."""
    monkeypatch.setenv(OVERLAY_VARIABLE, str(tmp_path))
    return tmp_path


def _fails(entry: str, reason: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        knowledge()
    assert entry in str(caught.value)
    assert reason in str(caught.value)


def test_every_entry_has_a_source() -> None:
    """Nothing in the knowledge files is without a place it comes from."""
    entries = [entry for file in LABELS for entry in knowledge().entries(file)]
    assert len(entries) > 500
    assert all(entry.source and "待补" not in entry.source for entry in entries)


def test_no_name_belongs_to_two_entries_of_one_file() -> None:
    """An alias leads to one node; grammar files (suffixes, verbs) may use a word twice."""
    for file, label in LABELS.items():
        if not label or file == "units":
            continue
        owners: dict[str, str] = {}
        for entry in knowledge().entries(file):
            for name in entry.names:
                assert owners.setdefault(name, entry.id) == entry.id, f"{file}: {name}"


def test_an_overlay_adds_extends_and_disables(overlay: Path) -> None:
    """``add``, ``extend`` and ``disable`` by id; the version tells that the knowledge changed."""
    (overlay / "vehicles.yaml").write_text(
        "defaults: {source: 本单位}\n"
        "add: [{id: snow-plough, name: 扫雪车, parent: 机动车}]\n"
        "extend: {school-bus: {aliases: [娃娃车]}, minivan: {source: 本单位核定}}\n"
        "disable: [zombie]\n",
        encoding="utf-8",
    )
    vehicles = {entry.id: entry for entry in knowledge().entries("vehicles")}
    assert vehicles["snow-plough"].source == "本单位"
    assert "娃娃车" in vehicles["school-bus"].aliases
    assert "专用校车" in vehicles["school-bus"].aliases
    assert vehicles["minivan"].source == "本单位核定"
    assert "zombie" not in vehicles


def test_an_overlay_changes_the_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Same knowledge, same version; other knowledge, another."""
    packaged = knowledge().version
    monkeypatch.setenv(OVERLAY_VARIABLE, str(tmp_path))
    assert knowledge().version == packaged
    changed = tmp_path / "changed"
    changed.mkdir()
    (changed / "roads.yaml").write_text("disable: [back-street]\n", encoding="utf-8")
    monkeypatch.setenv(OVERLAY_VARIABLE, str(changed))
    assert knowledge().version != packaged


@pytest.mark.parametrize(
    ("content", "entry", "reason"),
    [
        ("add: [{id: x, name: 甲, source: 乙, colour: red}]", "x", "colour"),
        ("add: [{id: X Y, name: 甲, source: 乙}]", "X Y", "id"),
        ("add: [{id: x, name: 甲}]", "x", "source"),
        ("add: [{id: school-bus, name: 甲, source: 乙}]", "school-bus", "taken"),
        ("add: [{id: x, name: 甲, source: 乙}, {id: x, name: 丙, source: 乙}]", "x", "twice"),
        ("add: [{id: x, name: 甲, source: 乙, parent: 丁}]", "x", "parent"),
        ("extend: {nobody: {aliases: [甲]}}", "nobody", "extend"),
        ("disable: [nobody]", "nobody", "disable"),
        ("add: [{id: x, name: 甲, source: 乙, type: head}]", "x", "type is one of"),
        ("add: {x: 甲}", "add", "a list"),
        ("add: [甲]", "甲", "a mapping"),
        ("extend: [x]", "extend", "a mapping"),
        ("extend: {zombie: 甲}", "zombie", "a mapping"),
        ("extend: {zombie: {colour: red}}", "zombie", "colour"),
        ("extend: {zombie: {aliases: 甲}}", "zombie", "aliases"),
        ("extend: {zombie: {id: living}}", "zombie", "stays what it is"),
        ("disable: {zombie: 1}", "disable", "a list"),
        ("disable: [[zombie]]", "zombie", "disable"),
        ("more: []", "more", "unknown key"),
        ("- 甲", "file", "mapping"),
        ("add: [", "file", "expected"),
    ],
)
def test_a_mistake_names_file_and_entry(overlay: Path, content: str, entry: str, reason: str) -> None:
    """Whatever is wrong in an overlay is said with the place where it is wrong."""
    (overlay / "vehicles.yaml").write_text(content, encoding="utf-8")
    _fails(entry, reason)


def test_an_empty_file_changes_nothing(overlay: Path) -> None:
    """A file with nothing but comments is no mistake."""
    packaged = read_knowledge(None).version
    (overlay / "vehicles.yaml").write_text("# 待补\nadd:\n", encoding="utf-8")
    assert knowledge().version == packaged


@pytest.mark.parametrize("name", ["vehicle.yaml", "vehicles.yml", "genre.yaml"])
def test_a_file_that_would_not_be_read_is_said(overlay: Path, name: str) -> None:
    """A slip in a file's name does not make the whole file vanish."""
    (overlay / name).write_text("disable: [zombie]", encoding="utf-8")
    _fails(name, "no such file")


def test_other_files_may_lie_beside(overlay: Path) -> None:
    (overlay / "README.md").write_text("本单位词表", encoding="utf-8")
    assert knowledge().version == read_knowledge(None).version


def test_only_kinds_the_ontology_knows_have_a_parent(overlay: Path) -> None:
    """KIND_OF joins vehicle classes and violations, VARIANT_OF campaigns; nothing else."""
    (overlay / "mechanisms.yaml").write_text("extend: {grid: {parent: 挂图作战}}", encoding="utf-8")
    _fails("grid", "have a parent")


def test_every_mistake_is_found_in_one_reading(tmp_path: Path) -> None:
    """Whoever collects gets all of them, and what is right is in force."""
    (tmp_path / "vehicles.yaml").write_text(
        "defaults: {source: 本单位}\n"
        "add: [{id: a, name: 扫雪车}, {id: A B, name: 乙}, {id: bus, name: 丙}, {id: c, name: 丁, parent: 无此车}]\n"
        "extend: {nobody: {aliases: [甲]}}\n"
        "disable: [no-one, zombie]\n",
        encoding="utf-8",
    )
    (tmp_path / "roads.yaml").write_text("[", encoding="utf-8")
    found: list[KnowledgeError] = []
    known = read_knowledge(tmp_path, found.append)
    assert [error.data["entry"] for error in found] == ["nobody", "no-one", "A B", "bus", "file", "c"]
    vehicles = {entry.id: entry for entry in known.entries("vehicles")}
    assert "a" in vehicles
    assert "zombie" not in vehicles
    assert vehicles["bus"].name == "公交车"
    assert known.entries("roads") == read_knowledge(None).entries("roads")


@pytest.mark.parametrize(
    "content", ["[", "- 甲", "add: {x: 甲}", "extend: [x]", "disable: {x: 1}", "extend: {zombie: {id: living}}"]
)
def test_a_mistake_that_is_collected_leaves_the_packaged_knowledge(tmp_path: Path, content: str) -> None:
    """What cannot be read is left out, never half taken."""
    (tmp_path / "vehicles.yaml").write_text(content, encoding="utf-8")
    found: list[KnowledgeError] = []
    assert read_knowledge(tmp_path, found.append).version == read_knowledge(None).version
    assert len(found) == 1


def test_a_folder_that_is_not_there_can_be_collected_too(tmp_path: Path) -> None:
    found: list[KnowledgeError] = []
    assert read_knowledge(tmp_path / "absent", found.append).version == read_knowledge(None).version
    assert [error.data["entry"] for error in found] == [OVERLAY_VARIABLE]


def test_parents_that_are_wrong_are_collected_one_by_one(tmp_path: Path) -> None:
    """A circle is told of every entry in it; a parent of a parent that is unknown, too."""
    (tmp_path / "vehicles.yaml").write_text(
        "defaults: {source: 样}\nadd: [{id: a, name: 甲车, parent: 乙车}, {id: b, name: 乙车, parent: 甲车}]\n",
        encoding="utf-8",
    )
    (tmp_path / "roads.yaml").write_text("extend: {township: {parent: 国道}}", encoding="utf-8")
    found: list[KnowledgeError] = []
    read_knowledge(tmp_path, found.append)
    assert [error.data["entry"] for error in found] == ["a", "b", "township"]


def test_a_mistake_is_said_in_both_languages(tmp_path: Path) -> None:
    """Chinese users read what is wrong in Chinese; words of the file stay as they are."""
    (tmp_path / "vehicles.yaml").write_text("add: [{id: x, name: 甲, source: 乙, colour: red}]", encoding="utf-8")
    found: list[KnowledgeError] = []
    read_knowledge(tmp_path, found.append)
    assert "colour：没有这个字段" in found[0].message("zh")
    assert "Extra inputs" in found[0].message("en")


def test_knowledge_can_be_held(overlay: Path) -> None:
    """Two states of the knowledge can be compared in one process."""
    packaged = read_knowledge(None)
    (overlay / "roads.yaml").write_text("disable: [back-street]\n", encoding="utf-8")
    with held(packaged):
        assert knowledge() is packaged
    assert knowledge().version != packaged.version


def test_parents_may_not_form_a_circle(overlay: Path) -> None:
    """A class cannot be a kind of itself, however far around."""
    (overlay / "vehicles.yaml").write_text(
        "add: [{id: a, name: 甲, parent: 乙, source: 丙}, {id: b, name: 乙, parent: 甲, source: 丙}]", encoding="utf-8"
    )
    _fails("a", "circle")


def test_an_overlay_that_is_no_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong ZHIZE_KNOWLEDGE is an error, never silently ignored."""
    monkeypatch.setenv(OVERLAY_VARIABLE, str(tmp_path / "absent"))
    _fails(OVERLAY_VARIABLE, "not a folder")


def test_words_of_a_disabled_entry_are_gone(overlay: Path) -> None:
    """Grammar lists can be switched off like entries."""
    (overlay / "stop.yaml").write_text("disable: [boilerplate]", encoding="utf-8")
    assert knowledge().words("boilerplate") == ()
    assert "推动" in knowledge().words("verbs")


def test_knowledge_stays_while_it_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One text is read with one state of the knowledge, whatever happens to the setting meanwhile."""
    (tmp_path / "roads.yaml").write_text("disable: [back-street]\n", encoding="utf-8")
    packaged = knowledge()
    with held():
        monkeypatch.setenv(OVERLAY_VARIABLE, str(tmp_path))
        assert knowledge() is packaged
    assert knowledge() is not packaged


def test_an_alternation_takes_the_longest_word_that_may_stand() -> None:
    """Longest first; a guard that forbids the longer word leaves the shorter; regular characters are literal."""
    pattern = re.compile(
        alternation(["局", "公安局", "公安", "C+"], {"公安": "非"}, {"公安局": ("长",), "局": ("部",)})
    )
    assert pattern.findall("公安局，公安局长，非公安，局部C+") == ["公安局", "公安", "局", "C+"]
