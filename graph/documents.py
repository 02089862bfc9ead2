"""What is loaded: sources, texts, originals and the state of the store. Reads operational labels only."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.errors import DOCUMENT, NotFound
from graph.models import Content, Row
from graph.store import Store

TIMEOUT = 60.0
"""Seconds for reads of our own that answer no question of a user: the work they belong to must not fail on them."""

_CONTENT = """
MATCH (d:Document {id: $id})
MATCH (c:Content {id: d.sha256})
RETURN c.id AS sha256, c.text AS text, c.original AS original, c.name AS name
"""


@dataclass(frozen=True, slots=True)
class Meta:
    """State of a store: ``revision`` counts the batches that changed it; ``knowledge`` is "" when none was loaded."""

    revision: int = 0
    schema_version: int | None = None
    schema_digest: str = ""
    knowledge: str = ""


async def meta(store: Store) -> Meta:
    """The state of the store; the default for one that was never set up."""
    rows = await store.read(
        "MATCH (m:Meta {id: 'graph'}) RETURN m.revision AS revision, m.schema_version AS version, "
        "m.schema_digest AS digest, m.knowledge AS knowledge",
        timeout=TIMEOUT,
    )
    if not rows:
        return Meta()
    row = rows[0]
    return Meta(row["revision"] or 0, row["version"], row["digest"] or "", row["knowledge"] or "")


async def knowledge_version(store: Store) -> str:
    """Version of the knowledge files the stored graph was made with, "" when none."""
    return (await meta(store)).knowledge


async def sources(store: Store) -> dict[str, str]:
    """Every loaded source and the SHA-256 of its text."""
    rows = await store.read("MATCH (s:Source) RETURN s.id AS id, s.sha256 AS sha256 ORDER BY s.id", timeout=TIMEOUT)
    return {row["id"]: row["sha256"] for row in rows}


async def read_otherwise(store: Store, candidates: str) -> set[str]:
    """Sources of the documents that were read with another candidate source than ``candidates`` ("": with one)."""
    statement = "MATCH (d:Document) WHERE coalesce(d.candidates, '') <> $candidates RETURN d.source AS source"
    return {row["source"] for row in await store.read(statement, {"candidates": candidates}, timeout=TIMEOUT)}


async def holders(store: Store, sha256s: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each text, its sources, sorted; an empty tuple for a text nobody has."""
    wanted = sorted(set(sha256s))
    rows = await store.read(
        "MATCH (s:Source) WHERE s.sha256 IN $wanted RETURN s.id AS id, s.sha256 AS sha256 ORDER BY s.id",
        {"wanted": wanted},
        timeout=TIMEOUT,
    )
    return holders_of(wanted, rows)


def holders_of(wanted: Iterable[str], rows: Iterable[Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """Rows ``{id, sha256}`` of sources as ``sha256 → its sources, sorted``, for every wanted text."""
    found: dict[str, list[str]] = {sha: [] for sha in wanted}
    for row in rows:
        found[row["sha256"]].append(row["id"])
    return {sha: tuple(sorted(ids)) for sha, ids in found.items()}


async def text_of(store: Store, document_id: str) -> str:
    """The text of a document as loaded: what its offsets count in. Raises NotFound."""
    rows = await store.read(
        "MATCH (d:Document {id: $id}) MATCH (c:Content {id: d.sha256}) RETURN c.text AS text",
        {"id": document_id},
        timeout=TIMEOUT,
    )
    if not rows:
        raise NotFound(what=DOCUMENT, name=document_id)
    return str(rows[0]["text"])


async def original_of(store: Store, document_id: str) -> Content:
    """The file a document came in, byte for byte. Raises NotFound."""
    rows = await store.read(_CONTENT, {"id": document_id}, timeout=TIMEOUT)
    if not rows:
        raise NotFound(what=DOCUMENT, name=document_id)
    row = rows[0]
    return Content(row["sha256"], row["text"], unpack(row["original"]), row["name"])


def content_row(content: Content) -> Row:
    """Properties of a Content node. The embedded engine has no byte values, so the original is compressed Base64."""
    return {
        "id": content.sha256,
        "props": {"text": content.text, "original": pack(content.original), "name": content.name},
    }


def pack(data: bytes) -> str:
    """Bytes as a string both engines can hold."""
    return base64.b64encode(zlib.compress(data)).decode("ascii")


def unpack(text: str) -> bytes:
    """The bytes ``pack`` was given."""
    return zlib.decompress(base64.b64decode(text))
