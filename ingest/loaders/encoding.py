"""Bytes to text without mojibake: strict decoding, then a look at whether the result can be a document.

The rule, in order:
1. A byte-order mark decides (UTF-8, UTF-16, GB18030); it is dropped, the rest must decode strictly.
2. ASCII only: that is the text, even where two letters would be one Han character in UTF-16. Zero bytes in every
   second place of ASCII: UTF-16 without its mark.
3. Valid UTF-8: UTF-8, if it holds wide characters enough that no GB18030 reading competes. A few two-byte characters
   (£, ·) are also GB18030 ideographs: refused as ambiguous, never guessed.
4. Otherwise GB18030 and UTF-16 little and big endian are tried strictly; a reading counts when at least
   MIN_COMMON of its characters are common Han ones, these are most of its Han, and almost nothing in it is odd
   (control, private use, unassigned, kana, Cyrillic: what a wrong decoder makes); UTF-16 must show punctuation or
   a line break too. Exactly one reading must count.
5. U+FFFD in a text, or a text that is the known result of decoding twice, is an error.

Common Han: the first levels of GB 2312 and of Big5 (simplified and traditional), read off Python's own codecs. Text of
either script has 95 % and more of them; UTF-8 read as GB18030 has a third.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.loaders.base import unreadable

MIN_COMMON = 4
"""Fewest common Han characters that speak for GB18030, or for UTF-16 without a mark: a heading has them."""
COMMON_SHARE = 0.7
ODD_SHARE = 0.02
UTF8_SURE = 12
"""This many three-byte sequences in valid UTF-8 cannot come about by chance in GB18030."""

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_TWICE = re.compile("锟斤拷|烫烫烫|屯屯屯|ï»¿|â€œ")
_MARK = re.compile(r"[\n ，。、；：（]")
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Reading:
    """How one decoding looks: counts of characters by what they say about it."""

    common: int
    han: int
    odd: int
    total: int

    @property
    def plausible(self) -> bool:
        return self.common >= MIN_COMMON and self.common >= COMMON_SHARE * self.han and self.clean

    @property
    def clean(self) -> bool:
        return self.odd <= ODD_SHARE * self.total


def decode(data: bytes, name: str) -> tuple[str, str]:
    """(text, encoding) of a text file; raises UnreadableFile rather than guess. Newlines stay as they are."""
    if not data:
        raise unreadable(name, "empty")
    text, encoding = _decode(data, name)
    check_text(text, name)
    return text, encoding


def check_text(text: str, name: str) -> None:
    """Refuse text that lost characters, is binary, or was decoded wrongly before it came here."""
    if "\ufffd" in text:
        raise unreadable(name, "replacement")
    controls = len(_CONTROLS.findall(text))
    if "\x00" in text or controls > ODD_SHARE * len(text):
        raise unreadable(name, "binary")
    if len(_TWICE.findall(text)) * 20 > len(text) ** 0.5:
        raise unreadable(name, "garbled")
    reading = read(text)
    if reading.han >= 50 and reading.common < reading.han / 2:
        raise unreadable(name, "garbled")


def _decode(data: bytes, name: str) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding, name), encoding
    if data.isascii():
        return _ascii(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, name, error.start)
    if _surely_utf8(text, data):
        return text, "utf-8"
    raise unreadable(name, "ambiguous", "UTF-8, GB18030")


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise unreadable(name, "encoding", f"{encoding.upper()}, byte {error.start}") from None


def _ascii(data: bytes) -> tuple[str, str]:
    for encoding, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        if len(data) % 2 == 0 and len(data) >= 4 and not zeros.strip(b"\x00"):
            return data.decode(encoding), encoding
    return data.decode("ascii"), "ascii"


def _surely_utf8(text: str, data: bytes) -> bool:
    wide = sum(1 for c in text if c >= "\u0800")
    rival = _try(data, "gb18030")
    if wide >= UTF8_SURE or rival is None:
        return True
    ours = read(text)
    if wide < 2 or ours.common < COMMON_SHARE * ours.han:
        return False
    # Two and more Han of three bytes each: GB18030 comes to that once in 30,000 texts as short.
    return ours.common > read(rival).common or not any("\x80" <= c < "\u0800" for c in text)


def _legacy(data: bytes, name: str, position: int) -> tuple[str, str]:
    found: list[tuple[str, str]] = []
    for encoding in ("gb18030", "utf-16-le", "utf-16-be"):
        text = _try(data, encoding)
        if text is None or not read(text).plausible:
            continue
        # Four-byte GB18030 looks like Han in UTF-16; it never looks like punctuation or a line break.
        if encoding == "gb18030" or _MARK.search(text):
            found.append((text, encoding))
    if len(found) == 1:
        return found[0]
    if found:
        raise unreadable(name, "ambiguous", ", ".join(encoding.upper() for _, encoding in found))
    if len(_CONTROL_BYTES.findall(data)) > ODD_SHARE * len(data):
        raise unreadable(name, "binary")
    raise unreadable(name, "encoding", f"byte {position}")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def read(text: str) -> Reading:
    """Counts over the whole text (each distinct character is looked at once)."""
    common = han = odd = 0
    for char, n in Counter(text).items():
        kind = _classify(char)
        if kind in ("common", "rare"):
            han += n
            common += n if kind == "common" else 0
        elif kind == "odd":
            odd += n
    return Reading(common=common, han=han, odd=odd, total=len(text))


_EXPECTED: tuple[tuple[int, int], ...] = (
    (0x20, 0x7E),  # ASCII
    (0xA0, 0xFF),  # Latin-1: × · °
    (0x2010, 0x206F),  # general punctuation
    (0x2100, 0x22FF),  # ℃ № Ⅰ arrows, mathematics
    (0x2460, 0x24FF),  # ① ⑴ ⒈
    (0x2500, 0x26FF),  # box drawing, geometric shapes
    (0x3000, 0x303F),  # CJK punctuation
    (0x3220, 0x33FF),  # ㈠ ㎡
    (0xFE30, 0xFE4F),
    (0xFF01, 0xFF65),
    (0xFFE0, 0xFFE6),
)


@lru_cache(maxsize=65536)
def _classify(char: str) -> str:
    code = ord(char)
    if 0x4E00 <= code <= 0x9FFF or char == "〇":
        return "common" if _is_common(char) else "rare"
    if char in "\t\n\r\f\v\x1b\u200b\u2028\ufeff" or any(low <= code <= high for low, high in _EXPECTED):
        return "expected"
    if unicodedata.category(char) == "Lo" and ("CJK" in unicodedata.name(char, "")):
        return "rare"
    return "odd"


def _is_common(char: str) -> bool:
    return any(first <= lead <= last for lead, first, last in _leads(char))


def _leads(char: str) -> Iterator[tuple[int, int, int]]:
    for codec, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            yield char.encode(codec)[0], first, last
        except UnicodeEncodeError:
            continue
