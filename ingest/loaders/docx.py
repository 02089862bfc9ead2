"""Word documents (.docx): the text as printed, with the numbers Word draws, without what a reviewer deleted.

python-docx opens the package (entities are not resolved, nothing is fetched); the body is walked here because its
paragraph text knows neither numbering nor tracked changes nor text boxes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from ingest.limits import Limits
from ingest.loaders.base import LoadedFile, finish, unreadable
from ingest.loaders.encoding import check_text
from ingest.loaders.lines import table_row
from ingest.loaders.numbering import Numbering

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SKIPPED = frozenset(
    {
        *map(qn, ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:rPr", "w:pPr", "w:rt", "w:sdtPr")),
        f"{_MC}Fallback",
    }
)
_TRANSPARENT = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")))
_TEXT_BOX = qn("w:txbxContent")
_MAX_STYLES = 50
"""Longest chain of styles based on each other that is followed: a loop ends here."""


def load_docx(data: bytes, name: str, limits: Limits) -> LoadedFile:
    """Paragraphs and tables in document order, then foot- and endnotes. Headers, footers and comments are dropped."""
    _check_size(data, name, limits)
    package = Document(BytesIO(data))
    reader = _Reader(package)
    lines = list(reader.blocks(package.element.body))
    lines += reader.notes()
    text = "\n".join(lines)
    if not text.strip():
        raise unreadable(name, "no-text")
    check_text(text, name)
    return finish(text, data, name, MEDIA_TYPE, tuple(reader.remarks), limits)


def _check_size(data: bytes, name: str, limits: Limits) -> None:
    """A .docx is a zip: refuse one that unpacks to more than is allowed, before it is unpacked."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
    limits.check(name, len(members), "zip_files", " files")
    limits.check(name, sum(m.file_size for m in members), "zip_bytes")
    limits.check(name, sum(m.file_size for m in members if m.filename.endswith((".xml", ".rels"))), "xml_bytes")


class _Reader:
    def __init__(self, package: Any) -> None:
        self.remarks: list[str] = []
        self._part = package.part
        self._styles = {s.get(qn("w:styleId")): s for s in package.styles.element.findall(qn("w:style"))}
        self._default = next((k for k, s in self._styles.items() if _is_default(s)), "")
        self._numbering = Numbering(self._related("numbering"))

    def blocks(self, parent: Any) -> Iterator[str]:
        """Lines of a body, cell, text box or note. A paragraph whose mark was deleted runs on into the next."""
        pending = ""
        for child in _children(parent):
            if child.tag == qn("w:p"):
                text, boxes = self._paragraph(child)
                if _mark_deleted(child):
                    pending += text
                else:
                    yield from _lines(pending + text)
                    pending = ""
                for box in boxes:
                    yield from self.blocks(box)
            else:
                yield from self._table(child)
        yield from _lines(pending)

    def notes(self) -> Iterator[str]:
        """Foot- and endnotes, one after the other, without the separators Word keeps among them."""
        for kind in ("footnotes", "endnotes"):
            root = self._related(kind)
            for note in [] if root is None else root:
                if note.get(qn("w:type")) in (None, "normal"):
                    yield from self.blocks(note)

    def _related(self, kind: str) -> Any | None:
        parts: list[Part] = [r.target_part for r in self._part.rels.values() if r.reltype.endswith(f"/{kind}")]
        return parse_xml(parts[0].blob) if parts else None

    def _paragraph(self, paragraph: Any) -> tuple[str, list[Any]]:
        if self._is_contents(paragraph):
            if "目录未载入" not in self.remarks:
                self.remarks.append("目录未载入")
            return "", []
        pieces: list[str] = []
        boxes: list[Any] = []
        _inline(paragraph, pieces, boxes)
        text = "".join(pieces)
        # Word counts an empty numbered paragraph too, and draws its number.
        label = self._label(paragraph)
        if label and text.strip():
            text = label + (" " if label[-1].isalnum() or label[-1] == "•" else "") + text.lstrip()
        return text, boxes

    def _label(self, paragraph: Any) -> str:
        num_id, ilvl = self._list_of(paragraph)
        return self._numbering.label(num_id, ilvl) if num_id not in ("", "0") else ""

    def _list_of(self, paragraph: Any) -> tuple[str, int]:
        """(numId, level): the paragraph's own, else its style's or that of a style it is based on."""
        own_id, own_level = _list_properties(paragraph)
        if own_id:
            return own_id, int(own_level or 0)
        for style in self._chain(_style_id(paragraph) or self._default):
            num_id, level = _list_properties(style)
            if num_id:
                named = own_level or level
                found = int(named) if named else self._numbering.level_of_style(num_id, style.get(qn("w:styleId")))
                return num_id, found
        return "", 0

    def _chain(self, style_id: str) -> Iterator[Any]:
        for _ in range(_MAX_STYLES):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = _attribute(style.find(qn("w:basedOn")))

    def _is_contents(self, paragraph: Any) -> bool:
        """Entries of the table of contents repeat the headings: they are not text."""
        style = self._styles.get(_style_id(paragraph))
        name = "" if style is None else _attribute(style.find(qn("w:name"))).lower()
        return name.startswith("toc ") and name[4:].isdigit()

    def _table(self, table: Any) -> Iterator[str]:
        rows = [row for row in _children(table, "w:tr") if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]
        grid = [list(_children(row, "w:tc")) for row in rows]
        # One column: a frame round text, not a table.
        if all(len(cells) <= 1 for cells in grid):
            for cell in (cell for cells in grid for cell in cells):
                yield from self.blocks(cell)
            return
        for row, cells in zip(rows, grid, strict=True):
            texts = [""] * _skipped_columns(row)
            for cell in cells:
                texts += [self._cell(cell), *[""] * (_width(cell) - 1)]
            if line := table_row(texts):
                yield line

    def _cell(self, cell: Any) -> str:
        merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merged is not None and merged.get(qn("w:val")) != "restart":
            return ""
        return " ".join(line.strip() for line in self.blocks(cell))


