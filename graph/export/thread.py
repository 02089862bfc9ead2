"""Writing in a thread of its own, so that a server goes on answering; one step after the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Protocol


class Ending(Protocol):
    """What has to be ended, also when it went wrong: it holds files open."""

    def end(self) -> None: ...


@asynccontextmanager
async def writing(form: Ending) -> AsyncIterator[Callable[[Callable[[], None]], Awaitable[None]]]:
    """Gives ``do(step)``, which runs a step in the thread; ends ``form`` there, whatever happened before.

    A step that is under way when the caller is cancelled is finished before ``form`` is ended.
    """
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1, "zhize-export") as thread:
        try:
            yield lambda step: loop.run_in_executor(thread, step)
        finally:
            await loop.run_in_executor(thread, form.end)
