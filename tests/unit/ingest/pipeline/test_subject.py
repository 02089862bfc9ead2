"""Bodies that open a heading as its subject, headings that are a body's name, bodies told to act. Own sentences."""

from __future__ import annotations

import pytest

from ingest.pipeline.subject import acting_body, names_body, opening_subject


@pytest.mark.parametrize(
    ("title", "units", "rest"),
    [
        ("区公安局负责巡查整治", ["区公安局"], "巡查整治"),
        ("区公安局主要负责巡查整治", ["区公安局"], "巡查整治"),
        ("公安部门：维护路面秩序", ["公安部门"], "维护路面秩序"),
        ("公安部门：负责维护路面秩序", ["公安部门"], "维护路面秩序"),
        ("各乡镇要落实属地责任", ["各乡镇"], "落实属地责任"),
        ("各乡镇要牵头落实属地责任", ["各乡镇"], "落实属地责任"),
        ("县公安局、县教育局等部门（含下属单位）应当加强检查", ["县公安局", "县教育局"], "加强检查"),
        ("各乡镇、各部门须按月报送", ["各乡镇", "各部门"], "按月报送"),
        ("县公安局和县教育局必须每月检查", ["县公安局", "县教育局"], "每月检查"),
    ],
)
def test_bodies_that_are_charged_open_a_title(title: str, units: list[str], rest: str) -> None:
    """负责, 要 or a colon after them; what they are to do begins behind it."""
    subject = opening_subject(title, 0, len(title))
    assert subject is not None
    assert [u.text for u in subject.units] == units
    assert title[subject.end :] == rest


@pytest.mark.parametrize(
    "title",
    [
        "加强检查整治",
        "县公安局要求加强检查",
        "县公安局负责人到场检查",
        "县公安局：检查",
        "县公安局加强检查整治",
        "由县公安局负责检查",
        "召开会议，县公安局要加强检查",
    ],
)
def test_other_titles_have_no_subject(title: str) -> None:
    """No body, 要求 and 负责人, a body not charged or not at the start, too little to do."""
    assert opening_subject(title, 0, len(title)) is None


@pytest.mark.parametrize(
    "title", ["公安部门", "各乡镇人民政府、街道办事处", "秩序科工作职责", "县教育局：", "第三中队主要任务", "宣传股"]
)
def test_a_title_may_be_a_bodys_name(title: str) -> None:
    """And nothing else but 职责, 任务 or a colon."""
    assert names_body(title, 0, len(title))


@pytest.mark.parametrize("title", ["县教育局检查", "强化管控", "局", "县教育局" * 20])
def test_a_title_that_says_more_is_no_name(title: str) -> None:
    """A verb beside the body, no body, too short or too long for a name."""
    assert not names_body(title, 0, len(title))


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("加强源头管理县交通运输局要定期检查", "县交通运输局"),
        ("加强源头管理县交通运输局、县教育局负责检查", "县交通运输局"),
        ("加强源头管理县交通运输局等部门（含站场）应当检查", "县交通运输局"),
        ("督促县教育局检查县财政局要付款", None),
        ("加强管理，县财政局要付款", None),
        ("配合县教育局县财政局检查", None),
        ("加强路面联合管控县教育局协同县财政局须付款", "县财政局"),
        ("加强源头管理", None),
    ],
)
def test_a_body_told_to_act_ends_the_title_before_it(text: str, body: str | None) -> None:
    """The first of its group, four words or more into the line; not after a mark, where a clause begins anyway."""
    at = acting_body(text, 0, len(text))
    assert (text[at : at + len(body)] if at is not None and body else None) == body
    assert (at is None) == (body is None)