def _children(parent: Any, *wanted: str) -> Iterator[Any]:
    """Paragraphs and tables (or ``wanted``) of ``parent``, also inside content controls and tracked insertions."""
    tags = {qn(tag) for tag in wanted or ("w:p", "w:tbl")}
    stack = list(reversed(parent))
    while stack:
        child = stack.pop()
        if child.tag in tags:
            yield child
        elif child.tag in _TRANSPARENT:
            stack.extend(reversed(child))


def _inline(paragraph: Any, pieces: list[str], boxes: list[Any]) -> None:
    """Text of a paragraph in order; the text boxes anchored in it are collected apart."""
    stack = list(reversed(paragraph))
    while stack:
        item = stack.pop()
        tag = item.tag
        if tag in _SKIPPED or (tag == qn("w:r") and _is_hidden(item)):
            continue
        if tag == _TEXT_BOX:
            boxes.append(item)
        elif tag in (qn("w:t"), _MATH):
            pieces.append(item.text or "")
        elif tag == qn("w:tab"):
            pieces.append("\t")
        elif tag in (qn("w:br"), qn("w:cr")):
            pieces.append("\n")
        elif tag == qn("w:noBreakHyphen"):
            pieces.append("-")
        else:
            stack.extend(reversed(item))


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return vanish is not None and vanish.get(qn("w:val"), "1") not in ("0", "false", "off")


def _mark_deleted(paragraph: Any) -> bool:
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if line.strip():
            yield line.rstrip()


def _list_properties(element: Any) -> tuple[str, str]:
    base = f"{qn('w:pPr')}/{qn('w:numPr')}"
    return _attribute(element.find(f"{base}/{qn('w:numId')}")), _attribute(element.find(f"{base}/{qn('w:ilvl')}"))


def _style_id(paragraph: Any) -> str:
    return _attribute(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))


def _is_default(style: Any) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true", "on")


def _attribute(element: Any | None) -> str:
    return "" if element is None else str(element.get(qn("w:val"), ""))


def _width(cell: Any) -> int:
    span = _attribute(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"))
    return min(int(span), 100) if span.isdigit() and int(span) else 1


def _skipped_columns(row: Any) -> int:
    before = _attribute(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"))
    return min(int(before), 100) if before.isdigit() else 0
