"""Analyses behind the API: one is computed at a time, and kept while the graph stays as it is."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, TypeAlias

from graph.documents import meta
from graph.errors import QueryTimeout
from graph.store import Store
from queries.kept import Kept

if TYPE_CHECKING:
    from graph.analytics.run import Result

Wanted: TypeAlias = tuple[str, int | None]
"""Name and year."""

KEPT = 32
"""Results held in memory."""


class Analyses:
    """The results of one application's store."""

    def __init__(self) -> None:
        self._kept: Kept[Wanted, Result] = Kept(KEPT)
        self._running: tuple[Wanted, asyncio.Task[Result]] | None = None

    async def get(self, store: Store, name: str, year: int | None, *, limit: int, seconds: float) -> Result:
        """The result of an analysis that exists, from memory when the graph has not changed.

        Raises QueryTimeout after ``seconds``; the work goes on and a later call finds it done. Else as ``analyse``.
        """
        wanted = (name, year)
        revision = (await meta(store)).revision
        deadline = asyncio.get_running_loop().time() + seconds
        while (kept := self._kept.get(wanted, revision)) is None:
            if self._running is None:
                task = asyncio.create_task(self._work(store, wanted, limit))
                self._running = (wanted, task)
            running, task = self._running
            done, _ = await asyncio.wait({task}, timeout=deadline - asyncio.get_running_loop().time())
            if not done:
                raise QueryTimeout(query=name, seconds=seconds)
            if running == wanted:
                return task.result()
        return kept

    async def _work(self, store: Store, wanted: Wanted, limit: int) -> Result:
        # networkx takes a while to import: a server that is asked for no analysis does not pay for it.
        from graph.analytics.run import analyse

        try:
            result = await analyse(store, wanted[0], year=wanted[1], limit=limit)
        finally:
            self._running = None
        self._kept.put(wanted, result.revision, result)
        return result

    async def close(self) -> None:
        """Give up what is being computed: the store is about to close."""
        if self._running is not None:
            _, task = self._running
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
