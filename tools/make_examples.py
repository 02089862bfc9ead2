"""Write the example documents that cannot be read in a text editor, from the readable texts in ``tools/examples/``.

    python tools/make_examples.py [FOLDER]        (default: examples/)

Word with automatic numbering and a table, PDF, legacy encodings, a zip: the forms in which policy documents really
arrive, so that loading ``examples/`` exercises every loader. The same texts give the same content on every machine.

Markup of the Word texts: ``^`` centred title, ``#`` and ``##`` numbered paragraphs of the first and second level
(the numbers are Word's, not in the text), ``|`` a row of a table.
"""

from __future__ import annotations

import datetime
import io
import re
import sys
import zipfile
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from reportlab.lib.pagesizes import A5
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

TEXTS = Path(__file__).parent / "examples"
WRITTEN = (2024, 1, 1, 0, 0, 0)  # no file says when it was made
LEVEL = (
    '<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="{text}"/></w:lvl>'
)
NUMBERING = (
    f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>'
    + LEVEL.format(level=0, text="%1、")
    + LEVEL.format(level=1, text="（%2）")
    + "</w:abstractNum>"
)
NUMBERED_BY = f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'
PDF_LINE, PDF_LINES = 24, 19  # characters a line, lines a page


def main(folder: Path) -> None:
    for path, data in examples().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def examples() -> dict[str, bytes]:
    """Path within the examples folder → the file's bytes."""
    return {
        "望岭县/交警大队2023年工作要点.txt": text("望岭县交警大队2023年工作要点").encode("gb18030"),
        "禾丰县/夏季百日会战通知.txt": text("禾丰县夏季百日会战通知").encode("utf-16"),
        "澜川市/2024年一盔一带实施方案.docx": word(text("澜川市2024年一盔一带实施方案")),
        "望岭县/2024年农村道路重点任务分解表.docx": word(text("望岭县2024年农村道路重点任务分解表")),
        "澜川市/2024年一盔一带工作总结.pdf": pdf(text("澜川市2024年一盔一带工作总结")),
        "澜川市/内部资料.zip": packed(
            {
                "农村道路部门职责.txt": text("农村道路部门职责").encode(),
                "支队堵点治理任务分解.txt": text("支队堵点治理任务分解").encode(),
            }
        ),
    }


def text(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8")


def word(marked: str) -> bytes:
    document = Document()
    numbering = document.part.numbering_part.element
    # The schema wants every abstractNum before the first num.
    numbering.insert(0, parse_xml(NUMBERING))
    numbering.append(parse_xml(NUMBERED_BY))
    rows: list[list[str]] = []
    for line in marked.splitlines():
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        else:
            _paragraph(document, line)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for row in rows:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = value
    properties = document.core_properties
    properties.author = properties.last_modified_by = "zhize"
    properties.created = properties.modified = datetime.datetime(*WRITTEN)
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as parts:
        return packed({name: parts.read(name) for name in parts.namelist()})


def _paragraph(document: WordDocument, line: str) -> None:
    mark, _, rest = line.partition(" ")
    if mark not in ("^", "#", "##"):
        document.add_paragraph(line)
        return
    paragraph = document.add_paragraph(rest)
    if mark == "^":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().set(qn("w:val"), str(len(mark) - 1))
    properties.get_or_add_numId().set(qn("w:val"), "90")


def pdf(plain: str) -> bytes:
    """Lines broken in mid-sentence and page numbers between them, as print shops leave them."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    title, *body, issuer, date = plain.splitlines()
    lines = [title, *(line for paragraph in body for line in _set("　　" + paragraph)), issuer, date]
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A5, invariant=True, pageCompression=0)
    canvas.setTitle(title)
    for number, start in enumerate(range(0, len(lines), PDF_LINES), 1):
        canvas.setFont("STSong-Light", 12)
        for row, line in enumerate(lines[start : start + PDF_LINES]):
            canvas.drawString(60, 540 - 22 * row, line)
        canvas.drawCentredString(A5[0] / 2, 30, f"— {number} —")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _set(paragraph: str) -> list[str]:
    """A paragraph as printed lines; none breaks inside a number."""
    lines = [""]
    for piece in re.findall(r"[0-9.%]+|.", paragraph):
        if len(lines[-1]) + len(piece) > PDF_LINE:
            lines.append("")
        lines[-1] += piece
    return lines


def packed(members: dict[str, bytes]) -> bytes:
    """A zip without the time of packing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, WRITTEN), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "examples")
