"""The reading view: what a page puts between characters is left out, and every offset finds back. Own sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.pipeline.reading_view import LONG_LINE, reading_view
from tests.unit.ingest.pipeline.reading import duties, read, titles

SENTENCES = (
    "今年以来，县交警部门坚持预防为先的工作思路，紧紧围",
    "绕减量控大任务，在农村道路上持续开展夜查行动，共查",
    "处各类违法行为三千余起，其中酒后驾驶违法行为数量同",
    "比下降，农村道路交通安全形势总体平稳有序，辖区群众",
    "满意度提高，各中队落实包片责任制，每周组织检查，要",
)
WRAPPED = SENTENCES * 2
"""Ten lines of the width of one page, each broken off in the middle of a sentence."""
LAST = "把隐患消除在萌芽状态。"


def shown(text: str) -> str:
    return reading_view(text).text


def page(*more: str) -> str:
    return "\n".join([*WRAPPED, *more]) + "\n"


# Line breaks


def test_lines_cut_to_a_pages_width_are_one() -> None:
    """Ten full lines without a closing mark, and the rest of the last sentence."""
    assert shown(page(LAST)) == "".join(WRAPPED) + LAST + "\n"


@pytest.mark.parametrize("number", ["3", "— 3 —", "-3-", "第3页", "第 3 页 共 12 页", "· 12 ·"])
def test_a_page_number_between_wrapped_lines_is_left_out(number: str) -> None:
    """The sentence goes on over the foot of the page."""
    text = "\n".join([*WRAPPED[:5], number, *WRAPPED[5:], LAST]) + "\n"
    assert shown(text) == "".join(WRAPPED) + LAST + "\n"


def test_a_page_number_over_a_blank_line_is_left_out_where_the_sentence_goes_on() -> None:
    text = "\n".join([*WRAPPED[:5], "", "— 3 —", "", *WRAPPED[5:], LAST]) + "\n"
    assert shown(text) == "".join(WRAPPED) + LAST + "\n"


@pytest.mark.parametrize(
    "line",
    [
        "一、强化路面管控",
        "（一）强化路面管控",
        "1.强化路面管控",
        "牵头单位：县公安局",
        "附件1",
        "（此件公开发布）",
        "　　各乡镇要落实属地责任，按时",
    ],
)
def test_a_new_paragraph_is_not_drawn_into_the_line_above(line: str) -> None:
    """Numbers, labels, brackets and indents begin something of their own."""
    assert f"\n{line}\n" in shown(page(line, LAST))


def test_nothing_goes_on_after_a_closing_mark() -> None:
    """A line that ends its sentence is complete, however long it is."""
    closed = "各中队落实包片责任制每周组织两次集中检查并通报结果。"
    assert f"{closed}\n{SENTENCES[0]}" in shown(page(LAST, closed, *WRAPPED, LAST))


def test_an_indented_paragraph_goes_on_in_indented_lines() -> None:
    """Where all lines are indented the indent says nothing."""
    text = "".join(f"　　{line}\n" for line in (*WRAPPED, LAST))
    assert shown(text) == "　　" + "".join(WRAPPED) + LAST + "\n"


def test_a_list_of_short_open_lines_is_no_wrapped_text() -> None:
    """Names of files and headings have no width in common."""
    text = "".join(f"关于{'道路' * n}交通安全隐患排查的工作通知\n" for n in range(1, 13))
    assert shown(text) == text


def test_a_list_of_names_as_long_as_one_another_is_no_wrapped_text() -> None:
    """What is cut by the page's edge is running text: it has commas."""
    text = "禾丰县教育局 禾丰县财政局 东屿区民政局\n" * 8
    assert shown(text) == text


def test_few_open_lines_are_left_as_they_stand() -> None:
    """Seven broken lines do not show the width of a page."""
    text = "\n".join([*WRAPPED[:7], LAST]) + "\n"
    assert shown(text) == text


