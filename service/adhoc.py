"""Ad hoc statements of one server: whether they are allowed at all, within what limits, how many at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.adhoc import AdhocAnswer, AdhocLimits
from graph.errors import AdhocDisabled, TooManyQueries
from graph.store import Store
from queries.adhoc.guard import run_adhoc
from service.settings import Settings


class AdhocQueries:
    """Lets statements through to a store. Made once for an application."""

    def __init__(self, settings: Settings) -> None:
        self._enabled = settings.adhoc_cypher
        self._most = settings.adhoc_concurrent
        self._limits = AdhocLimits(
            seconds=settings.adhoc_timeout,
            rows=settings.adhoc_rows,
            bytes=settings.adhoc_bytes,
            memory=settings.adhoc_memory_mib,
        )
        self._running = 0

    async def run(self, store: Store, cypher: str, params: Mapping[str, Any]) -> AdhocAnswer:
        """The answer. Raises AdhocDisabled, TooManyQueries, what the guard refuses, and the store's errors."""
        if not self._enabled:
            raise AdhocDisabled(
                reason={
                    "zh": "本服务未开启；管理员可设置 ZHIZE_ADHOC_CYPHER=true。常用问题见 /api/v1/queries",
                    "en": "it is switched off; an administrator can set ZHIZE_ADHOC_CYPHER=true. For common questions "
                    "see /api/v1/queries",
                }
            )
        if self._running >= self._most:
            raise TooManyQueries(limit=self._most)
        self._running += 1
        try:
            return await run_adhoc(store, cypher, params, self._limits)
        finally:
            self._running -= 1
