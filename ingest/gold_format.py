"""An Extraction in the format of the gold set: one span or relation a line (``zhize extract``, ``zhize evaluate``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.extraction import Extraction, Mention

_RENAMED = {"metrics": "metric"}
_HIDDEN = frozenset({"path", "order", "body_start", "body_end", "entry", "base"})
"""Attributes that serve assembly, not readers."""


def to_jsonl(extraction: Extraction) -> Iterator[dict[str, Any]]:
    """Spans in text order, then relations. The head of an implicit owner is the mention that names the issuer."""
    for mention in extraction.mentions:
        yield {
            **_span(mention),
            **({"canonical": mention.canonical} if mention.canonical not in ("", mention.text) else {}),
            **_plain(mention),
            "rule": mention.rule,
        }
    for link in extraction.links:
        line = {"rel": link.rel, "head": _span(link.head), "tail": _span(link.tail), "implicit": link.implicit}
        yield {**line, "rule": link.rule, **({"role_zh": link.role_zh} if link.role_zh else {})}


def _span(mention: Mention) -> dict[str, Any]:
    return {"type": mention.type, "text": mention.text, "start": mention.start, "end": mention.end}


def _plain(mention: Mention) -> dict[str, Any]:
    """Attributes that JSON can hold, under the gold's names."""
    kept: dict[str, Any] = {}
    for name, value in mention.attributes.items():
        if name in _HIDDEN or name in ("start", "end", "type", "text"):
            continue
        if isinstance(value, str | int | float | bool):
            kept[_RENAMED.get(name, name)] = value
        elif isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
            kept[_RENAMED.get(name, name)] = list(value)
    return kept
