"""Who answers whom (``ingest.evaluation.matching``)."""

from __future__ import annotations

from ingest.evaluation.matching import likeness, one_to_one, overlap
from tests.unit.ingest.evaluation.marks import span


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert not overlap(span(0, 3), span(3, 5))
    assert overlap(span(0, 3), span(2, 5))
    assert likeness(span(0, 3), span(3, 5)) == 0


def test_likeness_is_shared_over_covered() -> None:
    assert likeness(span(0, 4), span(2, 6)) == 2 / 6
    assert likeness(span(0, 4), span(0, 4)) == 1


def test_the_best_overlap_comes_first_and_each_is_used_once() -> None:
    """One long prediction cannot answer two annotations."""
    gold, predicted = [span(0, 6), span(6, 10)], [span(0, 10), span(6, 10)]
    assert one_to_one(gold, predicted) == {1: 1, 0: 0}
    assert one_to_one(gold, [span(0, 10)]) == {0: 0}


def test_exact_wants_equal_offsets() -> None:
    assert one_to_one([span(0, 6)], [span(0, 5)], exact=True) == {}
    assert one_to_one([span(0, 6)], [span(0, 5), span(0, 6)], exact=True) == {0: 1}


def test_a_required_annotation_is_answered_before_an_optional_one() -> None:
    """At equal likeness."""
    gold = [span(0, 6), span(0, 6, optional=True)]
    assert one_to_one(gold, [span(0, 6)]) == {0: 0}
