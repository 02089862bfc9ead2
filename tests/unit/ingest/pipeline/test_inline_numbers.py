"""Numbers within a line: which are believed, and what is no number."""

from __future__ import annotations

import pytest

from ingest.pipeline.inline_numbers import FOLLOWS_WITHIN, RUN_ON, Counting, inline_markers
from ingest.pipeline.numbering import SECOND, marker_at

FILL = "各中队每周开展夜查，严查重点违法行为，净化通行秩序。"


def numbers(text: str, counting: Counting | None = None) -> list[str]:
    return [m.number for _, m in inline_markers(text, 0, len(text), counting or Counting())]


def run_on(text: str) -> str:
    """``text`` as the start of a line that holds a whole document."""
    return text + FILL * (RUN_ON // len(FILL) + 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("重点抓好：（1）清查底数；（2）约谈企业；（3）通报结果。", ["（1）", "（2）", "（3）"]),
        ("分工如下：1.大队负责夜查；2、中队负责劝导。", ["1.", "2、"]),
        ("做到以下几点。（一）清查底数。（二）约谈企业。", ["（一）", "（二）"]),
        ("主要任务：一、清查底数。二、约谈企业。", ["一、", "二、"]),
        ("目标如下： (1)“两客一危”零事故； (2)农村道路零死亡。", ["(1)", "(2)"]),
    ],
)
def test_a_short_list_within_a_paragraph_is_read(text: str, expected: list[str]) -> None:
    """One and two after a mark, and what counts on from them."""
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "重点抓好：（1）清查底数。",
        "原因是：2.清查不力；3.约谈不够。",
        "任务1.清查底数，任务2.约谈企业。",
        "做好：（3）清查底数；（1）约谈企业。",
    ],
)
def test_numbers_that_do_not_count_are_none(text: str) -> None:
    """A lone one, a list without its beginning, and in a short paragraph numbers glued to a word."""
    assert numbers(text) == []


def test_in_a_run_on_line_numbers_may_follow_a_word() -> None:
    """Nothing stands between the heading before and the number after it."""
    text = run_on("一、工作重点1.重点区域清查城乡结合部2.重点时段紧盯夜间（一）加强领导（二）强化保障二、工作要求")
    assert numbers(text) == ["1.", "2.", "（一）", "（二）"]


@pytest.mark.parametrize(
    "text",
    [
        "在107、240国道和1、2号线设点。",
        "四、五年级和一、二年级学生参加。",
        "按照第（一）项、第（二）项要求办理，附件（一）和附件（二）同时报送。",
        "同比下降3.1、4.2个百分点，占1.5、2.5。",
        "分为一、二级响应。",
        "依据云公〔2024〕1、2号文件。",
        "三百一、二百二、都要登记。",
    ],
)
def test_roads_classes_items_and_decimals_are_no_numbers(text: str) -> None:
    """Not even in a run-on line, where no mark need stand before a number."""
    assert numbers(run_on(text)) == []


def test_a_number_that_goes_on_from_an_earlier_line_is_believed() -> None:
    """（二） within the paragraph of （一）; what is below a senior number begins anew."""
    counting = Counting()
    first = marker_at("（一）清查底数")
    assert first is not None
    counting.take(first)
    assert numbers("清查底数。1.进企业。2.进车站。（二）约谈企业。1.通报。2.复查。", counting) == [
        "1.",
        "2.",
        "（二）",
        "1.",
        "2.",
    ]
    assert counting.last == {SECOND: 2, 3.0: 2}


def test_the_second_item_may_not_stand_too_far_off() -> None:
    """A list whose first item would hold a whole chapter is none."""
    near, far = "中队夜查。" * (FOLLOWS_WITHIN // 5 - 10), "中队夜查。" * (FOLLOWS_WITHIN // 5 + 10)
    assert numbers(f"任务：（1）清查。{near}（2）约谈。") == ["（1）", "（2）"]
    assert numbers(f"任务：（1）清查。{far}（2）约谈。") == []


def test_the_first_character_of_the_stretch_is_left_to_its_line() -> None:
    """The number that a paragraph opens with is counted by whoever reads paragraphs."""
    assert numbers("（1）清查底数；（2）约谈企业。") == []


def test_a_nought_is_no_number() -> None:
    """Lists begin at one; eleven follows ten."""
    assert numbers("任务：（0）试点；（1）清查；（2）约谈。") == ["（1）", "（2）"]
    items = "".join(f"（{n}）清查。" for n in "一二三四五六七八九十")
    assert numbers(f"任务：{items}（十一）约谈。")[-1] == "（十一）"
