"""Taking a whole document out: all its sources, its text, its facts, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from graph.documents import holders
from graph.errors import DOCUMENT, NotFound
from graph.models import Batch
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Removed:
    """What went: the document's id and name, and the sources its text came under."""

    removed: str
    name: str
    sources: tuple[str, ...]


async def remove_document(store: Store, document_id: str) -> Removed:
    """Remove the document ``document_id`` under all its sources.

    Raises NotFound, or WriteConflict when somebody loads one of its sources at the same time. (``ingest.load.remove``
    takes away one source and keeps the document while it has another.)
    """
    found = await store.read(
        "MATCH (d:Document {id: $id}) RETURN d.name AS name, d.sha256 AS sha256", {"id": document_id}, limit=1
    )
    if not found:
        raise NotFound(what=DOCUMENT, name=document_id)
    sha256 = found[0]["sha256"]
    sources = (await holders(store, [sha256]))[sha256]
    await store.write(
        Batch(
            remove=(document_id,),
            sources=dict.fromkeys(sources),
            expect_sources=dict.fromkeys(sources, sha256),
            expect_holders={sha256: sources},
        )
    )
    return Removed(document_id, found[0]["name"], sources)
