"""Duty statements: owner lines, labels of every form, brackets, and what is none. Own sentences."""

from __future__ import annotations

import pytest

from tests.unit.ingest.pipeline.reading import PLAN, duties, item, read, titles

Owners = set[tuple[str, str]]


def owners(body: str, *, rule: str = "") -> Owners:
    """(relation, body) of everything explicit that the item 治理路口 has from ``body``; of one rule when given."""
    text = f"{PLAN}一、抓好预防\n1.治理路口。{body}\n"
    return {
        (k.rel, k.head.text) for k in read(text).links if k.head.type == "Unit" and not k.implicit and rule in k.rule
    }


BOTH = {("LEADS", "县公安局"), ("LEADS", "县教育局")}
LED = {("LEADS", "县公安局"), ("COOPERATES", "县教育局")}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("县公安局、县教育局按职责分工负责", BOTH),
        ("由县公安局牵头，县教育局配合。", LED),
        ("　　县公安局、县教育局等有关部门负责；", BOTH),
        ("县公安局会同县教育局负责", LED),
    ],
)
def test_a_line_that_says_nothing_but_who_owns_the_paragraph_above(line: str, expected: Owners) -> None:
    """As a bracket would."""
    assert owners(f"全面排查隐患。\n{line}", rule="owner.bracket") == expected


@pytest.mark.parametrize("line", ["县公安局负责检查各中队。", "全面配合", "县公安局、隐患排查治理工作负责"])
def test_a_line_that_says_more_is_running_text(line: str) -> None:
    """What is done stands in it, or nobody does, or something else than bodies."""
    assert owners(f"全面排查隐患。\n{line}", rule="owner.bracket") == set()


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("责任单位 县公安局、县教育局", BOTH),
        ("责任单位为县公安局、县教育局", BOTH),
        ("【责任单位】县公安局、县教育局", BOTH),
        ("〔责任单位〕：县公安局、县教育局", BOTH),
        ("责任单位：县公安局；县教育局", BOTH),
        ("责任单位:县公安局，县教育局。", BOTH),
        ("责任单位：\n县公安局、县教育局", BOTH),
        ("责任单位：\r\n　　县公安局、县教育局", BOTH),
        ("牵头单位：县公安局，配合单位：县教育局", LED),
        ("牵头单位：县公安局；配合单位：县教育局；完成时限：6月底", LED),
        ("责任单位：县公安局（牵头）、县教育局", LED),
        ("责任单位：县公安局（含城区各所）、县教育局（含各学校）", BOTH),
        ("（责任单位：县公安局、县教育局）", BOTH),
        ("［责任单位：县公安局、县教育局］", BOTH),
    ],
)
def test_a_label_gives_its_list_the_role(label: str, expected: Owners) -> None:
    """With a colon, 为, a blank or in brackets; the value behind it, on the next line, or going on over semicolons."""
    assert owners(f"\n{label}", rule="owner.label") == expected


def test_a_label_without_a_list_gives_nothing() -> None:
    """On the next line stands running text; a label with nothing at all is no statement."""
    assert owners("\n责任单位：\n各中队每周夜查，加强管控。", rule="owner.label") == set()
    assert owners("\n责任单位：\n", rule="owner.label") == set()
    assert owners("\n责任单位：\n" + "县公安局、" * 90, rule="owner.label") == set()


def test_a_label_ends_where_its_list_does() -> None:
    """Four hundred characters at most; a semicolon that no list follows ends it, and so does the bracket around it."""
    assert owners("\n责任单位：县公安局；县教育局负责检查各学校。", rule="owner.label") == {("LEADS", "县公安局")}
    assert owners("（责任单位：县公安局）县教育局。", rule="owner.label") == {("LEADS", "县公安局")}
    endless = "责任单位：" + "县公安局、" * 120
    found = read(f"{PLAN}一、抓好预防\n1.治理路口。\n{endless}\n").links
    assert max(k.end - k.start for k in found if k.rule == "owner.label") <= len("责任单位：") + 400


@pytest.mark.parametrize(
    "bracket",
    [
        "（县公安局负责）",
        "（县公安局牵头）",
        "【县公安局负责】",
        "〔县公安局负责〕",
        "［县公安局负责］",
        "（县公安局（含各所）负责）",
        "（县公安局）",
    ],
)
def test_a_bracket_of_any_form_names_owners(bracket: str) -> None:
    assert owners(f"全面排查隐患。{bracket}", rule="owner.bracket") == {("LEADS", "县公安局")}


@pytest.mark.parametrize(
    "bracket", ["（甲乙丙负责）", "（县公安局）等地", "（详见附件）", "（县公安局列第一位，其余配合检查工作）"]
)
def test_other_brackets_name_nobody(bracket: str) -> None:
    """Only words no grammar knows, a bracket within a sentence, a reference."""
    assert owners(f"全面排查隐患{bracket}。", rule="owner.bracket") == set()


def test_a_duty_bracket_is_no_part_of_a_title() -> None:
    """Owners and time of a section stand in its heading's bracket; the task is what stands before it."""
    text = f"{PLAN}一、抓好预防（责任单位：县公安局；完成时限：6月底前）\n每月检查。\n"
    assert titles(text) == ["抓好预防"]
    assert duties(text) == {("LEADS", "县公安局", "抓好预防")}


def test_blanks_in_a_list_of_owners_do_no_harm() -> None:
    """Around its parts, between its lines."""
    assert owners("全面排查隐患。（ 县公安局牵头 ， 县教育局配合 ， ）") == LED
    assert owners("\n责任单位： 县公安局 ，　县教育局 ", rule="owner.label") == BOTH


def test_a_declaration_alone_names_nobody() -> None:
    """列第一位的为牵头单位 beside the list it speaks of; within a list 下同 is no owner."""
    text = item("严查违法。（县公安局、县教育局负责，列第一位的为牵头单位，下同）")
    assert {(r, u) for r, u, _ in duties(text)} == LED


def test_a_part_who_joins_in_a_label_cooperates() -> None:
    """会同 inside a label parts those who lead from those who join."""
    assert owners("\n责任单位：县公安局会同县教育局", rule="owner.label") == LED


def test_what_only_closes_a_list_is_no_owner() -> None:
    """等有关部门 and a short name in brackets."""
    assert owners("\n责任单位：县公安局（以下简称县局）、县教育局等有关部门", rule="owner.label") == BOTH
