"""Whose a task is: section owners and what stands beneath them, several subjects, parts of an item. Own sentences."""

from __future__ import annotations

from ingest.extraction import Link
from tests.unit.ingest.pipeline.reading import PLAN, duties, item, read

SECTION = (
    f"{PLAN}一、抓好预防（责任单位：县教育局、县财政局）\n1.治理路口。每月检查。\n2.清理车辆。每月清理。\n（1）登记车辆。登记到位。\n"
    "3.约谈企业。（县商务局负责）\n二、加强宣传\n1.走进校园。每月一次。\n"
)


def inherited(text: str) -> list[Link]:
    return [k for k in read(text).links if k.implicit]


def test_what_stands_beneath_a_section_with_owners_is_theirs() -> None:
    """Its items and theirs, unless they name their own; the next section is the issuer's again."""
    assert duties(SECTION, implicit=True) == {
        ("LEADS", "县教育局", "治理路口"),
        ("LEADS", "县财政局", "治理路口"),
        ("LEADS", "县教育局", "登记车辆"),
        ("LEADS", "县财政局", "登记车辆"),
        ("LEADS", "云岭县公安局交警大队", "走进校园"),
    }
    assert duties(SECTION) == {
        ("LEADS", "县教育局", "抓好预防"),
        ("LEADS", "县财政局", "抓好预防"),
        ("LEADS", "县商务局", "约谈企业"),
    }


def test_owners_from_above_say_where_they_are_named() -> None:
    """Implicit, joint, surer than the issuer and less than a statement; evidence the title, basis the statement."""
    link = next(k for k in inherited(SECTION) if k.rule == "owner.section")
    assert (SECTION[link.start : link.end], link.joint, link.role_zh) == ("治理路口", True, "责任")
    assert link.basis is not None
    assert SECTION[slice(*link.basis)] == "责任单位：县教育局、县财政局"
    issuer = next(k for k in inherited(SECTION) if k.rule == "owner.issuer")
    stated = next(k for k in read(SECTION).links if k.rule == "owner.label")
    assert issuer.confidence < link.confidence < stated.confidence


def test_a_statement_without_a_lead_leaves_a_section_to_the_issuer() -> None:
    """配合单位 alone leads nothing beneath it."""
    text = f"{PLAN}一、抓好预防（配合单位：县教育局）\n1.治理路口。每月检查。\n"
    assert ("LEADS", "云岭县公安局交警大队", "治理路口") in duties(text, implicit=True)


def test_several_subjects_of_one_title_each_have_their_part() -> None:
    """A负责…；B负责… as one title: each leads, by its own clause; one subject alone has the whole."""
    text = f"{PLAN}一、县教育局负责校车检查；县财政局负责经费保障；县商务局负责统计。\n"
    proofs = {k.head.text: text[k.start : k.end] for k in read(text).links if k.rel == "LEADS"}
    assert proofs == {
        "县教育局": "县教育局负责校车检查",
        "县财政局": "县财政局负责经费保障",
        "县商务局": "县商务局负责统计",
    }
    alone = f"{PLAN}一、县教育局负责校车检查\n每月检查一次；全面登记。\n"
    assert {k.rule for k in read(alone).links if k.rel == "LEADS"} == {"owner.heading"}


def test_a_subject_of_a_section_has_a_measure() -> None:
    """In the text before the items a body's clause is a task of its own, part of the section."""
    text = f"{PLAN}一、抓好预防\n县教育局负责校车接送安全。\n1.治理路口。每月检查。\n"
    assert duties(text) == {("LEADS", "县教育局", "负责校车接送安全")}
    assert [k.tail.text for k in read(text).links if k.rel == "PART_OF" and k.head.text == "负责校车接送安全"] == [
        "抓好预防"
    ]


def test_a_subject_with_too_little_to_do_has_none() -> None:
    """县教育局要做。 in a section: no measure of three characters."""
    assert duties(f"{PLAN}一、抓好预防\n县教育局要做。\n1.治理路口。每月检查。\n") == set()


def test_a_named_owner_stands_before_whoever_acts_in_the_text() -> None:
    """Where a bracket leads the item, a subject in its text has a measure of its own."""
    found = duties(item("县财政局要及时拨付经费。（县教育局负责）"))
    assert found == {("LEADS", "县教育局", "强化路面管控"), ("LEADS", "县财政局", "要及时拨付经费")}


def test_a_statement_before_any_heading_states_a_measure() -> None:
    """The opening has no task: its first sentence is one."""
    text = (
        "云岭县工作方案\n为保障校车安全，现就有关工作安排如下，请认真落实。\n"
        "全面检查校车。（县教育局负责）\n一、抓好预防\n每月检查。\n"
    )
    assert ("LEADS", "县教育局") in {(r, u) for r, u, _ in duties(text)}


def test_labels_of_several_roles_are_one_duty_and_repeated_ones_are_two() -> None:
    """牵头单位 twice in an item begins a second duty; each governs what stands before it."""
    text = (
        f"{PLAN}一、抓好预防\n1.治理路口。\n牵头单位：县公安局\n配合单位：县教育局\n"
        "清理路边摊点。\n牵头单位：县商务局\n"
    )
    assert ("LEADS", "县商务局", "清理路边摊点") in duties(text)


def test_a_heading_over_sentences_of_duties_states_measures() -> None:
    """A department's sentences are tasks; one of three characters is none."""
    text = f"{PLAN}一、部门职责\n县教育局：\n负责校车安全管理。检查。会同县财政局保障经费。\n"
    found = duties(text)
    assert ("LEADS", "县教育局", "负责校车安全管理") in found
    assert ("COOPERATES", "县财政局", "会同县财政局保障经费") in found
    assert not [t for _, _, t in found if t == "检查"]
