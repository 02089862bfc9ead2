"""Reading what is too much for one answer: nodes by id, relations by the documents that state them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence

from graph.documents import TIMEOUT
from graph.models import Row
from graph.store import Store

PAGE = 20_000
"""Rows read at a time: the embedded engine walks all relations of a type for each page of them."""


async def nodes(store: Store, label: str, columns: Sequence[str], *, size: int | None = None) -> AsyncIterator[Row]:
    """Every node of ``label``, by id: ``id`` and the ``columns``, which are properties (None where absent).

    ``size``: nodes read at a time where each is large (None: PAGE).
    """
    size = size or PAGE
    returned = ", ".join(f"n.{name} AS {name}" for name in dict.fromkeys(("id", *columns)))
    statement = f"MATCH (n:{label}) WHERE n.id > $after RETURN {returned} ORDER BY n.id LIMIT $page"
    after = ""
    while True:
        page = await store.read(statement, {"after": after, "page": size}, timeout=TIMEOUT)
        for row in page:
            yield row
        if len(page) < size:
            return
        after = page[-1]["id"]


async def relations(store: Store, type_: str, columns: Sequence[str]) -> AsyncIterator[Row]:
    """Every relation of a type, documents together: ``head_id``, ``tail_id``, ``columns`` (None where absent)."""
    async for page in relation_pages(store, type_, columns):
        for row in page:
            yield row


async def relation_pages(store: Store, type_: str, columns: Sequence[str]) -> AsyncIterator[list[Row]]:
    """The same in pages, by document from page to page: a page holds all that its documents state."""
    counts = await store.read(
        f"MATCH ()-[r:{type_}]->() RETURN r.doc AS doc, count(r) AS n ORDER BY doc", timeout=TIMEOUT
    )
    returned = "".join(f", r.{name} AS {name}" for name in columns)
    statement = (
        f"MATCH (a)-[r:{type_}]->(b) WHERE r.doc IN $documents RETURN a.id AS head_id, b.id AS tail_id{returned}"
    )
    for documents in _portions(counts):
        yield await store.read(statement, {"documents": documents}, timeout=TIMEOUT)


def _portions(counts: list[Row]) -> Iterator[list[str]]:
    """Documents in portions of about PAGE relations."""
    portion: list[str] = []
    size = 0
    for row in counts:
        if portion and size + row["n"] > PAGE:
            yield portion
            portion, size = [], 0
        portion.append(row["doc"])
        size += row["n"]
    if portion:
        yield portion
