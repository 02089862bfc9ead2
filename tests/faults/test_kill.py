"""kill -9 during ingest and rebuild: nothing half-written, and the next run finishes the work."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from pathlib import Path

import pytest

from graph.connect import open_store
from graph.documents import sources
from graph.hashing import graph_hash
from graph.store import Store
from ingest.load import ingest
from tests.unit.ingest.papers import many_papers

pytestmark = pytest.mark.unmeasured

ROOT = Path(__file__).resolve().parents[2]
POINTS = 10
PAPERS = 30
"""Each kill leaves at most two more of them written: the last one still has work to interrupt."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return many_papers(tmp_path_factory.mktemp("papers"), PAPERS)


@pytest.fixture(scope="module")
async def undisturbed(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> str:
    """The hash of the whole folder, loaded in one go."""
    store = await open_store(f"embedded:{tmp_path_factory.mktemp('undisturbed') / 'store'}")
    assert (await ingest(store, [folder], jobs=1)).ok
    value = await graph_hash(store)
    await store.close()
    return value


async def test_a_killed_ingest_is_finished_by_the_next(store_url: str, folder: Path, undisturbed: str) -> None:
    """Ten kills at random moments, on one store that goes on filling.

    The moments are drawn from a fixed seed; what a process does in them is not the same twice.
    """
    chance = random.Random(20310305)
    stored = 0
    for point in range(POINTS):
        await kill_ingest(
            store_url, folder, done=stored + point % 2, seconds=chance.uniform(0, 0.1), jobs=1 + point % 3 // 2
        )
        store = await open_store(store_url)
        await assert_whole(store)
        before, stored = stored, len(await sources(store))
        await store.close()
        assert before <= stored < PAPERS, "the process was done before it was killed: make more papers"
    store = await open_store(store_url)
    assert (await ingest(store, [folder], jobs=1)).ok
    assert await graph_hash(store) == undisturbed
    await assert_whole(store)
    await store.close()


async def test_a_killed_rebuild_leaves_the_same_graph(store_url: str, folder: Path, undisturbed: str) -> None:
    """Each document is made anew whole or not yet; after every kill the store is whole and its graph unchanged."""
    chance = random.Random(20310306)
    store = await open_store(store_url)
    assert (await ingest(store, [folder], jobs=1)).ok
    await store.close()
    for point in range(4):
        await kill("rebuild_process", store_url, done=1 + 6 * point, seconds=chance.uniform(0, 0.1))
        store = await open_store(store_url)
        await assert_whole(store)
        assert await graph_hash(store) == undisturbed
        await store.close()


async def kill_ingest(url: str, folder: Path, *, done: int, seconds: float, jobs: int) -> None:
    """Start an ingest and kill it ``seconds`` after its ``done``-th file."""
    await kill("ingest_process", url, str(folder), str(jobs), done=done, seconds=seconds)


async def kill(module: str, *args: str, done: int, seconds: float) -> None:
    """Start a process of this folder and kill it ``seconds`` after it has said that ``done`` are done."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", f"tests.faults.{module}", *args),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    said = -1
    while said < done:
        line = await asyncio.wait_for(process.stdout.readline(), 120)
        if not line:
            pytest.fail((await process.communicate())[1].decode())
        said = int(line)
    await asyncio.sleep(seconds)
    process.kill()
    await process.communicate()


async def assert_whole(store: Store) -> None:
    """Every source has its document, every document its sources, its text and its sections: none is in part there."""
    rows = await store.read(
        "MATCH (d:Document) WHERE d.source IS NOT NULL RETURN d.source AS source, d.also AS also, d.sha256 AS sha256"
    )
    stored = {name: row["sha256"] for row in rows for name in (row["source"], *(row["also"] or ()))}
    assert stored == await sources(store)
    texts = await store.read("MATCH (c:Content) RETURN c.id AS id")
    assert {row["id"] for row in texts} == set(stored.values())
    sections = await store.read("MATCH (d:Document)-[:HAS_SECTION]->(s) RETURN DISTINCT d.source AS source")
    assert {row["source"] for row in sections} == {row["source"] for row in rows}
