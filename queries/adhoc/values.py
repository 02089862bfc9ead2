"""Parameters that come with an ad hoc statement: plain values within limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any

from graph.errors import InvalidParameter

MAX_PARAMS = 50
MAX_DEPTH = 4
MAX_ITEMS = 1_000
"""Members of one list or map."""
MAX_CHARS = 10_000
"""Characters of all texts together."""
_NAME = re.compile(r"[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff]{0,63}")


def checked(params: Mapping[str, Any]) -> dict[str, Any]:
    """``params`` when every one is text, number, true, false, null, or a list or map of such within the limits;
    InvalidParameter names the first that is not."""
    if len(params) > MAX_PARAMS:
        _refuse("params", f"至多 {MAX_PARAMS} 个", f"at most {MAX_PARAMS} are allowed")
    for name, value in params.items():
        if not _NAME.fullmatch(name):
            _refuse(
                name[:64],
                "参数名只能用字母、数字、下划线和汉字",
                "a name has letters, digits, underscores and Han characters",
            )
        left = _Left(MAX_CHARS)
        _value(name, value, 0, left)
    return dict(params)


class _Left:
    """Characters that may still come."""

    def __init__(self, characters: int) -> None:
        self.characters = characters


def _value(name: str, value: object, depth: int, left: _Left) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int):
        if not -(2**63) <= value < 2**63:
            _refuse(name, "整数超出 64 位", "the number does not fit into 64 bits")
    elif isinstance(value, float):
        if not isfinite(value):
            _refuse(name, "不是有限的数", "is no finite number")
    elif isinstance(value, str):
        _text(name, value, left)
    elif isinstance(value, list | dict):
        _members(name, value, depth, left)
    else:
        _refuse(name, "类型不对", "is of a type it cannot have")


def _text(name: str, value: str, left: _Left) -> None:
    left.characters -= len(value)
    if left.characters < 0:
        _refuse(name, f"最长 {MAX_CHARS} 个字符", f"has more than {MAX_CHARS} characters")
    if any(0xD800 <= ord(char) <= 0xDFFF for char in value):
        _refuse(name, "含有无法识别的字符", "has characters that are no text")


def _members(name: str, value: list[Any] | dict[str, Any], depth: int, left: _Left) -> None:
    if depth >= MAX_DEPTH:
        _refuse(name, f"嵌套超过 {MAX_DEPTH} 层", f"is nested more than {MAX_DEPTH} levels deep")
    if len(value) > MAX_ITEMS:
        _refuse(name, f"超过 {MAX_ITEMS} 项", f"has more than {MAX_ITEMS} members")
    members = value
    if isinstance(value, dict):
        for key in value:
            if not _NAME.fullmatch(key):
                _refuse(name, f"不能用作键的名称 {key[:20]!r}", f"{key[:20]!r} is no name a key can have")
        members = list(value.values())
    for member in members:
        _value(name, member, depth + 1, left)


def _refuse(name: str, zh: str, en: str) -> None:
    raise InvalidParameter(name=name, reason={"zh": zh, "en": en})
