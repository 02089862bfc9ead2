"""``python -m tests.faults.ingest_process URL FOLDER JOBS``: an ingest in its own process, to be killed.

Prints a line for every file that is done, so that whoever kills it can choose the moment. The account of a Neo4j is
taken from the environment, as everywhere.
"""

from __future__ import annotations

import asyncio
import sys

from graph.connect import open_store
from ingest.load import ingest


async def run(url: str, folder: str, jobs: int) -> None:
    store = await open_store(url)
    await ingest(store, [folder], jobs=jobs, on_progress=lambda done, _total: print(done, flush=True))
    await store.close()


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], sys.argv[2], int(sys.argv[3])))
