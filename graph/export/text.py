"""Text as each format can hold it. Nothing changes a text's length in code points: offsets into quotes stay true."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.sax.saxutils import escape

REPLACEMENT = "\ufffd"
"""What stands for a code point that a format has no form for."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_UTF8 = re.compile("[\ud800-\udfff]")
# A parser reads these as a blank or a line feed, unless written as references.
_REFERENCES = {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;", '"': "&quot;"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "'")


def xml_characters(text: str) -> str:
    """``text`` with U+FFFD for each code point that XML 1.0 cannot hold."""
    return _NO_XML.sub(REPLACEMENT, text)


def xml_text(text: str) -> str:
    """``text`` as XML content or attribute value; a parser gives it back but for ``xml_characters``."""
    return escape(xml_characters(text), _REFERENCES)


def utf8_text(text: str) -> str:
    """``text`` with U+FFFD for each lone surrogate, which UTF-8 cannot hold."""
    return _NO_UTF8.sub(REPLACEMENT, text)


def guarded(text: str) -> str:
    """``text`` as a CSV cell that no spreadsheet takes for a formula: an apostrophe before what could begin one, and
    before an apostrophe, so that taking one away gives the text back."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def json_line(value: Any) -> bytes:
    """``value`` as one line of compact JSON with sorted keys; with escapes where UTF-8 has no form for it."""
    return (json_text(value) + "\n").encode("utf-8")


def json_text(value: Any) -> str:
    """The same as a string, without the line's end."""
    text = _encode(value)
    return _encode_ascii(value) if _NO_UTF8.search(text) else text


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode
_encode_ascii = json.JSONEncoder(separators=(",", ":"), sort_keys=True, allow_nan=False).encode
