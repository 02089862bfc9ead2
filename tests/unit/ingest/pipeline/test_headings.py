"""Headings: which lines are one, where their titles end, and what stands within a line. Own sentences."""

from __future__ import annotations

import pytest

from tests.unit.ingest.pipeline.reading import PLAN, read, titles

BODY = "全县各中队每周开展夜查，严查重点违法行为，净化道路通行秩序，全力预防事故发生，确保辖区平安稳定。"
INTRO = "云岭县工作情况\n今年以来，全县各项工作开展顺利，各中队认真落实包片责任制，成效明显。\n"


def tree(text: str) -> list[tuple[str, str, str]]:
    """(path, number, title) of every section."""
    return [(s.path, s.number, text[s.start : s.end]) for s in read(text).sections]


def heads(text: str) -> list[str]:
    return [title for _, _, title in tree(text)]


def beneath(*lines: str) -> str:
    return f"{PLAN}一、抓好预防\n" + "".join(f"{line}\n" for line in lines)


# A text of one line


def test_a_text_without_line_breaks_has_its_whole_tree() -> None:
    """一、…（一）…1.… in one line, each title up to its full stop, or to what plainly is no title."""
    text = (
        "云岭县公安局交警大队2024年工作方案\n为做好全年工作，制定本方案。"
        "一、工作目标全年事故下降百分之五，确保平安。"
        f"二、工作任务（一）强化路面管控。{BODY}（二）整治隐患。1.排查隐患区交通运输局要每月排查一次。"
        f"2.治理隐患。{BODY}（三）加强宣传教育。{BODY}三、工作要求各中队要提高认识，加强领导。{BODY * 2}\n"
    )
    assert tree(text) == [
        ("1", "一、", "工作目标"),
        ("2", "二、", "工作任务"),
        ("2.1", "（一）", "强化路面管控"),
        ("2.2", "（二）", "整治隐患"),
        ("2.2.1", "1.", "排查隐患"),
        ("2.2.2", "2.", "治理隐患"),
        ("2.3", "（三）", "加强宣传教育"),
        ("3", "三、", "工作要求"),
    ]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("工作目标到年底全县事故下降", "工作目标"),
        ("实施步骤分三个阶段进行", "实施步骤"),
        ("目前情况截至六月底共查处三千起", "目前情况"),
        ("整治重点内容按照县里部署确定", "整治重点内容"),
        ("排查道路隐患县交通运输局负责排查", "排查道路隐患"),
        ("加强源头管理县交通运输局、县教育局要定期检查", "加强源头管理"),
        ("加强源头管理县交通运输局等部门（含下属单位）应当定期检查", "加强源头管理"),
        ("加强源头管理，县交通运输局要定期检查", "加强源头管理，县交通运输局要定期检查"),
        ("督促县交通运输局定期检查", "督促县交通运输局定期检查"),
        ("县教育局要定期检查", "县教育局要定期检查"),
    ],
)
def test_in_a_run_on_line_a_title_ends_before_its_text(line: str, title: str) -> None:
    """After a set heading, or before the body that is told to act; not at a body that only is the object."""
    text = f"{PLAN}一、{line}。{BODY * 6}\n"
    assert heads(text) == [title]


# Items


@pytest.mark.parametrize("sign", ["●", "◆", "★", "-"])
def test_bullets_are_items(sign: str) -> None:
    """A sign that counts nothing, before words."""
    text = beneath(f"{sign} 清查底数。全面清查。", f"{sign} 约谈企业。每月约谈。")
    assert tree(text)[1:] == [("1.1", sign, "清查底数"), ("1.2", sign, "约谈企业")]


def test_numbers_of_one_sign_have_the_rank_of_their_like() -> None:
    """㈠ stands where （一） would, ⒈ where 1., ⑴ where （1）."""
    text = f"{PLAN}㈠强化管控。每周夜查。\n⒈清查底数。全面清查。\n⑴约谈企业。\n⑵通报结果。\n㈡加强宣传。每月宣传。\n"
    assert [path for path, _, _ in tree(text)] == ["1", "1.1", "1.1.1", "1.1.2", "2"]


