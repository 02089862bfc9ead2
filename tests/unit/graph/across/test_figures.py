"""Figures of two documents: is it one thing in two wordings?"""

from __future__ import annotations

import pytest

from graph.across.figures import alike, counted, counter, likeness, object_of, rarity_of, sort_of, sorts_of
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


def test_a_metric_that_was_just_spoken_of_takes_the_words_before() -> None:
    """全年不少于6场 says how many; what, the clause before says, or the task."""
    target = figure("", 6, "场", ">=", earlier="宣传科每季度讲一次乡村安全课", task="课堂下乡")
    assert "乡村安全课" in counted(target)
    for result in (figure("讲授安全课", 7, "场"), figure("举办", 7, "场", before="“课堂下乡”")):
        assert likeness(target, result, rarity_of([target, result])) > 0.28
    number = figure("起数", None, "%", "decrease", change=-4.0, earlier="全县发生伤人事故9起")
    assert "伤人事故" in counted(number)


def test_an_abbreviation_is_known_by_its_characters_and_its_counter() -> None:
    """It takes a character of each word, so it shares no pair of characters with its full form."""
    nothing = Rarity([])
    full, short = "把法律讲座送到农村", "送法下农"
    assert alike(full, short, nothing, "/场") > 0.3
    assert alike(full, short, nothing) == 0
    assert alike("安装信号灯", "开通车道", nothing, "/处") == 0


def test_a_counter_that_little_else_has_speaks_for_one_thing() -> None:
    """A measure word belongs to its noun; those that count anything say nothing."""
    assert (counter("顶", "顶"), counter("场次", "场"), counter("个", "处"), counter("%", "%")) == (
        "/顶",
        "/场",
        "",
        "",
    )
    target = figure("赠送安全头盔", 500, "顶")
    others = [figure("增设岗亭", 3, "座"), figure("张贴海报", 30, "张")]
    same, other = figure("发放头盔", 520, "顶"), figure("发放头盔", 520, "批")
    rarity = rarity_of([target, same, other, *others])
    assert likeness(target, same, rarity) > likeness(target, other, rarity)


@pytest.mark.parametrize(
    ("one", "other", "alike_"),
    [
        ("亡人事故", "死亡事故", True),
        ("较大事故", "较大以上事故", True),
        ("较大事故", "亡人事故", False),
        ("亡人事故", "轻微事故", False),
        ("伤人事故", "道路交通事故", False),
    ],
)
def test_accidents_of_two_grades_are_two_things(one: str, other: str, alike_: bool) -> None:
    """A report of fatal accidents must not say that there were serious ones."""
    target, result = figure(one, 0, "起"), figure(other, 3, "起")
    assert bool(likeness(target, result, rarity_of([target, result]))) is alike_


def test_a_count_that_tells_its_change_says_both() -> None:
    """亡人事故9起，同比下降4% answers a ceiling and a fall; a plain count answers no fall."""
    both = figure("亡人事故", 9, "起", change=-4.0)
    assert (sort_of(both), sorts_of(both)) == ("count", {"count", "change"})
    fall = figure("亡人事故起数", 3, "%", "decrease", change=-3.0)
    ceiling = figure("亡人事故", 10, "起", "<=")
    for target in (fall, ceiling):
        assert likeness(target, both, rarity_of([target, both])) > 0.5
    plain = figure("亡人事故", 9, "起")
    assert likeness(fall, plain, rarity_of([fall, plain])) == 0
    assert sort_of(figure("佩戴率", None, "%", change=2.0)) == "change"
