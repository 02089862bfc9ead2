"""Runs one catalog query: parameters checked, rows in declared columns, an exact total, pages by an opaque cursor."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from graph.columns import Column
from graph.documents import meta
from graph.errors import InvalidParameter, QueryTimeout
from graph.ids import digest
from graph.models import Row
from graph.store import Store
from queries.cypher_text import counting, unlimited
from queries.header import QueryDefinition
from queries.kept import Kept
from queries.parameters import statement_parameters, validate

T = TypeVar("T")

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000
MAX_SKIP = 1_000_000
"""Deepest page."""


KEPT_PAGES = 64
"""Pages of global queries held in memory for each store."""
KEPT_TOTALS = 4096
"""Totals held in memory for each store."""


@dataclass(frozen=True, slots=True)
class QueryResult:
    """One page of an answer.

    ``params``: the values used, without those that were absent. ``total``: rows of the whole answer, None when
    counting them did not finish in time. ``truncated``: there are rows after this page; ``next`` is the cursor to them.
    """

    query: str
    params: dict[str, Any]
    columns: tuple[Column, ...]
    rows: list[Row]
    total: int | None
    truncated: bool
    next: str | None


class _Kept:
    """What is held for one store: pages of global queries by name, columns, what is asked (a digest of statement and
    parameters) and place; totals of any query by what is asked."""

    def __init__(self) -> None:
        self.pages: Kept[tuple[str, tuple[Column, ...], str, int, int], QueryResult] = Kept(KEPT_PAGES)
        self.totals: Kept[str, int] = Kept(KEPT_TOTALS)


_KEPT: WeakKeyDictionary[Store, _Kept] = WeakKeyDictionary()


async def run(
    store: Store,
    definition: QueryDefinition,
    raw: Mapping[str, object],
    *,
    limit: int | None = None,
    cursor: str | None = None,
    timeout: float | None = None,
) -> QueryResult:
    """The page of ``definition`` for ``raw`` parameters: ``limit`` rows (1 to 1,000, default 100) from ``cursor`` on.

    The answer to a global query, and how many rows an answer has, are kept until the graph changes.

    Raises InvalidParameter (also for a cursor of another query or other parameters) and the store's errors.
    """
    values = validate(definition, raw)
    size = page_size(limit)
    mark = digest([definition.name, values])
    skip = read_cursor(cursor, mark)
    kept = _KEPT.setdefault(store, _Kept())
    asking = digest([definition.cypher, values])
    key = (definition.name, definition.columns, asking, size, skip)
    revision = (await meta(store)).revision if definition.class_ == "global" else None
    if revision is not None and (known := kept.pages.get(key, revision)):
        return known
    parameters = statement_parameters(definition, values)
    asked = store.page(unlimited(definition.cypher), parameters, skip=skip, limit=size + 1, timeout=timeout)
    page = await named(asked, definition.name)
    truncated = len(page.rows) > size
    names = [column.name for column in definition.columns]
    rows = page.rows[:size]
    if rows and list(rows[0]) != names:
        rows = [{name: row[name] for name in names} for row in rows]
    total = page.total
    if total is None and (truncated or (skip and not rows)):
        total = await _total(store, definition, parameters, kept.totals, asking, timeout)
    elif total is None:
        total = skip + len(rows)
    result = QueryResult(
        query=definition.name,
        params={name: value for name, value in values.items() if value is not None},
        columns=definition.columns,
        rows=rows,
        total=total,
        truncated=truncated,
        next=write_cursor(skip + size, mark) if truncated else None,
    )
    if revision is not None:
        kept.pages.put(key, revision, result)
    return result


def page_size(limit: int | None) -> int:
    """``limit`` checked; the default when None."""
    if limit is None:
        return DEFAULT_LIMIT
    if not 1 <= limit <= MAX_LIMIT:
        raise InvalidParameter(
            name="limit", reason={"zh": f"应在 1 与 {MAX_LIMIT} 之间", "en": f"must be between 1 and {MAX_LIMIT}"}
        )
    return limit


def write_cursor(skip: int, mark: str) -> str:
    """The cursor to row ``skip`` of the answer known by ``mark``."""
    return base64.urlsafe_b64encode(json.dumps([mark, skip]).encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, mark: str) -> int:
    """Where ``cursor`` points; 0 without one. Raises InvalidParameter for a cursor not made for ``mark``."""
    if not cursor:
        return 0
    try:
        found, skip = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if found == mark and isinstance(skip, int) and 0 < skip <= MAX_SKIP:
            return skip
    except (binascii.Error, ValueError, TypeError):
        pass
    raise InvalidParameter(
        name="cursor",
        reason={
            "zh": "不是这一查询、这组参数返回的 next，请从第一页重新开始",
            "en": "is not a next of this query with these parameters; start from the first page",
        },
    )


async def _total(
    store: Store,
    definition: QueryDefinition,
    parameters: Mapping[str, Any],
    kept: Kept[str, int],
    key: str,
    timeout: float | None,
) -> int | None:
    """The rows of the whole answer, counted once while the graph stays as it is: that takes as long as a page."""
    revision = (await meta(store)).revision
    if (known := kept.get(key, revision)) is not None:
        return known
    try:
        rows = await store.read(counting(definition.cypher), parameters, timeout=timeout, limit=1)
    except QueryTimeout:
        return None
    total = int(rows[0]["total"])
    kept.put(key, revision, total)
    return total


async def named(reading: Awaitable[T], name: str) -> T:
    """What is read; a timeout names the query rather than its text."""
    try:
        return await reading
    except QueryTimeout as error:
        data = {**error.data, "query": name}
        raise QueryTimeout(**data) from error
