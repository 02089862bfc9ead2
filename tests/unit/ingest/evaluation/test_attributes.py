"""Figures and full names (``ingest.evaluation.attributes``)."""

from __future__ import annotations

import pytest

from ingest.evaluation.attributes import FigureScore, NameScore, names, same_value, score_figures, score_names
from ingest.evaluation.counts import Counts
from ingest.evaluation.gold import Span
from ingest.evaluation.spans import score_spans
from tests.unit.ingest.evaluation.marks import OTHER, at, span


def rate(**attributes: object) -> Span:
    return at("检验率达到95%以上", "Indicator", **attributes)


def test_a_wrong_value_is_missed_and_false_at_once() -> None:
    """Operator and unit are counted beside it."""
    gold, found = rate(value=95, op=">=", unit="%"), rate(value=59.0, op=">=", unit="%")
    score = score_figures(score_spans([gold], [found]))
    assert score == FigureScore(1, 0, 1, 1, Counts(0, 1, 1))
    assert score + score == FigureScore(2, 0, 2, 2, Counts(0, 2, 2))


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ({"value": 95}, {"value": 95.0}, True),
        ({"value": 0}, {}, False),
        ({"value": 0}, {"value": 0.0}, True),
        ({"change": -9.0}, {"value": 9, "change": -9}, True),
        ({"change_abs": -6}, {"change": -6}, False),
        ({"value": "三分之一"}, {"value": "三分之一"}, True),
        ({}, {"value": 3}, True),
    ],
)
def test_values_are_equal_by_size(gold: dict[str, object], found: dict[str, object], same: bool) -> None:
    """The value, else the change; where the annotation has no figure there is nothing to get wrong."""
    assert same_value(rate(**gold), rate(**found)) is same


def test_what_has_no_figure_is_not_compared() -> None:
    """It still counts as found."""
    assert score_figures(score_spans([rate()], [rate(value=95)])) == FigureScore(with_value=Counts(1, 0, 0))


def test_full_names_count_where_the_annotation_gives_one() -> None:
    """Right, wrong, not found; optional ones and names that are the text are left aside."""
    gold = [
        at("县交通运输局", canonical="禾丰县交通运输局"),
        at("县公安局", canonical="禾丰县公安局"),
        at("镇政府", canonical="云坪镇人民政府"),
        span(9, 10, canonical="某", optional=True),
    ]
    found = [at("县交通运输局", canonical="禾丰县交通运输局"), at("县公安局")]
    score = score_names(score_spans(gold, found))
    assert score == NameScore(gold=3, found=2, right=1, complete=1)
    assert score + score == NameScore(6, 4, 2, 2)
    assert score_names(score_spans([OTHER], [OTHER])) == NameScore()


def test_of_several_bodies_one_is_right_and_all_are_complete() -> None:
    """市、县两级X names two."""
    gold = at("镇政府", canonical=["澜川市交安委", "各县交安委"])
    one, both = at("镇政府", canonical="澜川市交安委"), at("镇政府", canonical=["各县交安委", "澜川市交安委"])
    assert score_names(score_spans([gold], [one])) == NameScore(1, 1, 1, 0)
    assert score_names(score_spans([gold], [both])) == NameScore(1, 1, 1, 1)


def test_width_and_blanks_do_not_make_another_name() -> None:
    assert names(span(0, 6, canonical="乡（镇） 人民政府")) == names(span(0, 6, canonical="乡(镇)人民政府"))
