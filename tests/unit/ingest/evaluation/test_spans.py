"""Spans of one type (``ingest.evaluation.spans``)."""

from __future__ import annotations

from ingest.evaluation.counts import Counts
from ingest.evaluation.spans import score_spans
from tests.unit.ingest.evaluation.marks import OWNER, SUPPORT, span


def test_other_edges_are_right_relaxed_and_wrong_exact() -> None:
    """Wrong twice: the annotated one is missed, the predicted one false."""
    score = score_spans([OWNER, SUPPORT], [span(OWNER.start + 1, OWNER.end), SUPPORT])
    assert score.exact == Counts(1, 1, 1)
    assert score.relaxed == Counts(2, 0, 0)
    assert (score.missed, score.false) == ((), ())


def test_what_is_optional_is_neither_missed_nor_wrong() -> None:
    """Found, not found, found with other edges or in two pieces."""
    optional = span(0, 6, optional=True)
    for predicted in ([], [span(0, 6)], [span(0, 5)]):
        score = score_spans([optional], predicted)
        assert (score.exact, score.relaxed, score.missed, score.false) == (Counts(), Counts(), (), ())


def test_parts_of_tasks_are_optional() -> None:
    """``level: measure`` is not annotated everywhere."""
    score = score_spans([span(0, 6, "Task", level="measure")], [])
    assert score.relaxed == Counts()


def test_a_false_hit_is_told() -> None:
    score = score_spans([OWNER], [OWNER, SUPPORT])
    assert score.relaxed == Counts(1, 1, 0)
    assert score.false == (SUPPORT,)


def test_partial_annotation_says_nothing_of_other_places() -> None:
    """A second prediction at an annotated place is still wrong, a missed one still missed."""
    score = score_spans([OWNER], [OWNER, span(OWNER.start, OWNER.start + 2), SUPPORT], partial=True)
    assert score.relaxed == Counts(1, 1, 0)
    assert score_spans([OWNER], [SUPPORT], partial=True).relaxed == Counts(0, 0, 1)
