"""``python -m tests.faults.rebuild_process URL``: a rebuild in its own process, to be killed; a line a document."""

from __future__ import annotations

import asyncio
import sys

from graph.connect import open_store
from ingest.rebuild import rebuild


async def run(url: str) -> None:
    store = await open_store(url)
    await rebuild(store, jobs=1, on_progress=lambda done, _total: print(done, flush=True))
    await store.close()


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1]))
