"""Documents that disagree or overlap: several summaries of a year, a plan in two wordings, last year's target."""

from __future__ import annotations

from itertools import combinations

from graph.across.links import links_between
from graph.across.record import DocumentRecord
from graph.models import Relation
from tests.unit.graph.across.records import read

HEAD = "望塘县公安局交通警察大队{}年{}\n各中队：\n现将有关事项印发给你们。\n一、重点工作\n"
FOOT = "望塘县公安局交通警察大队\n{}年{}月20日\n"


def paper(year: int, kind: str, *items: str, month: int = 1) -> DocumentRecord:
    """A plan or summary with these items, read by the pipeline."""
    numbered = "".join(f"（{'一二三四五'[i]}）{item}\n" for i, item in enumerate(items))
    text = HEAD.format(year, kind) + numbered + FOOT.format(year, month)
    return read(text, f"{year}-{kind}-{month}-{len(text)}.txt")


def answers(*records: DocumentRecord) -> list[tuple[float | None, float | None, str]]:
    """(target, result, verdict) of all results that answer targets, by the number of each."""
    figures = {f.id: f for record in records for f in (*record.targets, *record.results)}
    return sorted(
        (figures[k.tail].value, figures[k.head].value, str(k.properties["verdict"]))
        for k in _links(records)
        if k.type == "REPORTS_ON"
    )


def _links(records: tuple[DocumentRecord, ...]) -> list[Relation]:
    return [k for one, other in combinations(records, 2) for k in links_between(one, other)]


PLAN = paper(
    2024, "工作要点", "整治风险路口。整治风险路口不少于30处。", "做实宣讲。每月讲一次乡村安全课，全年不少于10场。"
)


def test_two_summaries_that_disagree_both_answer() -> None:
    """Each by itself: neither is chosen, and each has its own verdict."""
    first = paper(2024, "工作总结", "除风险。整治风险路口31处。", month=12)
    second = paper(2024, "道路交通安全工作总结", "补短板。完成风险路口整治26处。", month=11)
    expected = [(30.0, 26.0, "missed"), (30.0, 31.0, "met")]
    assert answers(PLAN, first, second) == expected
    assert answers(second, PLAN, first) == expected


def test_a_plan_in_two_wordings_is_answered_twice() -> None:
    """Each plan has the answer: no wording of a target is called unreported because of the other."""
    other = paper(2024, "道路交通管理工作要点", "风险路口整治。全年整治各类风险路口30处以上。", month=2)
    summary = paper(2024, "工作总结", "除风险。整治风险路口31处。", month=12)
    assert answers(PLAN, other, summary) == [(30.0, 31.0, "met"), (30.0, 31.0, "met")]


def test_a_figure_of_last_year_answers_last_years_target_only() -> None:
    """A summary that goes over last year's work says nothing of this year's target by it."""
    last = paper(2023, "工作要点", "整治风险路口。整治风险路口不少于20处。")
    summary = paper(2024, "工作总结", "除风险。2023年整治风险路口18处。", "讲安全。举办乡村安全课11场。", month=12)
    assert answers(last, PLAN, summary) == [(10.0, 11.0, "met"), (20.0, 18.0, "missed")]
    both = paper(2024, "工作总结", "除风险。上年整治风险路口18处，今年整治风险路口33处。", month=12)
    assert answers(last, PLAN, both) == [(20.0, 18.0, "missed"), (30.0, 33.0, "met")]


def test_a_count_of_several_years_is_no_verdict() -> None:
    summary = paper(2024, "工作总结", "除风险。近三年累计整治风险路口90处。", month=12)
    assert answers(PLAN, summary) == [(30.0, 90.0, "not_comparable")]


def test_serious_accidents_are_not_called_by_a_report_of_others() -> None:
    """38 fatal accidents do not break the promise that there be no serious one; one serious accident does."""
    plan = paper(2024, "工作要点", "守住底线。死亡事故起数同比下降5%以上，较大事故零发生，受伤人数增幅控制在3%以内。")
    quiet = paper(2024, "工作总结", "守底线。发生死亡事故38起，同比减少3起，未发生较大以上事故。", month=12)
    assert answers(plan, quiet) == [(0.0, 0.0, "met"), (5.0, 38.0, "met")]
    bad = paper(
        2024, "工作总结", "守底线。发生死亡事故40起，同比下降1.2%，发生较大事故1起，受伤人数同比上升4%。", month=12
    )
    assert answers(plan, bad) == [(0.0, 1.0, "missed"), (3.0, 4.0, "missed"), (5.0, 40.0, "missed")]


def test_targets_of_two_years_are_compared_where_they_count_one_thing() -> None:
    """Whatever their order in the task: a target among others is compared with its like, not with the first."""
    last = paper(2023, "工作要点", "货车管理。新建货车停车区3处，货车违法率控制在2%以内，受伤人数下降5%。")
    now = paper(2024, "工作要点", "货车管理。货车违法率控制在1.5%以内，新建货车停车区2处，布设货车提示牌40块。")
    figures = {f.id: f for f in (*last.targets, *now.targets)}
    assert sorted(
        (figures[k.tail].value, figures[k.head].value, k.properties["verdict"])
        for k in _links((now, last))
        if k.type == "CORRESPONDS_TO" and k.head_label == "Indicator"
    ) == [(2.0, 1.5, "raised"), (3.0, 2.0, "lowered")]
