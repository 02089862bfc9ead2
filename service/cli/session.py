"""A store for the length of one command."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from graph.errors import InvalidSetting

if TYPE_CHECKING:
    from graph.store import Store

T = TypeVar("T")


@asynccontextmanager
async def opened(url: str, *, create: bool = False) -> AsyncIterator[Store]:
    """The store at ``url``, closed afterwards. An embedded one that does not exist is made only with ``create``."""
    from graph.connect import EMBEDDED, open_store

    if url.startswith(EMBEDDED) and not create and not (path := Path(url.removeprefix(EMBEDDED))).exists():
        raise InvalidSetting(
            setting="--store / ZHIZE_STORE",
            reason={
                "zh": f"{path} 还没有存储；请先用 zhize ingest 文件夹 载入文件，或更正路径",
                "en": f"there is no store at {path} yet; load documents with zhize ingest FOLDER, or correct the path",
            },
        )
    store = await open_store(url)
    try:
        yield store
    finally:
        await store.close()


def with_store(url: str, work: Callable[[Store], Awaitable[T]], *, create: bool = False) -> T:
    """Run ``work`` on the store at ``url`` and give its result."""

    async def run() -> T:
        async with opened(url, create=create) as store:
            return await work(store)

    return asyncio.run(run())
