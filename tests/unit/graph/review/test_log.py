"""The log: lines are chained, damage is said and costs no other line."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pytest

from graph.models import LogLine
from graph.review.log import appended, log_of
from graph.review.state import fold
from tests.store import graphs as g
from tests.unit.graph.review.cases import EMPTY, about_node, entry, lines_of

LINES = lines_of(
    entry(1, "reject", **about_node(g.HELMETS)),
    entry(2, "accept", **about_node(g.EBIKE)),
    entry(3, "reject", **about_node(g.OFFICE)),
)
HEAD = LINES[-1].hash


def rows(lines: list[LogLine]) -> list[dict[str, Any]]:
    return [asdict(line) for line in lines]


def test_a_sound_log_has_every_entry_and_no_damage() -> None:
    """In whatever order the store gives its rows."""
    log = log_of(reversed(rows(LINES)), HEAD)
    assert [entry.seq for _, entry in log.entries] == [1, 2, 3]
    assert log.damaged == ()
    assert log.next_seq == 4
    assert log.find("2") == log.find(LINES[1].id) == log.entries[1]
    assert log.find("9") is None


@pytest.mark.parametrize(
    "damage",
    [
        {"body": LINES[1].body.replace("accept", "reject")},
        {"body": "{"},
        {"body": None},
        {"hash": "0" * 64},
        {"before": "0" * 64},
        {"seq": "two"},
    ],
    ids=["changed", "cut", "empty", "hash", "before", "number"],
)
def test_a_damaged_line_is_said_and_all_others_count(damage: dict[str, Any]) -> None:
    """Whatever field was damaged: one message, in both languages, and the rest of the log holds."""
    stored = rows(LINES)
    stored[1] |= damage
    log = log_of(stored, HEAD)
    assert [entry.node.name for _, entry in log.entries if entry.node] == [g.HELMETS.name, g.OFFICE.name]
    assert len(log.lines) == 3
    assert "damaged" in log.damaged[0].message["en"]
    assert "损坏" in log.damaged[0].message["zh"]
    assert log.damaged[0].line == LINES[1].id


def test_a_body_that_is_whole_but_no_entry_is_damage() -> None:
    """A line made by a newer zhize, say, is not guessed at."""
    changed = lines_of(entry(1, "accept", **about_node(g.EBIKE)))[0]
    body = changed.body.replace('"accept"', '"adopt"')
    from graph.review.log import line_hash, line_id

    digest = line_hash("", body)
    log = log_of(rows([LogLine(line_id(digest), 1, "", body, digest)]), digest)
    assert log.entries == ()
    assert len(log.damaged) == 1


def test_missing_lines_are_seen_in_the_middle_and_at_the_end() -> None:
    """The chain says that a line is gone, and the store's own note of the last line says that the end is."""
    middle = log_of(rows([LINES[0], LINES[2]]), HEAD)
    assert [d.seq for d in middle.damaged] == [3]
    assert len(middle.entries) == 2
    end = log_of(rows(LINES[:2]), HEAD)
    assert [(d.seq, d.line) for d in end.damaged] == [(3, "")]
    assert log_of([], HEAD).damaged != ()
    assert "missing" in end.damaged[0].message["en"]


def test_a_log_goes_on_after_damage() -> None:
    """A new line follows the last one written, whatever happened to those before."""
    broken = log_of(rows([LINES[0], replace(LINES[1], body="{")]), LINES[1].hash)
    new = lines_of(entry(3, "reject", **about_node(g.OFFICE)))[0]
    from graph.review.log import line_hash, line_id

    digest = line_hash(broken.head, new.body)
    log = appended(broken, [LogLine(line_id(digest), 3, broken.head, new.body, digest)])
    assert [entry.seq for _, entry in log.entries] == [1, 3]
    assert len(log.damaged) == 1
    assert appended(log, []) is log


def test_an_entry_undone_does_not_count_and_an_undo_can_be_undone() -> None:
    """Undo, redo and undo again; an undo of something later, which no decision makes, does nothing."""
    first = entry(1, "reject", **about_node(g.HELMETS))
    ids = [line.id for line in lines_of(first)]
    undo = entry(2, "undo", undoes=ids[0])
    ids.append(lines_of(first, undo)[1].id)
    redo = entry(3, "undo", undoes=ids[1])
    assert fold(appended(EMPTY, lines_of(first)).entries).ids == {ids[0]}
    assert fold(appended(EMPTY, lines_of(first, undo)).entries).ids == frozenset()
    assert fold(appended(EMPTY, lines_of(first, undo, redo)).entries).ids == {ids[0]}
