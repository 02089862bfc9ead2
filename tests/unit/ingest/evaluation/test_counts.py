"""Figures from counts (``ingest.evaluation.counts``)."""

from __future__ import annotations

import pytest

from ingest.evaluation.counts import Counts, share


def test_precision_recall_and_f1() -> None:
    """3 right, 1 wrong, 2 missed."""
    counts = Counts(3, 1, 2)
    assert (counts.gold, counts.precision, counts.recall) == (5, 0.75, 0.6)
    assert counts.f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)


def test_nothing_to_find_and_nothing_found_is_zero() -> None:
    """No division by zero, and no perfect score for nothing."""
    assert (Counts().precision, Counts().recall, Counts().f1, share(0, 0)) == (0, 0, 0, 0)


def test_counts_add_up_before_they_are_divided() -> None:
    """Large documents weigh more than small ones."""
    assert Counts(1, 0, 0) + Counts(1, 2, 3) == Counts(2, 2, 3)
