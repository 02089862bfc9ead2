"""Deterministic identifiers: the same document and knowledge give the same ids on every machine and store.

An id is ``<label in lower case>:<20 hex>``, a relation key is 20 hex; the hex is the head of a SHA-256 over the
canonical JSON of the identity tuple. 80 bits: by the birthday bound a graph of ten million nodes meets a collision
with probability below 1e-10.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

HEX_LENGTH = 20


def digest(parts: Sequence[object]) -> str:
    """First 20 hex digits of SHA-256 over ``parts`` as compact JSON (UTF-8, no escapes)."""
    text = json.dumps(list(parts), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    # A lone surrogate (possible in loaded text) has no UTF-8 form; it must still have an id.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:HEX_LENGTH]


def node_id(label: str, *identity: object) -> str:
    """Id of a node of ``label`` whose identity tuple is ``identity``."""
    return f"{label.lower()}:{digest(identity)}"


def document_id(source: str) -> str:
    """Id of the document loaded from ``source`` (relative path, file name or ``--source``; never absolute)."""
    return node_id("Document", source)


def relation_key(type_: str, head: str, tail: str, doc: str, start: int, end: int, rule: str) -> str:
    """Key of one stated relation. Shared relations (knowledge, derived) have ``doc=""`` and offsets -1."""
    return digest((type_, head, tail, doc, start, end, rule))


def text_sha256(text: str) -> str:
    """SHA-256 of the decoded text: two files of one text are one document, whatever their bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
