"""What is wrong, or probably not meant, in the knowledge in force."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.lexicon_check import Finding, examine

ROOT = Path(__file__).resolve().parents[3]


def _one(folder: Path, file: str, content: str) -> Finding:
    (folder / f"{file}.yaml").write_text(f"defaults: {{source: 样}}\n{content}\n", encoding="utf-8")
    (finding,) = examine(folder).findings
    return finding


def test_the_packaged_knowledge_has_nothing_to_find() -> None:
    """What is shipped has no name under two entries, no term of one character, no member that is no entry."""
    assert examine(None).findings == ()


def test_the_worked_example_of_the_documentation_is_sound() -> None:
    found = examine(ROOT / "docs" / "overlay")
    assert found.findings == ()
    assert found.known.version != found.packaged.version


@pytest.mark.parametrize(
    ("file", "content", "names"),
    [
        ("vehicles", "add: [{id: x, name: 样车, aliases: [客车]}]", "passenger of vehicles.yaml"),
        ("vehicles", "add: [{id: x, name: 样车, aliases: [“客车”]}]", "passenger of vehicles.yaml"),
        ("abbreviations", "add: [{id: x, name: 回头看, type: Mechanism}]", "look-back of mechanisms.yaml"),
        ("units", "add: [{id: x, type: stem, name: 教育, kind: department}]", "stem.education of units.yaml"),
        ("roles", "add: [{id: x, type: label, name: 牵头单位, relation: LEADS}]", "label.lead of roles.yaml"),
        ("campaigns", "add: [{id: x, type: head, name: 整治, kind: 整治}]", "head.rectification of campaigns.yaml"),
    ],
)
def test_a_name_under_two_entries_of_one_type_is_an_error(tmp_path: Path, file: str, content: str, names: str) -> None:
    """Quotes around the whole do not make another name; abbreviations count with the type they are of."""
    finding = _one(tmp_path, file, content)
    assert (finding.level, finding.code, finding.entry) == ("error", "duplicate-name", "x")
    assert finding.message["en"].endswith(names)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("mechanisms", "add: [{id: x, name: 客车}]"),
        ("units", "add: [{id: x, type: suffix, name: 委, kind: party, needs: level}]"),
        ("units", "add: [{id: x, type: stem, name: 茶, only: [局], kind: department}]"),
        ("campaigns", "add: [{id: x, type: known, name: 春茶护航, members: [护茶, 护路]}]"),
        ("vehicles", "add: [{id: x, name: 样车, members: [客车, 机动车]}]"),
    ],
)
def test_what_is_meant_so_is_no_finding(tmp_path: Path, file: str, content: str) -> None:
    """One word of two types; a suffix with two readings; a short stem before fixed words; words in a campaign."""
    (tmp_path / f"{file}.yaml").write_text(f"defaults: {{source: 样}}\n{content}\n", encoding="utf-8")
    assert examine(tmp_path).findings == ()


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("vehicles", "extend: {bus: {aliases: [车]}}", "never matched"),
        ("units", "add: [{id: x, type: role, name: 局, kind: police}]", "never matched"),
        ("units", "add: [{id: x, type: stem, name: 茶, kind: department}]", "set `only`"),
    ],
)
def test_a_term_of_one_character_is_a_warning(tmp_path: Path, file: str, content: str, says: str) -> None:
    finding = _one(tmp_path, file, content)
    assert (finding.level, finding.code) == ("warning", "one-character")
    assert says in finding.message["en"]


def test_members_that_are_no_entry_are_a_warning(tmp_path: Path) -> None:
    finding = _one(tmp_path, "vehicles", "add: [{id: x, name: 一茶两客, members: [客车, 茶车]}]")
    assert (finding.level, finding.code) == ("warning", "unknown-member")
    assert "茶车" in finding.message["zh"]


@pytest.mark.parametrize("flag", ["sure: false", "scope: document"])
def test_members_without_effect_are_a_warning(tmp_path: Path, flag: str) -> None:
    finding = _one(tmp_path, "vehicles", f"add: [{{id: x, name: 五小车辆, members: [客车], {flag}}}]")
    assert (finding.level, finding.code) == ("warning", "unused-members")


def test_what_the_reader_refuses_is_an_error_and_the_rest_is_examined(tmp_path: Path) -> None:
    """Each mistake with file and entry; findings on what could be read are there as well."""
    (tmp_path / "vehicles.yaml").write_text(
        "defaults: {source: 样}\nadd: [{id: X, name: 甲车}, {id: x, name: 车}]\ndisable: [nobody]\n", encoding="utf-8"
    )
    found = examine(tmp_path)
    assert not found.ok
    assert [(f.level, f.code, f.entry) for f in found.findings] == [
        ("error", "invalid", "nobody"),
        ("error", "invalid", "X"),
        ("warning", "one-character", "x"),
    ]
    assert found.findings[0].file.endswith("vehicles.yaml")
