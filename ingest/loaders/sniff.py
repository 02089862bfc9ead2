"""What a file is, by its content first and its name second: people rename files.

The name only decides between plain text and HTML fragments, and which half sentence an unsupported file gets.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO, Literal

Kind = Literal["text", "html", "docx", "pdf", "zip", "unsupported"]
HEAD = 4096

TEXT_NAMES = frozenset({".txt", ".text", ".md", ".markdown"})
HTML_NAMES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
SUPPORTED = TEXT_NAMES | HTML_NAMES | {".docx", ".pdf", ".zip"}
LEGACY = frozenset({".doc", ".wps", ".ofd", ".rtf", ".docm", ".dot", ".dotx", ".odt", ".mht", ".mhtml", ".xml"})
"""Word processors' other formats. Some are docx or HTML under an old name, so their content is looked at."""

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "image", "PNG"),
    (b"\xff\xd8\xff", "image", "JPEG"),
    (b"GIF8", "image", "GIF"),
    (b"BM", "image", "BMP"),
    (b"II*\x00", "image", "TIFF"),
    (b"MM\x00*", "image", "TIFF"),
    (b"Rar!\x1a\x07", "packed", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "packed", "7z"),
    (b"\x1f\x8b", "packed", "gzip"),
    (b"BZh", "packed", "bzip2"),
    (b"\xfd7zXZ\x00", "packed", "xz"),
    (b"{\\rtf", "unsupported", "RTF"),
    (b"%!PS", "unsupported", "PostScript"),
    (b"\x7fELF", "binary", ""),
    (b"SQLite format 3\x00", "binary", ""),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"(?:<\?xml[^>]*\?>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S)
_WORD_XML = re.compile(rb"<\?mso-application|schemas\.microsoft\.com/office/word/2003")
_MHTML = re.compile(rb"\A(?:from|mime-version|content-type):.{0,400}multipart/related", re.I | re.S)
_ZIP_PARTS: tuple[tuple[str, str], ...] = (
    ("xl/workbook.xml", ".xlsx"),
    ("ppt/presentation.xml", ".pptx"),
    ("OFD.xml", ".ofd"),
    ("content.xml", "OpenDocument"),
    ("META-INF/container.xml", "EPUB"),
)


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The kind, and for an unsupported file the key and detail of its sentence (``loaders.base.REASONS``)."""

    kind: Kind
    reason: str = ""
    detail: str = ""


def extension(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def sniff(stream: BinaryIO, name: str) -> Sniffed:
    """Identify an open file. Reads its first bytes, and the directory of a zip; leaves the position anywhere."""
    head = stream.read(HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(stream, name)
    if head.startswith(_OLE):
        return _ole(stream, name)
    if b"%PDF-" in head[:1024]:
        return Sniffed("pdf")
    return _known_binary(head) or _markup(head, name) or Sniffed("text")


def _known_binary(head: bytes) -> Sniffed | None:
    for magic, reason, detail in _MAGIC:
        # BM is also how a text may begin.
        if head.startswith(magic) and (len(magic) > 2 or b"\x00" in head[:16]):
            return Sniffed("unsupported", reason, detail)
    return None


def _markup(head: bytes, name: str) -> Sniffed | None:
    # UTF-16 markup has a zero byte beside every letter.
    letters = (
        head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\x00", b"")
    )
    if _WORD_XML.search(letters[:1024]):
        return Sniffed("unsupported", "unsupported", "Word XML")
    if _MHTML.match(letters):
        return Sniffed("unsupported", "unsupported", "MHTML")
    if _HTML.match(letters) or (extension(name) in HTML_NAMES and b"<" in letters):
        return Sniffed("html")
    return None


def _zip(stream: BinaryIO, name: str) -> Sniffed:
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
    # A hostile directory can raise more than BadZipFile (struct.error, NotImplementedError, UnicodeDecodeError).
    except Exception:
        return Sniffed("unsupported", "damaged", ".docx" if extension(name) == ".docx" else "zip")
    if "[Content_Types].xml" in names and any(n.startswith("word/") for n in names):
        return Sniffed("docx")
    if detail := _first(part for known, part in _ZIP_PARTS if known in names):
        return Sniffed("unsupported", "unsupported", detail)
    if extension(name) == ".docx":
        return Sniffed("unsupported", "damaged", ".docx")
    return Sniffed("zip")


def _ole(stream: BinaryIO, name: str) -> Sniffed:
    stream.seek(0)
    # Office stores a document with a password as a stream of this name in the old container.
    if "EncryptedPackage".encode("utf-16-le") in stream.read():
        return Sniffed("unsupported", "encrypted")
    return Sniffed("unsupported", "unsupported", extension(name) if extension(name) in LEGACY else ".doc")


def _first(values: Iterable[str]) -> str:
    return next(iter(values), "")


def unsupported(head: bytes, name: str) -> Sniffed | None:
    """Why a file that begins with ``head`` is not read, as far as that tells; None: it may be read.

    Nothing is opened: this is for a server that has not yet handed the file to a process of its own.
    """
    known = _known_binary(head)
    if known is not None:
        return known
    suffix = extension(name)
    if suffix not in SUPPORTED | LEGACY:
        return Sniffed("unsupported", "unknown", suffix or name)
    if head.startswith(_OLE) and suffix in LEGACY:
        return Sniffed("unsupported", "unsupported", suffix)
    return None
