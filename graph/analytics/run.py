"""The analyses there are, and running one of them on a store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graph.analytics import brokers, communities, coverage, overlaps, unit_load
from graph.analytics.description import described
from graph.analytics.findings import Figures, Findings
from graph.analytics.projection import Needs, Projection, project
from graph.columns import Column
from graph.documents import meta
from graph.errors import WriteConflict
from graph.models import Row
from graph.progress import Progress
from graph.settings import StoreSettings
from graph.store import Store

ATTEMPTS = 5
"""How often to start again when somebody writes meanwhile."""

FUNCTIONS: dict[str, tuple[Needs, Callable[[Projection], Findings]]] = {
    "unit-load": (unit_load.NEEDS, unit_load.compute),
    "cooperation-brokers": (brokers.NEEDS, brokers.compute),
    "communities": (communities.NEEDS, communities.compute),
    "uncovered-targets": (coverage.NEEDS, coverage.compute),
    "overlapping-campaigns": (overlaps.NEEDS, overlaps.compute),
}
"""Name in ``analyses.yaml`` → what it reads and computes."""


@dataclass(frozen=True, slots=True)
class Result:
    """All rows of one analysis, and figures about the whole. ``revision``: state of the store it holds for."""

    analysis: str
    params: dict[str, Any]
    columns: tuple[Column, ...]
    rows: list[Row]
    figures: Figures
    revision: int


async def analyse(
    store: Store,
    name: str,
    *,
    year: int | None = None,
    limit: int | None = None,
    on_progress: Progress | None = None,
) -> Result:
    """Run the analysis ``name`` on one state of ``store``, over documents of ``year`` (None: all).

    ``limit``: nodes it may read (None: the setting). Raises NotFound, LimitExceeded, WriteConflict when writers leave
    no quiet moment, and the store's errors.
    """
    columns = described(name).shown
    needs, compute = FUNCTIONS[name]
    limit = StoreSettings().analytics_nodes if limit is None else limit
    for _ in range(ATTEMPTS):
        revision = (await meta(store)).revision
        graph = await project(store, needs, limit=limit, year=year, on_progress=on_progress)
        if (await meta(store)).revision == revision:
            found = await asyncio.to_thread(compute, graph)
            params = {} if year is None else {"year": year}
            return Result(name, params, columns, found.rows, found.figures, revision)
    raise WriteConflict(store=store.url, what="the graph while it was analysed")
