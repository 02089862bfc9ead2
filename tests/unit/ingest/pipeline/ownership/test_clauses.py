"""Roles in running text: leads before those who share, groups and their rest, grounds before duties. Own sentences."""

from __future__ import annotations

import pytest

from tests.unit.ingest.pipeline.reading import PLAN, duties, item

ITEM = "强化路面管控"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "县教育局牵头，县财政局、县商务局按职责分工负责。",
            {("LEADS", "县教育局", ITEM), ("COOPERATES", "县财政局", ITEM), ("COOPERATES", "县商务局", ITEM)},
        ),
        (
            "县教育局牵头，各有关部门按照职责分工抓好落实。",
            {("LEADS", "县教育局", ITEM), ("COOPERATES", "各有关部门", ITEM)},
        ),
        ("县财政局、县商务局按职责分工负责。", {("LEADS", "县财政局", ITEM), ("LEADS", "县商务局", ITEM)}),
    ],
)
def test_who_shares_a_duty_after_a_lead_cooperates(sentence: str, expected: set[tuple[str, str, str]]) -> None:
    """按职责分工负责 alone is a lead of its own."""
    assert duties(item(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("组织县教育局、县财政局等部门，加强检查管控。", ITEM),
        ("协调县教育局、县财政局等部门、企业开展检查。", ITEM),
        ("牵头县教育局、县财政局开展检查。", "开展检查"),
        ("组织县教育局、县财政局、云坪车站和石桥商场等相关单位集中检查。", ITEM),
    ],
)
def test_who_is_gathered_takes_part(sentence: str, role: str) -> None:
    """Every body of the group, whatever closes the list; what for may stand after the comma."""
    assert duties(item(sentence)) == {("COOPERATES", "县教育局", role), ("COOPERATES", "县财政局", role)}


def test_companies_at_the_end_of_a_group_do_not_part_it_from_its_duty() -> None:
    """A、B及相关企业负责: A and B do."""
    assert {u for _, u, _ in duties(item("县教育局、县财政局及相关企业负责检查整改。"))} == {"县教育局", "县财政局"}


def test_each_subject_of_a_sentence_leads() -> None:
    """Commas between clauses of the same kind."""
    found = duties(item("县教育局负责检查，县财政局负责付款，县商务局负责统计。"))
    assert {u for r, u, _ in found if r == "LEADS"} == {"县教育局", "县财政局", "县商务局"}


@pytest.mark.parametrize(
    "sentence", ["请县教育局于6月底前完成检查。", "县教育局要于每月5日前将情况报送大队。", "请县教育局每月组织检查。"]
)
def test_who_is_asked_to_do_it_by_a_day_leads(sentence: str) -> None:
    assert ("LEADS", "县教育局", ITEM) in duties(item(sentence))


def test_the_grounds_of_a_duty_are_not_the_duty() -> None:
    """应当根据…，制定…: the measure ends with what is done, not with what it is based on."""
    text = f"{PLAN}一、抓好预防\n县教育局应当根据检查情况，制定接送方案。\n1.走进校园。每月一次。\n"
    assert duties(text) == {("LEADS", "县教育局", "应当根据检查情况，制")}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("支付县教育局补助。", set()),
        ("与县教育局共同检查路口。", {("COOPERATES", "县教育局", ITEM)}),
        ("配合县教育局。", set()),
        ("会同县教育局。", set()),
        ("推动县教育局的工作。", set()),
        ("由县教育局汇总。", {("LEADS", "县教育局", ITEM)}),
        ("县教育局、县财政局。", set()),
        ("2024年，县教育局要检查路口。", {("LEADS", "县教育局", ITEM)}),
        ("各校在2024年由县教育局检查路口。", {("EXECUTES", "县教育局", ITEM)}),
        ("学校2024年县教育局要检查路口。", set()),
        ("明确县教育局承担检查责任。", {("EXECUTES", "县教育局", ITEM)}),
        ("1.县教育局要检查路口。", {("LEADS", "县教育局", ITEM)}),
    ],
)
def test_a_role_needs_something_to_do(sentence: str, expected: set[tuple[str, str, str]]) -> None:
    """A word of duty with nothing after it gives none; a time or number before the subject does no harm."""
    assert duties(item(sentence)) == expected