def test_a_long_line_broken_before_a_blank_one_goes_on() -> None:
    """Columns of a newspaper: the line is long and breaks off; the character repeated at the break counts once."""
    line = "全力做好隐患排查。组织民警走访企业，听取意见建议，讲解安全常识，推动车辆所属单位落实主体责任，追寻先辈足"
    assert len(line) >= LONG_LINE
    assert shown(f"{line}\n\n迹，传承传统。\n") == f"{line}迹，传承传统。\n"
    assert shown(f"{line}\n\n足迹，传承传统。\n") == f"{line}迹，传承传统。\n"


@pytest.mark.parametrize("line", ["全力做好隐患排查", "全力做好隐患排查，" + "组织民警走访企业听取意见" * 4])
def test_a_heading_before_a_blank_line_stands_alone(line: str) -> None:
    """Short lines, and long ones without a full stop, are no running text."""
    assert shown(f"{line}\n\n迹，传承传统。\n") == f"{line}\n\n迹，传承传统。\n"


# Blanks and pinyin


def test_blanks_around_figures_are_left_out_in_a_text_full_of_them() -> None:
    text = "全县共有 3 个中队，自 2 月起用 4 天夜查 5 次，查处 20 起，处罚率 98.5 %。"
    assert shown(text) == "全县共有3个中队，自2月起用4天夜查5次，查处20起，处罚率98.5%。"


def test_a_few_blanks_around_figures_may_be_meant() -> None:
    """Four are a chance; so are five in a text that mostly has none."""
    few = "全县共有 3 个中队，自 2 月起用 4 天夜查 5 次。"
    assert shown(few) == few
    mostly = "夜查 5 次，" * 5 + "查处3起，" * 12
    assert shown(mostly) == mostly


def test_blanks_between_characters_are_left_out_in_a_text_full_of_them() -> None:
    """As scanners leave them; around punctuation nothing is taken away."""
    words = "强化路面管控严查重点违法行为净化通行秩序全力预防事故"
    assert shown(" ".join(words) + " 。") == words + " 。"


def test_blanks_between_names_of_a_line_are_kept() -> None:
    """Sixteen or sixty, they are few beside the characters that stand together."""
    text = "禾丰县教育局 禾丰县财政局 东屿区民政局\n" * 30
    assert shown(text) == text


def test_pinyin_after_single_characters_is_left_out() -> None:
    """In brackets of either width; a letter or two of them alone may be a name."""
    assert shown("禾（hé）丰（fēng）县（xiàn）云(yún)坪(píng)镇（zhèn）夜查") == "禾丰县云坪镇夜查"
    assert shown("使用平台（app）登记") == "使用平台（app）登记"


# Traditional characters


def test_traditional_characters_are_read_as_simplified_ones() -> None:
    """One for one, so that offsets stay and nothing is moved."""
    text = "禾豐縣公安局交警大隊二〇二四年工作要點\n一、強化路面管控。嚴查重點違法，淨化道路秩序。"
    view = reading_view(text)
    assert view.text == "禾丰县公安局交警大队二〇二四年工作要点\n一、强化路面管控。严查重点违法，净化道路秩序。"
    assert view.places is None


def test_a_single_traditional_character_is_a_name() -> None:
    text = "禾豐大道由县公安局管理。" + "严查重点违法行为，净化道路通行秩序。" * 20
    assert shown(text) == text


# The way back


PLAN = (
    "云岭县公安局交警大队 2024 年工作要点\n"
    "一、抓好 2 类重点车辆\n"
    "县财政局用 3 天核查，县教育局用 4 天宣传。\n"
    "（一）检查 12 家企业\n"
    "会同县交通运输局检查 20 次，年 底前完成 5 次专项检查。\n"
)


def test_an_undamaged_text_is_its_own_view() -> None:
    """Nothing moved, nothing copied: the same text and no table of places."""
    text = "云岭县公安局交警大队2024年工作要点\n一、强化路面管控。每周夜查。\n"
    view = reading_view(text)
    assert view.text is text
    assert view.places is None
    assert view.span(3, 9) == (3, 9)


