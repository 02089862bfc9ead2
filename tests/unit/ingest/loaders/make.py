"""Real files of every format, made by the libraries that write them. Places are fictitious."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

PLAN = (
    "云岭县2031年道路交通安全工作要点\n"
    "一、开展“一盔一带”守护行动。县公安局交警大队牵头，县教育局配合，（责任单位：各乡镇人民政府）\r\n"
    "　　（一）头盔佩戴率达到95%以上，12月底前完成；\n"
    "二、排查107国道×省道平交路口①处。\n"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def pdf(*pages: list[str], encrypt: StandardEncryption | str | None = None) -> bytes:
    """A PDF with a line of text for every string."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    data = BytesIO()
    sheet = canvas.Canvas(data, encrypt=encrypt)
    for page in pages:
        sheet.setFont("STSong-Light", 12)
        for number, line in enumerate(page):
            sheet.drawString(50, 800 - 20 * number, line)
        sheet.showPage()
    sheet.save()
    return data.getvalue()


def word(fill: Callable[[Any], None]) -> bytes:
    """A .docx that ``fill`` was given to write in."""
    document = docx.Document()
    fill(document)
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def plain_word(*paragraphs: str) -> bytes:
    return word(lambda document: [document.add_paragraph(text) for text in paragraphs] and None)


def element(xml: str) -> Any:
    """A piece of WordprocessingML with its namespaces."""
    head, _, tail = xml.partition(">")
    close = "/" if head.endswith("/") else ""
    return parse_xml(f"{head.removesuffix('/')} {nsdecls('w')}{close}>{tail}")


def zipped(members: Mapping[str, bytes | str], path: Any = None) -> bytes:
    """A zip of ``members``; written to ``path`` when given."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    if path is not None:
        path.write_bytes(data.getvalue())
    return data.getvalue()