def test_a_short_list_in_a_paragraph_stands_beneath_its_heading() -> None:
    """（1）…；（2）… after a colon: each title ends at the semicolon."""
    text = beneath("（一）严管车辆。重点抓好：（1）清查底数；（2）约谈企业；（3）通报结果。")
    assert tree(text)[2:] == [
        ("1.1.1", "（1）", "清查底数"),
        ("1.1.2", "（2）", "约谈企业"),
        ("1.1.3", "（3）", "通报结果"),
    ]


@pytest.mark.parametrize("word", ["是", "要"])
def test_spoken_numbers_open_paragraphs(word: str) -> None:
    """一是 and 一要 at the start of a line."""
    text = beneath(f"一{word}清查底数。全面清查。", f"二{word}约谈企业。每月约谈。", f"十一{word}通报结果。")
    assert [number for _, number, _ in tree(text)[1:3]] == [f"一{word}", f"二{word}"]


def test_spoken_numbers_count_on_from_the_one_that_opens_the_line() -> None:
    """一是…；二是…；三是… in one line, the first at its start; a number out of turn counts nothing."""
    text = beneath("一是清查底数；二是约谈企业；四是检查车站；三是通报结果。")
    assert tree(text)[1:] == [
        ("1.1", "一是", "清查底数"),
        ("1.2", "二是", "约谈企业"),
        ("1.3", "三是", "通报结果"),
    ]


def test_a_spoken_list_begins_at_one_and_after_a_mark() -> None:
    """Not with 二是, nor after a comma, where 一是 may be one of two halves."""
    assert heads(beneath("（一）严管车辆。其二是登记在册；三是检查到位。")) == ["抓好预防", "严管车辆"]
    assert heads(beneath("（一）严管车辆。原因，一是路窄，二是车多。")) == ["抓好预防", "严管车辆"]


def test_a_spoken_number_with_nothing_to_say_is_no_item() -> None:
    """一是；二是…: only what has words is one."""
    assert heads(beneath("（一）严管车辆。一是；二是约谈企业；三是通报结果。"))[2:] == ["约谈企业", "通报结果"]


def test_spoken_numbers_over_numbered_items_stand_above_them() -> None:
    """一是 with 1. 2. beneath it, and 二是 after them: the numbers are its items."""
    text = f"{PLAN}一是抓好预防。\n1.清查底数。\n2.约谈企业。\n二是抓好宣传。\n1.走进校园。\n2.走进企业。\n"
    assert [path for path, _, _ in tree(text)] == ["1", "1.1", "1.2", "2", "2.1", "2.2"]


# Titles


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("抓好预防（责任单位：县教育局；完成时限：6月底前）", "抓好预防"),
        ("抓好预防（县财政局负责）", "抓好预防"),
        ("抓好预防【县财政局牵头，县教育局配合】", "抓好预防"),
        ("抓好预防（完成时限：6月底前）（县财政局负责）", "抓好预防"),
        ("抓好预防（城区部分路段）", "抓好预防（城区部分路段）"),
        ("督促企业落实责任：县交通运输局每月约谈重点企业负责人，通报结果", "督促企业落实责任"),
        ("强化夜查：每周", "强化夜查：每周"),
        ("严管车辆一是登记在册。二是检查到位。", "严管车辆一是登记在册"),
        ("严管车辆。一是登记在册；二是检查到位。", "严管车辆"),
        ("严管车辆：一是登记在册；二是检查到位。", "严管车辆"),
        ("车辆管理：一是登记在册；二是检查到位。", "车辆管理"),
        ("严管车辆，\n登记在册", "严管车辆"),
    ],
)
def test_a_title_ends_where_its_text_begins(line: str, title: str) -> None:
    """Who and by when in closing brackets are no part of it; nor is what a long colon introduces."""
    assert heads(f"{PLAN}二、{line}\n")[0] == title


def test_a_bracket_of_duties_alone_is_no_heading() -> None:
    """二、（县教育局负责） has no title."""
    assert heads(f"{PLAN}一、抓好预防\n每周检查。\n二、（县教育局负责）\n") == ["抓好预防"]


