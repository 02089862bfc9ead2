"""Verdicts: units, changes, ceilings, scopes, run of years; and how a target stands to last year's."""

from __future__ import annotations

import pytest

from graph.across.record import FigureFacts
from graph.across.verdicts import course, same_scope, verdict
from tests.unit.graph.across.records import figure


def fall(by: float, unit: str = "%") -> FigureFacts:
    """下降 ``by``."""
    return figure("亡人事故起数", by, unit, "decrease", **{"change" if unit == "%" else "change_abs": -by})


def rise(by: float, unit: str = "%", **more: object) -> FigureFacts:
    """上升 ``by``."""
    return figure("起数", by, unit, "increase", **{"change" if unit == "%" else "change_abs": by, **more})


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
        (figure("骨干", 30, "人"), figure("骨干", 31, "名"), "met"),
        (figure("点段", 25, "处"), figure("点段", 12, "公里"), "not_comparable"),
        (figure("受众", 300, "人"), figure("受众", 900, "人次"), "not_comparable"),
        (figure("护学岗", None, "个"), figure("护学岗", 22, "个"), "not_comparable"),
        (figure("护学岗", 20, "个"), figure("护学岗", 3, "个", "increase"), "not_comparable"),
    ],
)
def test_numbers_are_compared_in_one_unit(target: FigureFacts, result: FigureFacts, expected: str) -> None:
    """A plain number in a plan is a floor, 以内 a ceiling; other units are not compared."""
    assert verdict(target, result) == expected


@pytest.mark.parametrize(
    ("target", "result", "expected"),
    [
        (fall(10), fall(12), "met"),
        (fall(10), fall(8), "missed"),
        (fall(10), rise(2), "missed"),
        (fall(5), figure("亡人事故", 9, "起", change=-5.0), "met"),
        (fall(5), figure("亡人事故", 38, "起", change_abs=-3.0), "met"),
        (fall(8), figure("亡人事故", 38, "起", change_abs=-3.0), "missed"),
        (fall(5), figure("亡人事故", 3, "起", "decrease", change_abs=-3.0), "not_comparable"),
        (fall(5), figure("亡人事故", 2, "起", change_abs=2.0), "not_comparable"),
        (fall(2, "起"), figure("亡人事故", 38, "起", change_abs=-3.0), "met"),
        (fall(2, "起"), figure("亡人事故", 38, "起", change=-3.0), "not_comparable"),
        (rise(3, ceiling=True), rise(2), "met"),
        (rise(3, ceiling=True), rise(4), "missed"),
        (rise(3, ceiling=True), fall(4), "met"),
        (rise(5), rise(6), "met"),
        (rise(5, "个百分点"), figure("佩戴率", 85, "%", change_abs=9.0), "met"),
        (rise(5, "个百分点"), rise(4, "百分点"), "missed"),
        (rise(5), figure("佩戴率", 85, "%", change_abs=9.0), "not_comparable"),
        (figure("事故", 5, "%", "decrease"), figure("事故", 5, "%", "decrease"), "met"),
        (figure("事故", 5, "%", "decrease"), figure("事故", None, "%", "decrease"), "not_comparable"),
    ],
)
def test_changes_are_compared_as_changes(target: FigureFacts, result: FigureFacts, expected: str) -> None:
    """In percent, of a count that says by how many it changed too; in points or pieces only with their like."""
    assert verdict(target, result) == expected


@pytest.mark.parametrize(
    ("target", "result", "expected"),
    [
        (figure("较大事故", 0, "起"), figure("较大事故", 1, "起"), "missed"),
        (figure("较大事故", 0, "起"), figure("较大事故", 0, "起"), "met"),
        (figure("亡人事故", 50, "起"), figure("亡人事故", 53, "起"), "missed"),
        (figure("查处涉酒事故", 50, "起"), figure("查处涉酒事故", 53, "起"), "met"),
        (figure("事故", 50, "起", before="化解"), figure("事故", 53, "起"), "met"),
        (figure("投诉", 9, "件"), figure("投诉", 4, "件"), "met"),
    ],
)
def test_more_of_a_harm_is_no_success(target: FigureFacts, result: FigureFacts, expected: str) -> None:
    """None at all, or a bare number of accidents, is a ceiling; accidents to be dealt with are work."""
    assert verdict(target, result) == expected


def test_a_part_is_not_the_whole() -> None:
    target = figure("头盔佩戴率", 85, "%")
    assert not same_scope(target, figure("头盔佩戴率", 94, "%", before="中心城区五条示范路"))
    assert same_scope(
        figure("头盔佩戴率", 85, "%", task="中心城区示范路整治"), figure("佩戴率", 94, "%", before="中心城区示范")
    )


def test_several_years_are_not_one() -> None:
    """近三年累计 answers no target of a year, but one of those years."""
    added = figure("护学岗", 90, "个", years=True)
    assert verdict(figure("护学岗", 40, "个"), added) == "not_comparable"
    assert verdict(figure("护学岗", 80, "个", years=True), added) == "met"


def test_vehicles_of_another_kind_are_not_compared() -> None:
    target = figure("检验率", 98, "%", objects=("货车",))
    assert same_scope(target, figure("检验率", 99, "%", objects=("重型货车",)))
    assert verdict(target, figure("检验率", 99, "%", objects=("校车",))) == "not_comparable"


@pytest.mark.parametrize(
    ("later", "earlier", "expected"),
    [
        (figure("岗亭", 30, "处", ">="), figure("岗亭", 20, "处", ">="), "raised"),
        (figure("岗亭", 10, "个"), figure("岗亭", 20, "处"), "lowered"),
        (figure("岗亭", 20, "处"), figure("岗亭", 20, "处", ">="), "kept"),
        (fall(8), fall(5), "raised"),
        (figure("亡人事故", 45, "起", "<="), figure("亡人事故", 50, "起", "<="), "raised"),
        (figure("亡人事故", 45, "起", "<="), fall(5), "not_comparable"),
        (figure("岗亭", 30, "处", ">="), figure("岗亭", 30, "处", "<="), "not_comparable"),
        (figure("路面", 3, "公里"), figure("路面", 9, "处"), "not_comparable"),
    ],
)
def test_a_target_asks_for_more_or_less_than_the_last(later: FigureFacts, earlier: FigureFacts, expected: str) -> None:
    """A lower ceiling and a deeper fall ask for more."""
    assert course(later, earlier) == expected
