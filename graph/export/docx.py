"""Word documents with one table as an office prints it: A4 landscape, the header row on every page, page numbers.

python-docx makes the frame (page, styles, title, header row); the rows are written into it as they come, because a
table of thousands of rows takes it minutes.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import IO, Any
from zipfile import ZipFile

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from graph.errors import TooManyRows
from graph.export.office import Cell, Table
from graph.export.packing import member, opened
from graph.export.text import xml_characters, xml_text

MAX_ROWS = 5_000
"""Rows of a document: some 400 pages, beyond which Word becomes slow and nobody reads on."""
_BODY = "word/document.xml"
_FONTS = "word/fontTable.xml"
_END_OF_TABLE = b"</w:tbl>"
_WIDTH = 15_100
"""Of the table, in twentieths of a point: A4 landscape less its margins."""
_HINT = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
"""Quotation marks and dashes are Chinese ones, as wide as a character, not those of the Latin font."""
_FONT_TABLE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:font w:name="仿宋"><w:altName w:val="FangSong"/><w:charset w:val="86"/><w:family w:val="modern"/></w:font>'
    '<w:font w:name="黑体"><w:altName w:val="SimHei"/><w:charset w:val="86"/><w:family w:val="modern"/></w:font>'
    '<w:font w:name="Times New Roman"><w:charset w:val="00"/><w:family w:val="roman"/></w:font>'
    "</w:fonts>"
)
"""Where a machine lacks the fonts by their Chinese names, the names other systems have them under."""


class Docx:
    """One table as a Word document into ``file``: rows, then ``end``."""

    def __init__(self, file: IO[bytes], table: Table) -> None:
        self._table = table
        self._rows = 0
        total = sum(heading.width for heading in table.headings)
        self._widths = [heading.width * _WIDTH // total for heading in table.headings]
        with ZipFile(io.BytesIO(_frame(table, self._widths))) as frame:
            self._archive = ZipFile(file, "w")
            for name in frame.namelist():
                if name not in (_BODY, _FONTS):
                    self._archive.writestr(member(name), frame.read(name))
            self._archive.writestr(member(_FONTS), _FONT_TABLE.encode("utf-8"))
            before, self._after = frame.read(_BODY).split(_END_OF_TABLE)
        self._body = opened(self._archive, _BODY)
        self._body.write(before)

    def row(self, cells: Sequence[Cell]) -> None:
        """Append a row; a line feed in a cell begins a new line. Raises TooManyRows."""
        self._rows += 1
        if self._rows > MAX_ROWS:
            raise TooManyRows(what=self._table.title, format="docx", limit=MAX_ROWS)
        written = "".join(
            _cell(value, width, heading.centred)
            for value, width, heading in zip(cells, self._widths, self._table.headings, strict=True)
        )
        self._body.write(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{written}</w:tr>".encode())

    def end(self) -> None:
        self._body.write(_END_OF_TABLE + self._after)
        self._body.close()
        self._archive.close()


def _cell(value: Cell, width: int, centred: bool) -> str:
    align = '<w:jc w:val="center"/>' if centred else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{xml_text(line)}</w:t>'
        for line in ("" if value is None else str(value)).splitlines()
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="Cell"/>{align}</w:pPr><w:r>{_HINT}{lines}</w:r></w:p></w:tc>'
    )


def _frame(table: Table, widths: Sequence[int]) -> bytes:
    """A document with everything but the rows."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.8)
    _style(document, "Cell", "仿宋", 9)
    _style(document, "Head", "黑体", 10, centred=True)
    _style(document, "Note", "仿宋", 9)
    _style(document, "Headline", "黑体", 18, centred=True)
    document.add_paragraph(xml_characters(table.title), style="Headline")
    document.add_paragraph(xml_characters(table.note), style="Note")
    _header_row(document, table, widths)
    _page_numbers(section.footer.paragraphs[0])
    core = document.core_properties
    core.author, core.comments, core.title = "zhize", "", xml_characters(table.title)
    # A fixed day, as in the zip: the same list gives the same bytes.
    core.created = core.modified = dt.datetime(1980, 1, 1)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _style(document: Any, name: str, font: str, size: float, *, centred: bool = False) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.name, style.font.size = "Times New Roman", Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
    if centred:
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _header_row(document: Any, table: Table, widths: Sequence[int]) -> None:
    made = document.add_table(rows=1, cols=len(table.headings))
    made.style = "Table Grid"
    made.autofit = False
    for column, width in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.set(qn("w:w"), str(width))
    for cell, heading, width in zip(made.rows[0].cells, table.headings, widths, strict=True):
        cell.width = width * 635  # twentieths of a point in English Metric Units
        paragraph = cell.paragraphs[0]
        paragraph.style = "Head"
        paragraph.add_run(xml_characters(heading.text))
    properties = made.rows[0]._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader"):
        properties.append(OxmlElement(name))


def _page_numbers(paragraph: Any) -> None:
    """``PAGE / NUMPAGES``, counted by the program that opens the file."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for code, after in (("PAGE", " / "), ("NUMPAGES", "")):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), code)
        shown, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = "1"
        shown.append(text)
        field.append(shown)
        paragraph._p.append(field)
        if after:
            paragraph.add_run(after)