def test_a_heading_of_one_line_ends_with_it() -> None:
    """What follows on the next line, wrapped or not, is its text."""
    assert heads(f"{PLAN}1.严管车辆\n登记在册\n2.严查违法\n") == ["严管车辆", "严查违法"]


# Lines without a number


def test_bodies_with_a_colon_are_headings_of_what_they_are_to_do() -> None:
    """县教育局： over a line of duties; they stand beneath the numbered heading, side by side."""
    text = (
        f"{PLAN}一、部门职责\n县教育局：\n负责校车安全管理。\n县财政局：\n1.负责经费保障。\n第三中队\n负责国道巡逻；\n"
    )
    assert tree(text) == [
        ("1", "一、", "部门职责"),
        ("1.1", "", "县教育局："),
        ("1.2", "", "县财政局："),
        ("1.2.1", "1.", "负责经费保障"),
        ("1.3", "", "第三中队"),
    ]


def test_a_body_over_numbered_duties_is_their_heading() -> None:
    """The rank of the first follows from the number beneath it, the others stand like it."""
    text = f"{INTRO}县教育局\n1.负责校车管理。\n2.负责安全教育。\n县财政局\n负责经费保障。\n"
    assert [(p, t) for p, _, t in tree(text)] == [
        ("1", "县教育局"),
        ("1.1", "负责校车管理"),
        ("1.2", "负责安全教育"),
        ("2", "县财政局"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["县教育局"],
        ["县教育局", "联系电话见附表"],
        ["县教育局", "附件：名单", "一、抓好预防"],
    ],
)
def test_a_body_over_nothing_to_do_is_no_heading(lines: list[str]) -> None:
    """At the end, over a line that is no sentence, over another part."""
    assert "县教育局" not in heads(f"{PLAN}工作开展顺利，成效明显，群众满意。\n" + "\n".join(lines) + "\n")


def test_a_line_over_number_one_is_their_heading() -> None:
    """Without a number of its own; a line over number two is none."""
    text = f"{INTRO}强化路面管控\n1.清查底数。全面清查。\n2.约谈企业。每月约谈。\n强化宣传教育\n3.走进校园。\n"
    assert [(p, t) for p, _, t in tree(text)] == [
        ("1", "强化路面管控"),
        ("1.1", "清查底数"),
        ("1.2", "约谈企业"),
        ("1.3", "走进校园"),
    ]


def test_lines_over_long_paragraphs_are_headings_where_nothing_is_numbered() -> None:
    """A matter or an action over a paragraph of running text."""
    text = f"{INTRO}强化路面管控\n{BODY}\n主要经验\n{BODY}\n"
    assert heads(text) == ["强化路面管控", "主要经验"]


@pytest.mark.parametrize(
    "line",
    ["强化", "强化路面管控：", "牵头单位：县教育局", "天气晴朗道路畅通", "强化路面管控" * 8],
)
def test_other_lines_are_no_headings(line: str) -> None:
    """Too short, too long, ended by a mark, a label, or neither a matter nor an action."""
    assert heads(f"{INTRO}{line}\n{BODY}\n") == []


def test_a_line_over_a_short_one_is_no_heading() -> None:
    assert heads(f"{INTRO}强化路面管控\n每周夜查。\n") == []


def test_a_line_over_an_attachment_is_no_heading() -> None:
    """Nothing is a heading across a break of the page."""
    assert heads(f"{INTRO}强化路面管控\n附件1\n{BODY}\n") == []


def test_in_a_numbered_text_a_line_over_a_paragraph_is_no_heading() -> None:
    assert heads(f"{INTRO}一、强化宣传\n每月宣传。\n强化路面管控\n{BODY}\n") == ["强化宣传"]


def test_a_title_that_is_only_its_number_is_none() -> None:
    """二、 with nothing after it names nothing, and titles are tasks as before."""
    assert titles(f"{PLAN}一、抓好预防\n每周检查。\n二、。\n") == ["抓好预防"]
