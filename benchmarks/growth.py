"""Does writing slow down as the store grows? Documents a second at 1,000 nodes and at 100,000, links included.

    python -m benchmarks.growth [--engine embedded|neo4j] [--nodes 100000] [--window 120] [--json FILE]

The documents of benchmarks/papers.py, loaded one a transaction: every document finds the other of its year, its
neighbours in time, and the plan of the city above. Neo4j is found as in the tests (tests/neo4j_server.py) and emptied
first.
Bar: at the larger size ≥ 0.9 × the documents a second at the smaller one (DESIGN: growth).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.papers import Paper, batch, papers
from graph.connect import open_store
from graph.store import Store
from tests.neo4j_server import running
from tests.wipe import wipe

SMALL = 1_000
WARM = 400
"""Documents a Neo4j server is given before anything is measured."""


async def _load(store: Store, paper: Paper) -> int:
    return (await store.write(batch(paper))).nodes_created


@contextlib.contextmanager
def _empty(engine: str) -> Iterator[str]:
    """The URL of an empty store of ``engine``."""
    with tempfile.TemporaryDirectory(prefix="zhize-growth-") as folder:
        if engine == "embedded":
            yield f"embedded:{Path(folder) / 'store'}"
            return
        with running() as server:
            os.environ["ZHIZE_NEO4J_USER"], os.environ["ZHIZE_NEO4J_PASSWORD"] = server.user, server.password
            asyncio.run(_warm(server.uri))
            yield server.uri


async def _warm(url: str) -> None:
    """Let a new server compile what writing runs, or the small store would be the slower one; then empty it."""
    await wipe(url)
    store = await open_store(url)
    for paper in islice(papers(), WARM):
        await _load(store, paper)
    await store.close()
    await wipe(url)


async def measure(url: str, nodes: int, window: int) -> dict[str, float]:
    """Documents a second around SMALL nodes and around ``nodes``, each over ``window`` documents; links made."""
    store = await open_store(url)
    source, held = papers(), 0
    found: dict[str, float] = {}
    try:
        for name, size in (("small", SMALL), ("large", nodes)):
            while held < size:
                held += await _load(store, next(source))
            measured = [next(source) for _ in range(window)]
            started, worked = time.perf_counter(), time.process_time()
            for paper in measured:
                held += await _load(store, paper)
            found[name] = window / (time.perf_counter() - started)
            found[f"{name}_cpu"] = window / (time.process_time() - worked)
        rows = await store.read("MATCH (:Indicator)-[r:REPORTS_ON]->(:Indicator) RETURN count(r) AS n", timeout=60)
        return {**found, "ratio": found["large"] / found["small"], "nodes": held, "reports": rows[0]["n"]}
    finally:
        await store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=("embedded", "neo4j"), default="embedded")
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--window", type=int, default=120)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with _empty(options.engine) as url:
        found = asyncio.run(measure(url, options.nodes, options.window))
    speeds = f"{found['small']:.1f} at {SMALL} nodes, {found['large']:.1f} at {options.nodes}"
    print(f"{options.engine}, documents a second: {speeds}")
    print(f"a second of processor: {found['small_cpu']:.1f} and {found['large_cpu']:.1f}")
    print(f"ratio {found['ratio']:.2f} (bar 0.9); {found['reports']} results linked to targets")
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
