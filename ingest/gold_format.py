"""An Extraction in the format of the gold set: one span or relation a line (``zhize extract``, ``zhize evaluate``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.extraction import Extraction, Link, Mention

_RENAMED = {"metrics": "metric"}
_HIDDEN = frozenset({"path", "order", "body_start", "body_end", "entry", "base"})
"""Attributes that serve assembly, not readers."""


def to_jsonl(extraction: Extraction) -> Iterator[dict[str, Any]]:
    """Spans in text order, then relations. The head of an implicit owner is the mention that names the issuer.

    What a candidate source proposes comes last, each line with ``"status": "proposed"``.
    """
    yield from map(_entity, extraction.mentions)
    yield from map(_relation, extraction.links)
    proposed = {"status": "proposed"}
    read = {(m.type, m.start, m.end) for m in extraction.mentions}
    new = [p.mention for p in extraction.proposals if (p.mention.type, p.mention.start, p.mention.end) not in read]
    yield from ({**_entity(mention), **proposed} for mention in new)
    yield from ({**_relation(link), **proposed} for p in extraction.proposals for link in p.links)


def _entity(mention: Mention) -> dict[str, Any]:
    named = {"canonical": mention.canonical} if mention.canonical not in ("", mention.text) else {}
    return {**_span(mention), **named, **_plain(mention), "rule": mention.rule}


def _relation(link: Link) -> dict[str, Any]:
    line = {"rel": link.rel, "head": _span(link.head), "tail": _span(link.tail), "implicit": link.implicit}
    return {**line, "rule": link.rule, **({"role_zh": link.role_zh} if link.role_zh else {})}


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
