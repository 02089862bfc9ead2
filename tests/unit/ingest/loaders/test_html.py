"""HTML: what a reader sees, nothing else."""

from __future__ import annotations

import pytest

from graph.errors import UnreadableFile
from ingest.limits import Limits
from ingest.loaders import load_bytes


def text_of(markup: str | bytes, encoding: str = "utf-8") -> str:
    data = markup if isinstance(markup, bytes) else markup.encode(encoding)
    return load_bytes(data, "page.html", Limits()).text


def test_blocks_are_lines_and_inline_markup_is_not() -> None:
    """A line break of the source is not one of the text; <br> is."""
    markup = "<h1>云岭县<b>工作</b>要点</h1><p>一、总体\n  要求，\n按 “A  B” 执行<br>第二行</p><ul><li>甲<li>乙</ul>尾"
    assert text_of(markup) == "云岭县工作要点\n一、总体要求，按 “A B” 执行\n第二行\n甲\n乙\n尾"


def test_scripts_styles_and_hidden_parts_are_dropped() -> None:
    """Also comments, templates, forms' choices and pinyin above characters."""
    markup = (
        "<head><style>p{}</style></head><body><script>var a='脚本'</script><!-- 注释 --><template>模板</template>"
        "<p hidden>藏一</p><div style='color:red; DISPLAY : none'>藏二</div><span style='visibility:hidden'>藏三</span>"
        "<select><option>选项</option></select><ruby>云<rt>yún</rt></ruby>岭</body>"
    )
    assert text_of(markup) == "云岭"


def test_a_table_is_one_row_a_line_with_tabs() -> None:
    """A merged cell is said once and keeps its columns; blocks within a cell do not break the row."""
    markup = (
        "<p>前</p><table><caption>分工表</caption><tr><th rowspan=2>任务</th><th colspan=2>单位</th><th>时限</th></tr>"
        "<tr><td>牵头</td><td>配合</td><td></td></tr><tr style='display:none'><td>藏</td><td>x</td></tr>"
        "<tr><td><p>巡查</p><p>劝导</p></td><td>交警\n大队</td><td hidden>藏</td><td>教育局</td></tr></table>后"
    )
    expected = "前\n分工表\n任务\t单位\t\t时限\n\t牵头\t配合\n巡查 劝导\t交警大队\t教育局\n后"
    assert text_of(markup) == expected


def test_a_page_laid_out_with_a_table_keeps_its_lines() -> None:
    """One column, nested tables, headings or very long cells mean layout."""
    assert text_of("<table><tr><td><p>一</p><p>二</p></td></tr></table>") == "一\n二"
    nested = "<table><tr><td>导航</td><td><table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table>"
    assert text_of(nested) == "导航\n甲\t乙"
    long = "<table><tr><td>左</td><td>" + "<p>段</p>" * 11 + "</td></tr></table>"
    assert text_of(long) == "左" + "\n段" * 11


def test_preformatted_text_keeps_its_lines_and_blanks() -> None:
    """Some offices publish plain text in <pre>."""
    assert text_of("<p>前</p><pre>\n一、  甲\n  <b>二</b>、乙\n</pre>后") == "前\n一、  甲\n  二、乙\n后"


def test_the_title_is_the_first_line_only_when_the_body_does_not_say_it() -> None:
    """Nothing is said twice."""
    assert text_of("<title>云岭县要点</title><p>正文</p>") == "云岭县要点\n正文"
    assert text_of("<title> 云岭县要点 </title><h1>云岭县要点</h1><p>正文</p>") == "云岭县要点\n正文"


PAGE = (
    "<html><head><meta charset={0}><title>云岭县</title></head><body>道路交通安全工作要点已经县政府同意</body></html>"
)
READ = "云岭县\n道路交通安全工作要点已经县政府同意"


@pytest.mark.parametrize(
    ("declared", "actual"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("utf-8", "utf-8"),
        ("utf-8", "gb18030"),  # declared wrongly
        ("gb2312", "utf-8"),
        ("gb2312", "utf-8-sig"),
        ("utf-8", "utf-16"),
        ("iso-8859-1", "utf-8"),
        ("x-unknown", "gb18030"),
    ],
)
def test_the_charset_is_what_the_bytes_are(declared: str, actual: str) -> None:
    """A wrong declaration does not make mojibake."""
    assert text_of(PAGE.format(declared).encode(actual)) == READ


def test_a_page_in_big5_is_read_when_it_says_so() -> None:
    """Traditional pages declare it; without the declaration it is refused."""
    markup = "<meta charset=big5><p>雲嶺縣道路交通安全委員會工作要點</p>"
    assert text_of(markup, "big5") == "雲嶺縣道路交通安全委員會工作要點"


def test_xhtml_and_markup_with_a_prolog_are_html() -> None:
    """The XML declaration is no text."""
    markup = (
        '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body><p>云岭</p></body></html>'
    )
    assert text_of(markup) == "云岭"


def test_ten_thousand_levels_of_nesting_are_read() -> None:
    """Depth is no attack: nothing here recurses."""
    assert text_of("<div>" * 10_000 + "深处" + "</div>" * 10_000 + "<p>之后</p>") == "深处\n之后"
    assert "深处" in text_of("<table><tr><td>" * 10_000 + "深处")


def test_entities_of_a_hostile_doctype_are_not_expanded() -> None:
    """Neither a local file nor a billion laughs gets in."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    markup = f'<!DOCTYPE html [<!ENTITY a0 "哈"><!ENTITY x SYSTEM "file:///etc/passwd">{laughs}]><p>云岭&a9;&x;</p>'
    text = text_of(markup)
    assert "云岭" in text
    assert "root:" not in text
    assert len(text) < 3000


def test_absurd_spans_are_bounded() -> None:
    """A cell that claims a million columns gets a hundred."""
    text = text_of("<table><tr><td colspan=1000000 rowspan=x>甲</td><td>乙</td></tr></table>")
    assert text == "甲" + "\t" * 100 + "乙"


@pytest.mark.parametrize(
    "markup", ["<html><body></body></html>", "<html><title>只有标题</title></html>", "<script>x</script>"]
)
def test_a_page_without_text_is_a_sentence(markup: str) -> None:
    """A title alone is no document."""
    with pytest.raises(UnreadableFile, match=r"page\.html"):
        text_of(markup)
