"""Targets and results: one metric in two wordings, units, scopes, verdicts."""

from __future__ import annotations

import pytest

from graph.across.figures import alike, comparable, likeness, object_of, rarity_of, sort_of, verdict
from graph.across.wording import Rarity
from tests.unit.graph.across.records import figure


def test_verbs_and_counting_words_do_not_count() -> None:
    assert object_of("建成规范化护学岗") == object_of("护学岗总数") == "护学岗"
    assert object_of("完成") == "完成"


def test_two_wordings_of_one_metric_are_alike() -> None:
    nothing = Rarity([])
    assert alike("治理交通堵点", "完成堵点治理", nothing) > 0.5
    assert alike("头盔佩戴率", "执法记录仪佩戴率", nothing) < alike("头盔佩戴率", "驾乘人员头盔佩戴率", nothing)
    assert alike("开展宣传", "受教育群众", nothing) == 0


def test_a_rate_never_answers_a_count() -> None:
    rate, count = figure("头盔佩戴率", 90, "%"), figure("赠送头盔", 900, "顶")
    assert (sort_of(rate), sort_of(count)) == ("rate", "count")
    assert likeness(rate, count, rarity_of([rate, count])) == 0


def test_a_metric_without_a_name_takes_the_clause_before_it() -> None:
    target, result = figure("整治", 50, "场次", before="力争集市"), figure("开展集市秩序整治", 56, "场次")
    assert likeness(target, result, rarity_of([target, result])) > 0.5


@pytest.mark.parametrize(
    ("target", "result", "expected"),
    [
        (figure("护学岗", 20, "个"), figure("护学岗", 22, "个"), "met"),
        (figure("护学岗", 20, "个"), figure("护学岗", 19, "处"), "missed"),
        (figure("佩戴率", 90, "%", ">="), figure("佩戴率", 88.1, "%"), "missed"),
        (figure("佩戴率", 100, "%"), figure("佩戴率", 100, "%"), "met"),
        (figure("起数", 5, "起", "<="), figure("起数", 5, "起"), "met"),
        (figure("起数", 5, "起", "<"), figure("起数", 5, "起"), "missed"),
        (figure("场次", 5, "场", ">"), figure("场次", 5, "场次"), "missed"),
        (figure("事故", 5, "%", "decrease", change=-5.0), figure("事故", 8, "%", "decrease", change=-8.0), "met"),
        (figure("事故", 5, "%", "decrease", change=-5.0), figure("事故", 2, "%", "increase", change=2.0), "missed"),
        (figure("上牌", 5, "%", "increase", change=5.0), figure("上牌", 6, "%", "increase"), "met"),
        (figure("事故", 5, "%", "decrease"), figure("事故", None, "%", "decrease"), "not_comparable"),
        (figure("事故", 5, "%", "decrease"), figure("事故", 5, "%", "decrease"), "met"),
        (figure("点段", 25, "处"), figure("点段", 12, "公里"), "not_comparable"),
        (figure("护学岗", None, "个"), figure("护学岗", 22, "个"), "not_comparable"),
    ],
)
def test_the_verdict_follows_the_comparison(target: object, result: object, expected: str) -> None:
    """A plain number in a plan is a floor, 以内 a ceiling, a fall a change; other units are not compared."""
    assert verdict(target, result) == expected  # type: ignore[arg-type]


def test_a_part_is_not_the_whole() -> None:
    target = figure("头盔佩戴率", 85, "%")
    assert not comparable(target, figure("头盔佩戴率", 94, "%", before="中心城区五条示范路"))
    assert comparable(
        figure("头盔佩戴率", 85, "%", task="中心城区示范路整治"), figure("佩戴率", 94, "%", before="中心城区示范")
    )


def test_vehicles_of_another_kind_are_not_compared() -> None:
    target = figure("检验率", 98, "%", objects=("货车",))
    assert comparable(target, figure("检验率", 99, "%", objects=("重型货车",)))
    assert not comparable(target, figure("检验率", 99, "%", objects=("校车",)))
