"""zh_structure: the tree of headings, items within sentences, and repaired lines."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from ingest.annotations import document
from ingest.pipeline.paragraphs import paragraphs_of
from ingest.pipeline.reading_view import reading_view
from ingest.pipeline.source import zh_source
from ingest.pipeline.structure import MAX_SENTENCE, zh_structure
from tests.unit.ingest.pipeline.reading import PLAN, read


def tree(text: str) -> list[tuple[str, str]]:
    """(path, title) of every section."""
    found = read(text)
    return [(s.path, text[s.start : s.end]) for s in found.sections]


def test_ranks_of_numbers_make_a_tree() -> None:
    """一、 over （一） over 1. over （1）, whatever their widths."""
    text = (
        f"{PLAN}一、压实责任\n（一）健全机制。\n1.召开会议。每月一次。\n(1)提前通知。\n（二）严格考核。\n二、治理隐患\n"
    )
    assert tree(text) == [
        ("1", "压实责任"),
        ("1.1", "健全机制"),
        ("1.1.1", "召开会议"),
        ("1.1.1.1", "提前通知"),
        ("1.2", "严格考核"),
        ("2", "治理隐患"),
    ]


def test_items_within_a_sentence_are_read_in_order() -> None:
    """（一）标题。一是…；二是…: items beneath the heading, each up to its own end."""
    text = f"{PLAN}一、抓好预防\n（一）严管车辆。一是完成清单推送;二是推动老旧客车退出;三是保持处理率。\n"
    assert tree(text)[2:] == [("1.1.1", "完成清单推送"), ("1.1.2", "推动老旧客车退出"), ("1.1.3", "保持处理率")]


def test_a_lone_yishi_is_no_list() -> None:
    """一是 without 二是 counts nothing."""
    assert tree(f"{PLAN}一、抓好预防\n（一）严管车辆。原因之一是：一是路窄。\n")[1:] == [("1.1", "严管车辆")]


def test_a_heading_without_number_is_seen_by_what_follows() -> None:
    """A short line without a closing mark before 一是 is their heading."""
    text = (
        "云岭市方案解读\n推进会近日召开，云岭市公安局对方案作了说明和部署。\n\n"
        "健全机制，提升能力\n\n一是推进共治。各部门齐抓共管。\n\n"
        "二是健全网络。延伸到村。\n"
    )
    assert tree(text) == [("1", "健全机制，提升能力"), ("1.1", "推进共治"), ("1.2", "健全网络")]


def test_nothing_is_part_of_anything_across_hidden_text() -> None:
    """After a cut the numbering is another part, even when it goes on."""
    text = (
        f"{PLAN}一、工作情况\n（一）夜查不断。全力开展夜查行动。\n"
        "---此处隐藏99字,下载后查看---\n（三）严管重点。全力开展整治。\n"
    )
    found = read(text)
    assert [s.path for s in found.sections] == ["1", "1.1", "2:1"]
    assert found.sections[2].parent is None
    assert "numbering_restarts" in found.profile.damage


def test_a_second_text_in_one_file_starts_again() -> None:
    """一、 after 二、 opens another part."""
    text = (
        "工作方案两篇\n一、摸清底数\n全面登记。\n二、建好设施\n新建车棚。\n"
        "一、巡查路段\n每周巡查。\n二、劝导行为\n设劝导点。\n"
    )
    assert [s.path for s in read(text).sections] == ["1", "2", "2:1", "2:2"]


def test_a_line_broken_by_the_page_is_one_paragraph() -> None:
    """A line that stops in mid-sentence goes on in the next; offsets stay those of the text."""
    long_ = (
        "组织党员前往革命旧址开展主题活动，组织民警参观纪念馆，追寻先辈足迹；"
        "继续深入开展走访慰问活动，听取群众的意见建议，追寻革"
    )
    text = f"{PLAN}一、抓好党建\n扎实开展学习。{long_}\n\n命足迹，传承红色基因。\n"
    found = read(text)
    assert len(found.sections) == 1
    whole = "命足迹，传承红色基因。"
    evidence = [text[a:b] for a, b in _sentences(text) if whole in text[a:b]]
    assert evidence
    assert long_[-6:] in evidence[0]


def _sentences(text: str) -> list[tuple[int, int]]:
    view = reading_view(text)
    return [view.span(*sentence) for sentence in zh_structure(_zoned(view.text))._.sentences]


def _paragraphs(text: str) -> list[tuple[int, int]]:
    return [(p.start, p.end) for p in paragraphs_of(_zoned(text))]


def _zoned(text: str) -> Doc:
    return zh_source(document(spacy.blank("zh").vocab, text))


def test_lines_cut_to_a_pages_width_are_joined() -> None:
    """In a text of many broken lines a full line goes on; what is numbered begins a line of its own."""
    line = "为进一步加强全县农村道路交通安全工作，坚决预防和减少"
    text = f"{PLAN}" + "\n".join([line, "重特大事故，现结合实际制定本要点。"] * 8) + "\n一、治理隐患\n"
    assert ("1", "治理隐患") in tree(text)
    assert any(f"{line}\n重特大事故，现结合实际制定本要点。" == text[a:b] for a, b in _sentences(text))


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("各中队要加强路面巡查管控工作，", "及时消除隐患。", True),
        ("县公安局、县交通运输局、县教育局、", "县应急管理局负责。", True),
        ("加强巡查，", "及时消除隐患。", False),
        ("各中队要加强路面巡查管控工作。", "及时消除隐患。", False),
        ("各中队要加强路面巡查管控工作，", "（此件公开发布）", False),
        ("各中队要加强路面巡查管控工作，", "牵头单位：县公安局", False),
        ("各中队要结合辖区道路特点加强路面巡查管控工作" + "并做好记录" * 6, "及时消除隐患。", True),
        ("各中队要结合辖区道路特点加强路面巡查管控工作" + "并做好记录" * 6, "\n及时消除隐患。", False),
        ("2.结合辖区道路特点加强路面巡查管控工作" + "并做好记录" * 7, "及时消除隐患。", False),
        ("2.加强巡查。结合辖区道路特点加强路面管控工作" + "并做好记录" * 6, "及时消除隐患。", True),
    ],
)
def test_a_line_goes_on_where_its_sentence_does(first: str, second: str, joined: bool) -> None:
    """After a comma, or when it is long and open; a title does not run on, a new item does not belong to it."""
    text = f"{PLAN}一、抓好预防\n1.每周检查。\n{first}\n{second}\n"
    assert any(first in text[a:b] and second.strip() in text[a:b] for a, b in _paragraphs(text)) is joined


def test_sentences_have_no_blanks_around_them() -> None:
    """Between two sentences of a line, and before the first item within it."""
    text = f"{PLAN}一、抓好预防\n每周检查。 每月通报 ！　分工如下：（1）清查； （2）约谈。\n"
    pieces = [text[a:b] for a, b in _sentences(text)]
    assert pieces[-5:] == ["每周检查。", "每月通报 ！", "分工如下：", "（1）清查；", "（2）约谈。"]


def test_articles_of_a_statute_are_sections_and_no_tasks() -> None:
    """第X条 order the text; their items are not work to be done."""
    text = (
        "云岭市停车管理条例\n## 第一章 总则\n第一条 为了规范停车，制定本条例。\n"
        "第二条 本条例适用于本市。\n第三条 停车场应当：\n（一）设置标志；\n"
        "（二）保持畅通。\n"
    )
    found = read(text)
    assert [s.number for s in found.sections] == ["第一章", "第一条", "第二条", "第三条", "（一）", "（二）"]
    assert not [m for m in found.mentions if m.type == "Task" and m.attributes["level"] != "measure"]
    assert found.profile.kind == "regulation"


def test_a_sentence_without_end_is_cut_at_commas() -> None:
    """No stretch is longer than MAX_SENTENCE; nothing is lost between the pieces."""
    text = PLAN + "一、强化管控\n" + "严查重点违法行为，" * 400 + "。\n"
    pieces = [(a, b) for a, b in _sentences(text) if a > len(PLAN)]
    assert max(b - a for a, b in pieces) <= MAX_SENTENCE
    assert "".join(text[a:b] for a, b in pieces).count("严查重点违法行为，") == 400
    endless = PLAN + "一、强化管控\n" + "严" * 3000 + "\n"
    assert max(b - a for a, b in _sentences(endless)) <= MAX_SENTENCE
