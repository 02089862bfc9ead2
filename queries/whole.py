"""The whole answer of a catalog query, page by page: for files, not for a screen."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping

from graph.errors import QueryTimeout
from graph.models import Row
from graph.store import Store
from queries.header import QueryDefinition
from queries.parameters import statement_parameters, validate
from queries.runner import named

PAGE = 10_000
"""Rows read at a time: a page costs what the pages before it cost, so few large ones."""


async def every_row(
    store: Store, definition: QueryDefinition, raw: Mapping[str, object], *, timeout: float | None = None
) -> AsyncIterator[list[Row]]:
    """All rows of ``definition`` for ``raw`` parameters in its declared columns, in its order, within ``timeout``
    seconds in all (None: each page within the store's limit).

    Raises InvalidParameter and the store's errors.
    """
    parameters = statement_parameters(definition, validate(definition, raw))
    names = [column.name for column in definition.columns]
    started, skip = time.monotonic(), 0
    while True:
        left = None if timeout is None else timeout - (time.monotonic() - started)
        if left is not None and left <= 0:
            raise QueryTimeout(query=definition.name, seconds=timeout)
        page = {**parameters, "skip": skip, "limit": PAGE}
        found = await named(store.read(definition.cypher, page, timeout=left, limit=PAGE), definition.name)
        yield [{name: row[name] for name in names} for row in found]
        if len(found) < PAGE:
            return
        skip += PAGE