def test_everything_read_from_a_view_stands_in_the_text_as_loaded() -> None:
    """Mentions quote the loaded text, blanks included; their names are those of the view."""
    found = read(PLAN)
    assert found.text == PLAN
    assert all(PLAN[m.start : m.end] == m.text for m in found.mentions)
    assert [PLAN[s.start : s.end] for s in found.sections] == ["抓好 2 类重点车辆", "检查 12 家企业"]
    task = next(m for m in found.mentions if m.text == "检查 12 家企业" and m.type == "Task")
    assert task.name == "检查12家企业"
    body = PLAN[task.attributes["body_start"] : task.attributes["body_end"]]
    assert body.startswith("检查 12 家企业")
    assert body.endswith("专项检查。")


def test_links_and_their_basis_are_moved_too() -> None:
    """Head and tail are the mentions of the text; evidence and basis are quotable."""
    found = read(PLAN)
    assert ("COOPERATES", "县交通运输局", "检查 20 次") in duties(PLAN)
    known = {(m.type, m.start, m.end) for m in found.mentions}
    for link in found.links:
        assert {(x.type, x.start, x.end) for x in (link.head, link.tail)} <= known
    inherited = next(k for k in found.links if k.implicit and k.tail.text.startswith("检查"))
    assert inherited.basis is not None
    assert PLAN[slice(*inherited.basis)] == "云岭县公安局交警大队"
    assert PLAN[inherited.start : inherited.end] in (inherited.tail.text, PLAN.splitlines()[-1])


def test_the_issuer_and_where_it_is_named_are_moved() -> None:
    """A name broken by the scanner keeps its whole name."""
    scanned = " ".join("云岭县公安局交警大队工作要点") + "\n一、" + " ".join("强化路面管控全力预防事故") + "\n"
    profile = read(scanned).profile
    assert profile.issuer is not None
    assert profile.issuer.text == "云 岭 县 公 安 局 交 警 大 队"
    assert profile.issuer.name == "云岭县公安局交警大队"
    assert profile.issuer_basis is not None
    assert scanned[slice(*profile.issuer_basis)] == profile.issuer.text


def test_a_text_without_issuer_is_moved_all_the_same() -> None:
    """Wrapped lines, no name of a body at all: sections and tasks are where they stand."""
    text = page(LAST, "一、强化路面管控", "每周夜查。").replace("县交警部门", "我们大家")
    assert read(text).profile.issuer is None
    assert titles(text) == ["强化路面管控"]


DAMAGE = st.sampled_from(
    [
        *SENTENCES, LAST, "一、强化管控", "县公安局负责", "县教育局要", "检查", "\n", "\n\n", "\n", " 3 个", "有 3 月",
        "夜查 5 次", "强 化 路 面 管 控 严 查 违 法", "— 3 —\n", "县（xiàn）", "豐縣嚴點違強",
        "　　", "。", "，", "２０２４年",
    ]
)  # fmt: skip
"""What a page, a scanner or a site leaves in a text."""


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=200), st.lists(DAMAGE, max_size=60).map("".join)))
def test_any_view_is_the_text_with_nothing_but_damage_left_out(text: str) -> None:
    """Every character of the view is the one at its place, places rise, every stretch maps inside the text."""
    view = reading_view(text)
    places = list(range(len(text))) if view.places is None else list(view.places)
    assert len(view.text) == len(places)
    assert all(a < b for a, b in pairwise(places))
    assert all(0 <= p < len(text) for p in places)
    other = {(text[p], c) for p, c in zip(places, view.text, strict=True) if text[p] != c}
    assert all(reading_view(written * 60).text == c * 60 for written, c in other)
    for start in range(0, len(places), 7):
        first, last = view.span(start, len(places))
        assert (first, last) == (places[start], places[-1] + 1)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DAMAGE, max_size=60).map("".join))
def test_any_restored_extraction_is_one_of_the_loaded_text(text: str) -> None:
    """Quotes, links, sections and basis are of the text as loaded, whatever was in it."""
    found = read(text)
    assert found.text == text
    assert all(text[m.start : m.end] == m.text and m.text for m in found.mentions)
    for link in found.links:
        assert 0 <= link.start < link.end <= len(text)
        assert link.basis is None or 0 <= link.basis[0] < link.basis[1] <= len(text)
    assert all(0 <= s.start < s.end <= s.body_end <= len(text) for s in found.sections)
