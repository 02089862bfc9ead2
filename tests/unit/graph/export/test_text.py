"""Text survives every format, and does no harm in the program that opens it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from xml.etree import ElementTree

import pytest

from graph.export.csv_files import csv_text
from graph.export.cypher import literal
from graph.export.jsonld import context
from graph.export.packing import opened
from graph.export.text import guarded, json_line, xml_characters, xml_text

HOSTILE = [
    "<script>alert(1)</script>&amp;",
    "=cmd|' /C calc'!A0",
    "一行\n两行\r\n三行\t止",
    "🚦\u202eحافلة\u200b",
    "他说\"是\"、'否'",
    "C:\\users\\u0027 \\\\u005c",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_xml_gives_a_text_back(text: str) -> None:
    """Markup, quotes and line breaks come out of a parser as they went in, as content and as an attribute."""
    parsed = ElementTree.fromstring(f'<a b="{xml_text(text)}">{xml_text(text)}</a>')
    assert (parsed.text, parsed.get("b")) == (text, text)


def test_what_xml_cannot_hold_keeps_its_place() -> None:
    """Control characters and lone surrogates become U+FFFD, one for one: offsets stay true."""
    text = "前\x00\x0b\x1f\ud800\uffff后"
    assert xml_characters(text) == "前\ufffd\ufffd\ufffd\ufffd\ufffd后"
    assert ElementTree.fromstring(f"<a>{xml_text(text)}</a>").text == xml_characters(text)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5%", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1"])
def test_no_csv_cell_is_a_formula(text: str) -> None:
    """What could begin a formula is led by an apostrophe; taking one away gives the text back."""
    (row,) = csv.reader(io.StringIO(csv_text([[text]]), newline=""))
    assert row == ["'" + text]
    assert guarded("货车") == "货车"


def test_numbers_of_csv_stay_numbers() -> None:
    """A negative number is no formula, a list is JSON, absent is empty."""
    (row,) = csv.reader(io.StringIO(csv_text([[-9.0, True, ["一", "二"], None]]), newline=""))
    assert row == ["-9.0", "true", '["一","二"]', ""]


def test_json_holds_what_utf8_cannot() -> None:
    """A lone surrogate is written with escapes and read back as it was."""
    value = {"quote": "甲\ud800乙", "a": 1}
    assert json.loads(json_line(value)) == value
    assert json_line({"b": "甲", "a": 1}) == '{"a":1,"b":"甲"}\n'.encode()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("它's", "'它\\'s'"),
        ("a\\b", "'a\\\\b'"),
        ("a\\u0027", "'a\\\\'+'u0027'"),
        ("一\n二\x00\u2028", "'一\\n二\\u0000\\u2028'"),
        (True, "true"),
        (-9.0, "-9.0"),
        (1e20, "1e20"),
        (["甲", 2.5], "['甲', 2.5]"),
    ],
)
def test_a_cypher_literal_cannot_end_early(value: str | bool | float, written: str) -> None:
    """Quotes, backslashes and line ends are escaped, and no backslash is left before a u."""
    assert literal(value) == written  # type: ignore[arg-type]


def test_a_zip_does_not_tell_the_time() -> None:
    """The same files give the same bytes on any day."""

    def packed() -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive, opened(archive, "一.csv") as file:
            file.write(b"a")
        return buffer.getvalue()

    assert packed() == packed()
    (info,) = zipfile.ZipFile(io.BytesIO(packed())).infolist()
    assert info.date_time == (1980, 1, 1, 0, 0, 0)


def test_the_context_knows_every_word_of_the_ontology() -> None:
    """Labels, relation types and properties all have an IRI: nothing is dropped when JSON-LD is read."""
    from graph.export.properties import node_columns, relation_columns
    from graph.ontology import ontology

    terms = context()["@context"]
    words = {*ontology().nodes, *ontology().relations, *relation_columns()}
    words |= {name for label in ontology().nodes for name in node_columns(label)}
    assert words - terms.keys() == {"id", "key"}
