"""Word documents: the text as printed."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn

from graph.errors import LimitExceeded, UnreadableFile
from ingest.limits import Limits
from ingest.loaders import load_bytes
from ingest.loaders.numbering import Numbering
from tests.unit.ingest.loaders.make import element, plain_word, word, zipped


def lines(fill: Callable[[Any], None]) -> list[str]:
    return load_bytes(word(fill), "要点.docx", Limits()).text.split("\n")


def numbered(document: Any, levels: list[tuple[str, str]], num_id: int, extra: str = "") -> None:
    """Define list ``num_id`` with (numFmt, lvlText) for each level."""
    root = document.part.numbering_part.element
    body = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (style, text) in enumerate(levels)
    )
    root.insert(0, element(f'<w:abstractNum w:abstractNumId="{num_id}">{body}</w:abstractNum>'))
    root.append(element(f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="{num_id}"/>{extra}</w:num>'))


def item(document: Any, text: str, num_id: int, level: int = 0) -> None:
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'))


def test_automatic_numbers_are_written_as_word_draws_them() -> None:
    """一、 （一） 1. with the counters of each level beginning again under the next heading."""

    def fill(document: Any) -> None:
        numbered(document, [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")], 77)
        for text, level in [
            ("总体要求", 0),
            ("整治", 0),
            ("头盔", 1),
            ("路检", 2),
            ("路查", 2),
            ("超载", 1),
            ("排查", 2),
        ]:
            item(document, text, 77, level)
        item(document, "", 77, 0)
        item(document, "保障", 77, 0)

    # The empty numbered paragraph prints no text, and Word counts it.
    expected = ["一、总体要求", "二、整治", "（一）头盔", "1.路检", "2.路查", "（二）超载", "1.排查", "四、保障"]
    assert lines(fill) == expected


def test_numbers_of_higher_levels_are_part_of_the_label() -> None:
    """1.2.1, also as decimals of Chinese headings; letters after a label keep a blank."""

    def fill(document: Any) -> None:
        numbered(document, [("chineseCounting", "第%1章"), ("decimal", "%1.%2"), ("decimal", "%2.%3.")], 77)
        root = document.part.numbering_part.element
        root.find(qn("w:abstractNum")).findall(qn("w:lvl"))[1].append(element("<w:isLgl/>"))
        for text, level in [("总则", 0), ("目的", 1), ("依据", 1), ("甲", 2)]:
            item(document, text, 77, level)

    assert lines(fill) == ["第一章 总则", "1.1 目的", "1.2 依据", "2.1.甲"]


def test_a_list_that_overrides_its_start_begins_again() -> None:
    """Two nums of one abstract list share counters unless one overrides the start."""

    def fill(document: Any) -> None:
        numbered(document, [("decimal", "%1.")], 77)
        root = document.part.numbering_part.element
        root.append(element('<w:num w:numId="78"><w:abstractNumId w:val="77"/></w:num>'))
        override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
        root.append(element(f'<w:num w:numId="79"><w:abstractNumId w:val="77"/>{override}</w:num>'))
        level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1)"/></w:lvl>'
        override = f'<w:lvlOverride w:ilvl="0">{level}</w:lvlOverride>'
        root.append(element(f'<w:num w:numId="80"><w:abstractNumId w:val="77"/>{override}</w:num>'))
        for text, num_id in [("a", 77), ("b", 78), ("c", 79), ("d", 79), ("e", 80)]:
            item(document, f"{text}项", num_id)

    assert lines(fill) == ["1.a项", "2.b项", "5.c项", "6.d项", "VII)e项"]


def test_levels_that_never_restart_go_on() -> None:
    """lvlRestart 0 counts through the whole document."""

    def fill(document: Any) -> None:
        numbered(document, [("chineseCounting", "%1、"), ("decimal", "%2.")], 77)
        document.part.numbering_part.element.find(qn("w:abstractNum")).findall(qn("w:lvl"))[1].append(
            element('<w:lvlRestart w:val="0"/>')
        )
        for text, level in [("甲", 0), ("子", 1), ("乙", 0), ("丑", 1)]:
            item(document, text, 77, level)

    assert lines(fill) == ["一、甲", "1.子", "二、乙", "2.丑"]


def test_numbering_comes_from_styles_too() -> None:
    """A style, or one it is based on, may carry the list; its level is the one that names the style."""

    def fill(document: Any) -> None:
        numbered(document, [("chineseCounting", "%1、"), ("chineseCounting", "（%2）")], 77)
        abstract = document.part.numbering_part.element.find(qn("w:abstractNum"))
        abstract.findall(qn("w:lvl"))[1].append(element('<w:pStyle w:val="Two"/>'))
        styles = document.styles.element
        properties = '<w:pPr><w:numPr><w:numId w:val="77"/></w:numPr></w:pPr>'
        styles.append(
            element(f'<w:style w:type="paragraph" w:styleId="One"><w:name w:val="One"/>{properties}</w:style>')
        )
        styles.append(
            element(f'<w:style w:type="paragraph" w:styleId="Two"><w:name w:val="Two"/>{properties}</w:style>')
        )
        styles.append(
            element(
                '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="One"/></w:style>'
            )
        )
        document.add_paragraph("总则", style="One")
        document.add_paragraph("目的", style="Two")
        document.add_paragraph("附则", style="Sub")
        off = document.add_paragraph("不编号", style="One")
        off._p.get_or_add_pPr().append(element('<w:numPr><w:numId w:val="0"/></w:numPr>'))

    assert lines(fill) == ["一、总则", "（一）目的", "二、附则", "不编号"]


def test_a_list_style_and_bullets() -> None:
    """A list that points to a list style takes its levels; a bullet is a bullet whatever its font's sign."""

    def fill(document: Any) -> None:
        numbered(document, [("bullet", "\uf0b7")], 77)
        root = document.part.numbering_part.element
        root.find(qn("w:abstractNum")).append(element('<w:styleLink w:val="L"/>'))
        root.insert(0, element('<w:abstractNum w:abstractNumId="90"><w:numStyleLink w:val="L"/></w:abstractNum>'))
        root.append(element('<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
        item(document, "巡查", 90)
        item(document, "无此级", 90, 5)
        item(document, "无此表", 12345)

    assert lines(fill) == ["• 巡查", "无此级", "无此表"]


def test_damaged_lists_are_read_as_far_as_they_go() -> None:
    """Levels that are not there, numbers that are none, a list without its definition, newer formats."""

    def fill(document: Any) -> None:
        numbered(document, [("", "（%1）"), ("decimal", "%1-%2-%9")], 77)
        root = document.part.numbering_part.element
        first = root.find(qn("w:abstractNum")).findall(qn("w:lvl"))[0]
        first.find(qn("w:start")).set(qn("w:val"), "一")
        first.remove(first.find(qn("w:numFmt")))
        first.append(
            element(
                '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
                '<mc:Choice><w:numFmt w:val="chineseCounting"/></mc:Choice></mc:AlternateContent>'
            )
        )
        root.append(element('<w:num w:numId="78"><w:abstractNumId w:val="999"/></w:num>'))
        item(document, "甲", 77)
        item(document, "乙", 77, 1)
        item(document, "丙", 78)

    assert lines(fill) == ["（一）甲", "一-1-乙", "丙"]
    assert Numbering(None).label("1", 0) == ""


def test_tables_stand_in_order_one_row_a_line() -> None:
    """Merged cells are said once and keep their columns; a frame of one column is not a table."""

    def fill(document: Any) -> None:
        document.add_paragraph("表前")
        table = document.add_table(3, 4)
        for row, texts in enumerate(
            [["任务", "单位", "", "时限"], ["", "牵头", "配合", ""], ["劝导", "大队", "教育局\n卫健局", "年底"]]
        ):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        table.cell(0, 0).merge(table.cell(1, 0))
        table.cell(0, 1).merge(table.cell(0, 2))
        document.add_paragraph("表后")
        frame = document.add_table(1, 1).cell(0, 0)
        frame.text = "框内一"
        frame.add_paragraph("框内二")

    table = ["任务\t单位\t\t时限", "\t牵头\t配合", "劝导\t大队\t教育局 卫健局\t年底"]
    assert lines(fill) == ["表前", *table, "表后", "框内一", "框内二"]


def test_tracked_changes_are_accepted() -> None:
    """What was deleted is not text, what was inserted is; a deleted paragraph mark joins two paragraphs."""

    def fill(document: Any) -> None:
        body = document.element.body
        new = [
            "<w:p><w:r><w:t>县交警大队</w:t></w:r><w:del><w:r><w:delText>配合</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>牵头</w:t></w:r></w:ins></w:p>",
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>",
            "<w:p><w:r><w:t>后半</w:t></w:r><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom></w:p>",
            "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>删行</w:t></w:r></w:p></w:tc></w:tr>"
            "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>"
            "<w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>末段</w:t></w:r></w:p>",
        ]
        for position, xml in enumerate(new):
            body.insert(position, element(xml))

    assert lines(fill) == ["县交警大队牵头", "前半后半", "\t甲\t乙", "末段"]


def test_runs_of_every_kind_are_read_and_hidden_ones_are_not() -> None:
    """Breaks, tabs, hyphens, links, content controls, text boxes once; no field codes, no hidden text."""
    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Choice><w:txbxContent><w:p><w:r><w:t>云公〔2031〕5号</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>重复</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent>"
    )

    def fill(document: Any) -> None:
        body = document.element.body
        body.insert(
            0,
            element(
                "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/></w:r>"
                "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
                "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r>"
                "<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>"
                f"<w:r>{box}</w:r></w:p>"
            ),
        )
        body.insert(1, element("<w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>"))

    assert lines(fill) == ["甲\t乙", "丙-显链接", "云公〔2031〕5号", "控件"]


def test_headers_footers_and_contents_are_dropped_and_footnotes_appended() -> None:
    """A table of contents would say every heading twice; the report tells that it was left out."""

    def fill(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "页眉"
        document.sections[0].footer.paragraphs[0].text = "第1页"
        document.styles.element.append(
            element('<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>')
        )
        document.add_paragraph("一、总则\t1", style="toc 1")
        document.add_paragraph("二、附则\t9", style="toc 1")
        document.add_paragraph("正文")
        notes = (
            f"<w:footnotes {nsdecls('w')}>"
            "<w:footnote w:type='separator'><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote>"
            "<w:footnote><w:p><w:r><w:t>脚注内容</w:t></w:r></w:p></w:footnote></w:footnotes>"
        )
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, notes.encode(), document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    file = load_bytes(word(fill), "要点.docx", Limits())
    assert file.text == "正文\n脚注内容"
    assert file.notes == ("目录未载入",)


def test_styles_based_on_each_other_in_a_loop_end() -> None:
    """A damaged style sheet is no endless loop."""

    def fill(document: Any) -> None:
        for name, base in (("A1", "B1"), ("B1", "A1")):
            inside = f'<w:name w:val="{name}"/><w:basedOn w:val="{base}"/>'
            xml = f'<w:style w:type="paragraph" w:styleId="{name}">{inside}</w:style>'
            document.styles.element.append(element(xml))
        document.add_paragraph("正文", style="A1")

    assert lines(fill) == ["正文"]


def replaced(part: str, content: str) -> bytes:
    """A .docx with one part exchanged."""
    import zipfile

    source = zipfile.ZipFile(BytesIO(plain_word("云岭县")))
    members: dict[str, bytes | str] = {name: source.read(name) for name in source.namelist()}
    return zipped({**members, part: content})


def test_entities_are_neither_fetched_nor_expanded() -> None:
    """XXE and billion laughs do nothing: the file is refused or read without them."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE d [<!ENTITY a0 "哈"><!ENTITY x SYSTEM "file:///etc/passwd">{laughs}]>'
    body = f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>云岭&x;&a11;县</w:t></w:r></w:p></w:body></w:document>"
    try:
        text = load_bytes(replaced("word/document.xml", doctype + body), "a.docx", Limits()).text
    except UnreadableFile:
        return
    assert "root:" not in text
    assert len(text) < 1000


def test_xml_nested_beyond_reason_is_a_sentence() -> None:
    """Not a crash of the parser."""
    deep = f"<w:document {nsdecls('w')}><w:body>" + "<w:sdt>" * 100_000
    with pytest.raises(UnreadableFile, match="not a sound"):
        load_bytes(replaced("word/document.xml", deep), "a.docx", Limits())


def test_a_document_that_unpacks_to_too_much_is_refused_unread() -> None:
    """By what its directory declares, before anything is unpacked."""
    data = replaced("word/document.xml", " " * 3_000_000)
    with pytest.raises(LimitExceeded, match="ZHIZE_MAX_XML_BYTES"):
        load_bytes(data, "a.docx", Limits(xml_bytes=1_000_000))


def test_damaged_and_empty_documents_are_sentences() -> None:
    """Each names the file."""
    whole = plain_word("云岭县")
    for data in (
        whole[: len(whole) // 2],
        whole[:100] + b"\xff" * 50 + whole[150:],
        replaced("word/document.xml", "<x"),
    ):
        with pytest.raises(UnreadableFile, match=r"a\.docx"):
            load_bytes(data, "a.docx", Limits())
    with pytest.raises(UnreadableFile, match="no text"):
        load_bytes(plain_word("", " "), "a.docx", Limits())
    assert docx.Document(BytesIO(whole)).paragraphs[0].text == "云岭县"
