"""What another state of the knowledge finds in given texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.lexicon_change import Change, TypeChange, compare
from ingest.lexicon_check import examine
from ingest.texts import SourceText

TITLE = "澜川市公安局交警支队2024年工作要点\n一、抓好事故预防\n"
PLAN = SourceText(
    "要点.txt", f"{TITLE}（一）严管车辆。检查茶青运输车、娃娃车、僵尸车，检查茶青运输车，市茶业局、市护苗局配合。\n"
)


def _change(folder: Path, *texts: SourceText) -> Change:
    found = examine(folder)
    assert found.ok, found.findings
    return compare(found.packaged, found.known, texts or (PLAN,))


def _of(change: Change, type: str) -> TypeChange:
    return next(c for c in change.types if c.type == type)


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    (tmp_path / "vehicles.yaml").write_text(
        "defaults: {source: 澜川市口径}\n"
        "add: [{id: tea, name: 茶运车, aliases: [茶青运输车, 茶叶车], parent: 货车}]\n"
        "extend: {school-bus: {aliases: [娃娃车]}}\n"
        "disable: [zombie]\n",
        encoding="utf-8",
    )
    (tmp_path / "units.yaml").write_text(
        "add: [{id: stem.tea, type: stem, name: 茶产业, aliases: [茶业], kind: department, source: 澜川市口径}]\n",
        encoding="utf-8",
    )
    return tmp_path


def test_spans_added_and_removed_are_counted_by_type(overlay: Path) -> None:
    """A word used twice is two spans; a disabled one leaves; examples show each reading once, with its place."""
    vehicles = _of(_change(overlay), "VehicleClass")
    assert (vehicles.added, vehicles.removed) == (3, 1)
    assert vehicles.after - vehicles.before == 2
    assert [(e.text, e.name) for e in vehicles.examples_added] == [("茶青运输车", "茶运车"), ("娃娃车", "校车")]
    (gone,) = vehicles.examples_removed
    assert PLAN.text[gone.start : gone.end] == gone.text == "僵尸车"
    assert gone.source == "要点.txt"


def test_what_is_now_called_otherwise_is_told_apart(overlay: Path) -> None:
    """The same span with another full name is neither added nor removed."""
    units = _of(_change(overlay), "Unit")
    (renamed,) = units.examples_renamed
    assert (units.added, units.removed, units.renamed) == (0, 0, 1)
    assert (renamed.text, renamed.was, renamed.name) == ("市茶业局", "澜川市茶业局", "澜川市茶产业局")


def test_new_names_that_no_span_shows_are_listed(overlay: Path) -> None:
    """Of the words that came with the overlay, and of no others."""
    change = _change(overlay)
    assert change.terms == 6
    assert [(t.file, t.entry, t.name) for t in change.unmatched] == [
        ("vehicles", "tea", "茶运车"),
        ("vehicles", "tea", "茶叶车"),
        ("units", "stem.tea", "茶产业"),
    ]


def test_types_that_did_not_change_are_left_out(overlay: Path) -> None:
    assert {c.type for c in _change(overlay).types} == {"VehicleClass", "Unit"}


def test_without_an_overlay_every_name_is_looked_for() -> None:
    """Nothing changes; most names of the field do not stand in one short text."""
    found = examine(None)
    change = compare(found.packaged, found.known, [PLAN])
    assert change.types == ()
    assert change.terms > 3000
    assert 0 < change.terms - len(change.unmatched) < 50


def test_many_examples_are_cut_to_a_few(tmp_path: Path) -> None:
    names = [f"{a}号样车" for a in "甲乙丙丁戊己庚"]
    entries = ", ".join(f"{{id: m{i}, name: {name}, source: 样}}" for i, name in enumerate(names))
    (tmp_path / "vehicles.yaml").write_text(f"add: [{entries}]", encoding="utf-8")
    text = SourceText("要点.txt", f"{TITLE}（一）严管车辆。检查{'、'.join(names)}。\n")
    vehicles = _of(_change(tmp_path, text), "VehicleClass")
    assert (vehicles.added, len(vehicles.examples_added)) == (7, 5)


def test_words_that_end_names_are_part_of_what_is_compared(tmp_path: Path) -> None:
    """A place kept apart by a stop word is another place without it, also in a text that was just read."""
    (tmp_path / "stop.yaml").write_text("extend: {region-areas: {aliases: [茶海区]}}\n", encoding="utf-8")
    text = SourceText(
        "通知.txt", "茶海区\n茶海区教育局2024年工作要点\n一、抓好事故预防\n（一）检查校车。由茶海区教育局牵头。\n"
    )
    for _ in range(2):
        assert _of(_change(tmp_path, text), "Unit").removed + _of(_change(tmp_path, text), "Unit").renamed > 0
