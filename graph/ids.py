"""Deterministic identifiers: the same document and knowledge give the same ids on every machine and store.

An id is ``<label in lower case>:<20 hex>``, a relation key is 20 hex; the hex is the head of a SHA-256 over the
canonical JSON of the identity tuple. 80 bits: by the birthday bound a graph of ten million nodes meets a collision
with probability below 1e-10.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache

from graph.ontology import ontology

HEX_LENGTH = 20


def digest(parts: Sequence[object]) -> str:
    """First 20 hex digits of SHA-256 over ``parts`` as compact JSON (UTF-8, no escapes)."""
    text = json.dumps(list(parts), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    # A lone surrogate (possible in loaded text) has no UTF-8 form; it must still have an id.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:HEX_LENGTH]


def node_id(label: str, *identity: object) -> str:
    """Id of a node of ``label`` whose identity tuple is ``identity``."""
    return f"{label.lower()}:{digest(identity)}"


def label_of(id_: str) -> str | None:
    """The label an id was made for, None when it is not an id of ours. The way to anchor a query on an id.

    On the embedded engine only a node's first label is indexed: ``(n:Task {id: $id})`` is a look-up, while
    ``(n:Entity {id: $id})`` walks all nodes.
    """
    return _labels().get(id_.partition(":")[0])


@cache
def _labels() -> dict[str, str]:
    return {label.lower(): label for label in ontology().nodes}


def document_id(source: str) -> str:
    """Id of the document loaded from ``source`` (relative path, file name or ``--source``; never absolute)."""
    return node_id("Document", source)


def relation_key(type_: str, head: str, tail: str, doc: str, start: int, end: int, rule: str) -> str:
    """Key of one stated relation. Shared relations (knowledge, derived) have ``doc=""`` and offsets -1."""
    return digest((type_, head, tail, doc, start, end, rule))


def text_sha256(text: str) -> str:
    """SHA-256 of the decoded text: two files of one text are one document, whatever their bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
