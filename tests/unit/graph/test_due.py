"""Days a task falls due."""

from __future__ import annotations

import pytest

from graph.due import due_days, every, with_due
from graph.models import Node
from ingest import build


@pytest.mark.parametrize(
    ("written", "duration"),
    [
        ("每季度1次", "P3M"),
        ("每月", "P1M"),
        ("每两个月", "P2M"),
        ("每半年", "P6M"),
        ("每半月", "P14D"),
        ("每旬", "P10D"),
        ("每周五", "P7D"),
        ("每日", "P1D"),
        ("每年", "P1Y"),
        ("长期坚持", ""),
        ("", ""),
    ],
)
def test_recurrences_are_durations(written: str, duration: str) -> None:
    assert every(written) == duration


def test_a_recurrence_gives_the_ends_of_its_spans() -> None:
    """Quarters within the period, up to the deadline; what is weekly has no list; without a period there is none."""
    assert due_days("", "P3M", "2024-02-01", "2024-12-31") == ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]
    assert due_days("2024-08-31", "P3M", "2024-01-01", "2024-12-31") == ["2024-03-31", "2024-06-30", "2024-08-31"]
    assert due_days("", "P7D", "2024-01-01", "2024-12-31") == []
    assert due_days("2024-08-31", "P3M", "", "") == ["2024-08-31"]
    assert len(due_days("", "P1M", "2020-01-01", "2029-12-31")) == 36


def test_a_task_takes_its_documents_period() -> None:
    document = Node("Document", "document:1", "要点", "plan", (), {"year": 2024, "issued_on": "2024-07-10"})
    task = Node("Task", "task:1", "例会", "item", (), {"recurrence": "每季度"})
    assert with_due(task, document).properties["due"] == ["2024-09-30", "2024-12-31"]
    late = Node("Document", "document:1", "要点", "plan", (), {"year": 2024, "issued_on": "2025-01-10"})
    assert len(with_due(task, late).properties["due"]) == 4  # type: ignore[arg-type]
    plain = Node("Task", "task:1", "例会", "item")
    assert with_due(plain, document) is plain


def test_a_store_is_read_anew_when_these_rules_change() -> None:
    """The version of what was read depends on this module."""
    assert build._decides("graph/due.py")
