"""A long text is read in pieces, and nobody can tell."""

from __future__ import annotations

import pytest

from graph.ids import text_sha256
from graph.models import check_document_graph
from ingest import pipeline
from ingest.assemble import assemble
from ingest.extraction import Extraction, Link, Mention
from ingest.loaders.numerals import chinese
from ingest.pipeline import extract, pieces

_ITEMS = (
    "强化路面管控。县公安局交警大队要在国道107沿线设置检查站，查处酒驾100起以上",
    "加强源头监管。县交通运输局负责客运企业检查，“会战”期间每周开展2次夜查",
    "开展宣传教育。各乡镇人民政府组织摩托车驾驶人学习《道路交通安全法》，6月底前完成",
)


def _plan(chapters: int) -> str:
    """A plan with a title, an opening that defines a name, numbered chapters and items, and a signature."""
    lines = ["禾丰县道路交通安全工作方案", "", "各乡镇人民政府，县直有关部门：", ""]
    lines += ["为推进禾丰县道路交通安全百日会战（以下简称“会战”），制定本方案。", ""]
    for chapter in range(1, chapters + 1):
        lines.append(f"{chinese(chapter)}、抓好第{chapter}项工作")
        for n, item in enumerate(_ITEMS, 1):
            first = "（责任单位：县公安局、县教育局，列第一位的为牵头单位，下同）" if chapter == n == 1 else ""
            lines.append(f"（{chinese(n)}）{item}。{first or '（县公安局、县教育局）'}")
    return "\n".join([*lines, "", "禾丰县人民政府", "2024年3月5日", ""])


def _in_pieces(text: str, monkeypatch: pytest.MonkeyPatch, own: int = 700) -> Extraction:
    monkeypatch.setattr(pipeline, "LONGEST", own)
    monkeypatch.setattr(pieces, "OWN", own)
    monkeypatch.setattr(pieces, "HEAD", 200)
    monkeypatch.setattr(pieces, "TAIL", 60)
    return extract(text)


def test_pieces_give_what_the_whole_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sections with their paths, mentions, links, issuer, short names and roles that an early bracket declares."""
    text = _plan(30)
    whole = extract(text)
    parts = _in_pieces(text, monkeypatch)
    assert len(text) > 4 * pieces.OWN
    assert parts.sections == whole.sections
    assert [_shown(m) for m in parts.mentions] == [_shown(m) for m in whole.mentions]
    assert {_facts(k) for k in parts.links} == {_facts(k) for k in whole.links}
    assert parts.profile == whole.profile
    assert parts.notes == whole.notes


def _shown(mention: Mention) -> tuple[object, ...]:
    return mention.type, mention.start, mention.end, mention.text, mention.name, mention.identity


def _facts(link: Link) -> tuple[object, ...]:
    ends = ((m.type, m.start, m.end) for m in (link.head, link.tail))
    return (link.rel, *ends, link.start, link.end, link.rule, link.role_zh, link.implicit, link.basis)


@pytest.mark.parametrize("own", [300, 1_000, 3_000])
def test_the_graph_of_a_text_in_pieces_is_valid(own: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fact quotes the text, whatever the size of the pieces, and no task has the path of another."""
    text = _plan(12) + "\n\n附件：1.任务表\n\n" + _plan(12)
    found = _in_pieces(text, monkeypatch, own)
    check_document_graph(assemble(found, "folder/long.txt", sha256=text_sha256(text)))
    paths = [m.attributes["path"] for m in found.mentions if m.type == "Task"]
    assert len(paths) == len(set(paths)) > 70
    assert [m.start for m in found.mentions] == sorted(m.start for m in found.mentions)


def test_a_table_that_goes_on_keeps_its_head(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows far from the head of their table still have owners, each row a path of its own."""
    rows = [f"{n}\t整治第{n}处事故多发路段隐患\t县公安局\t2024年6月底前" for n in range(1, 81)]
    text = "\n".join(["禾丰县隐患整治责任分工表", "序号\t整治内容\t责任单位\t完成时限", *rows, ""])
    found = _in_pieces(text, monkeypatch, 500)
    tasks = [m for m in found.mentions if m.type == "Task"]
    assert len(tasks) == len({m.attributes["path"] for m in tasks}) == 80
    assert len({k.tail.start for k in found.links if k.rel == "LEADS" and k.head.text == "县公安局"}) == 80


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("甲。\n一、乙\n（一）丙。\n（二）丁。\n二、戊\n（一）己。\n（二）庚。\n", "丁。\n"),
        ("甲乙。\n丙丁戊。\n己庚辛，壬\n癸", "丙丁戊。\n"),
        ("甲乙，丙。丁戊，己庚", "丙。"),
        ("甲乙，丙丁、戊己", "丙丁、"),
        ("甲乙丙丁", "甲乙丙丁"),
        ("甲。\n禾丰县公安局\n2024年3月5日\n通知\n二、乙\n三、丙", "2024年3月5日\n"),
    ],
)
def test_a_text_is_cut_at_the_best_place(text: str, after: str) -> None:
    """After a signature, before the most senior heading, after a paragraph, a sentence, a comma; else anywhere."""
    assert text[: pieces.cut_before(text, 0, len(text))].endswith(after)


def test_what_crosses_a_seam_has_no_place() -> None:
    """A span of two stretches is none of the text; offsets in one stretch lead back to it."""
    piece, text = pieces.Piece(((0, 4), (10, 14)), (10, 14)), "零一二三四五六七八九十百千万亿"
    assert piece.text(text) == "零一二三\n十百千万"
    places = pieces.Places(piece, text)
    assert places.span(1, 3) == (1, 3)
    assert places.span(5, 9) == (10, 14)
    assert places.span(3, 6) is None
    assert places.span(4, 5) is None
    assert [places.own(n) for n in (3, 5, 8, 9)] == [False, True, True, False]
