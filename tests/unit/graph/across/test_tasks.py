"""Tasks that are one duty: wording, metric, campaign and targets; one to one; the same in every run."""

from __future__ import annotations

from graph.across.matching import Pair, one_to_one
from graph.across.tasks import corresponding
from tests.unit.graph.across.records import task

LAST = [
    task("推进头盔佩戴整治", 1, campaigns=("一盔一带",), metrics=("头盔佩戴率",)),
    task("推进隐患点段治理", 2, metrics=("整治隐患点段",)),
    task("推进队伍建设", 3),
]
THIS = [
    task("推进队伍建设", 1),
    task("深化骑乘安全守护", 2, campaigns=("一盔一带",), metrics=("驾乘人员头盔佩戴率",)),
    task("推动道路清零见底", 3, metrics=("完成隐患点段治理",)),
    task("推进智能设施联网", 4),
]


def test_a_duty_is_found_in_other_words() -> None:
    """By its name, by what it is measured by, by its campaign; what is new has no counterpart."""
    found = corresponding(THIS, LAST)
    assert [(pair.one, pair.other) for pair in found] == [(0, 2), (1, 0), (2, 1)]
    assert found[0].reasons[:2] == ("name", "wording")
    assert set(found[1].reasons) == {"metric", "campaign"}
    assert all(0.4 <= pair.score <= 1 for pair in found)


def test_words_that_every_task_has_make_no_pair() -> None:
    assert (
        corresponding([task("推进路口渠化"), task("推进校车检查", 1)], [task("推进标线翻新"), task("推进护栏更换", 1)])
        == []
    )


def test_each_task_has_one_counterpart() -> None:
    """The best pair first, equal ones by position."""
    pairs = [Pair(0, 0, 0.8), Pair(0, 1, 0.9), Pair(1, 1, 0.85), Pair(1, 0, 0.5), Pair(2, 2, 0.3)]
    assert [(p.one, p.other) for p in one_to_one(pairs, 0.4)] == [(0, 1), (1, 0)]
    same = [Pair(0, 1, 0.9), Pair(1, 0, 0.9), Pair(0, 0, 0.9), Pair(1, 1, 0.9)]
    assert [(p.one, p.other) for p in one_to_one(same, 0.4)] == [(0, 0), (1, 1)]


def test_nothing_corresponds_to_nothing() -> None:
    assert corresponding([], LAST) == []


def test_tasks_measured_in_one_rare_counter_are_nearer() -> None:
    """顶 counts headwear; 处 counts whatever stands anywhere."""
    fillers = [task(f"任务{i}", i, metrics=(f"其他事项{i}",), units=("处",)) for i in range(1, 5)]
    new = task("关爱群体", 0, metrics=("赠送骑行头盔",), units=("顶",))

    def score(unit: str) -> float:
        old = task("暖心守护", 0, metrics=("发放头盔",), units=(unit,))
        return next((p.score for p in corresponding([new, *fillers], [old, *fillers]) if p.one == 0), 0.0)

    assert score("顶") > score("份")
