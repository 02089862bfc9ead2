"""JSON as zhize writes it, over REST and on the command line.

UTF-8 with Chinese unescaped. Our value types (dataclasses, models, read-only mappings) are written by their fields, a
trailing underscore of a dataclass field left out (``in_`` → ``in``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from pathlib import Path

from graph.errors import ZhizeError


def plain(value: object) -> object:
    """One level of a value ``json`` does not know; raises TypeError for what is no value of ours."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name.rstrip("_"): getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, ZhizeError):
        return {"code": value.code, "zh": value.message("zh"), "en": value.message("en")}
    if callable(dump := getattr(value, "model_dump", None)):
        return dump(mode="json", by_alias=True)
    if isinstance(value, Set):
        return sorted(value)
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def to_json(value: object, *, indent: int | None = None) -> bytes:
    """``value`` as UTF-8 JSON.

    A lone surrogate (possible in a loaded text) has no UTF-8 form: such a value is written with escapes throughout,
    and clients read it back as it was.
    """
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators, default=plain)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False, indent=indent, separators=separators, default=plain).encode()
