"""PDF with a text layer. Lines that the page broke are joined again; page numbers go.

A PDF knows glyphs at places, not paragraphs: a line that reaches the right margin and does not end a sentence or
begin a heading runs on into the next. Scans and fonts without a character table are refused with the remedy.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import chain

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError

from ingest.limits import Limits
from ingest.loaders.base import LoadedFile, finish, unreadable
from ingest.loaders.encoding import read

# Without a handler its remarks on a damaged file reach the user's terminal beside our own sentence about that file.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–―－~·]+\s*\d{1,4}\s*[-—–―－~·]+|\d{1,4}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?)\s*"
)
# A number of an item (1. 一、), not a figure with a decimal point (98.6%).
_BEGINS = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]+[条章节]|[一二三四五六七八九十]+[、是要]|[（(][一二三四五六七八九十\d]+[)）]"
    r"|\d+(?:[.．](?!\d+ ?[%％‰万亿千百元米吨公])|[、)）])|[①-⑳㈠-㈩•●■◆]|附件|　　)"
)
_ENDS = re.compile(r".*[。！？；：:;!?]\s*")
FULL = 0.85
"""A line of this share of the usual full width was broken by the page."""


def load_pdf(data: bytes, name: str, limits: Limits) -> LoadedFile:
    """The text of all pages, in order."""
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        _unlock(reader, name)
        pages = list(_pages(reader, name, limits))
    except DependencyError:
        raise unreadable(name, "encrypted-aes") from None
    if not any(pages):
        raise unreadable(name, "scanned")
    text = "\n".join(join_lines(list(chain.from_iterable(pages))))
    reading = read(text)
    if reading.odd > reading.total / 5 or text.count("\ufffd") > len(text) / 100:
        raise unreadable(name, "pdf-font")
    empty = [str(number) for number, lines in enumerate(pages, start=1) if not lines]
    notes = (f"第 {'、'.join(empty[:20])} 页没有文字，可能是图片",) if empty else ()
    return finish(text, data, name, "application/pdf", notes, limits)


def _unlock(reader: PdfReader, name: str) -> None:
    """Many offices lock printing only: the empty password then opens the text."""
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise unreadable(name, "encrypted")


def _pages(reader: PdfReader, name: str, limits: Limits) -> Iterator[list[str]]:
    size = 0
    for page in reader.pages:
        text = page.extract_text()
        size += len(text)
        limits.check(name, size, "text_bytes")
        yield _without_number([line.rstrip() for line in text.splitlines() if line.strip()])


def _without_number(lines: list[str]) -> list[str]:
    if lines and _PAGE_NUMBER.fullmatch(lines[-1]):
        return lines[:-1]
    if lines and _PAGE_NUMBER.fullmatch(lines[0]):
        return lines[1:]
    return lines


def join_lines(lines: list[str]) -> list[str]:
    """Lines with those the page broke put together again."""
    widths = sorted(len(line) for line in lines)
    full = widths[int(len(widths) * 0.9)] * FULL if len(widths) > 2 else 0
    joined: list[str] = []
    broken = False
    for line in lines:
        if broken and not _BEGINS.match(line):
            joined[-1] += line if not (joined[-1][-1].isascii() and line[0].isascii()) else f" {line}"
        else:
            joined.append(line)
        broken = bool(full) and len(line) >= full and not _ENDS.fullmatch(line)
    return joined
