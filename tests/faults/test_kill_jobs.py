"""kill -9 of a server while files are sent to it: what it has acknowledged is loaded, and loaded once."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from pathlib import Path

import httpx
import pytest

from graph.connect import open_store
from graph.documents import sources
from graph.hashing import graph_hash
from ingest.load import ingest
from tests.api.cli import Served
from tests.api.jobs import DOCUMENTS, JOBS
from tests.faults.test_kill import assert_whole
from tests.unit.ingest.papers import many_papers

pytestmark = pytest.mark.unmeasured

POINTS = 3
PAPERS = 12
SETTINGS = {"ZHIZE_JOBS_ATTEMPTS": "20", "ZHIZE_JOBS_LEASE": "2", "ZHIZE_QUERY_TIMEOUT": "60"}


async def test_what_was_acknowledged_is_loaded_once(store_url: str, tmp_path: Path) -> None:
    """Killed at three moments (drawn from a fixed seed) among uploads and loading; what got no answer is sent again.

    At the end every job is done, and the graph is the one that an ingest of the same files makes.
    """
    folder = many_papers(tmp_path / "papers", PAPERS)
    waiting = sorted(path for path in folder.rglob("*.txt"))
    chance = random.Random(20310307)
    account = {name: os.environ[name] for name in os.environ if name.startswith("ZHIZE_NEO4J_")}
    for point in range(POINTS + 1):
        with Served("--store", store_url, cwd=tmp_path, **SETTINGS, **account) as server:
            if point < POINTS:
                killing = threading.Timer(chance.uniform(0.1, 4), server.process.send_signal, [signal.SIGKILL])
                killing.start()
                keep = len(waiting) * (POINTS - point) // (POINTS + 1)
                waiting = _send(server.url, folder, waiting, keep)
                killing.join()
                server.stop(signal.SIGKILL)
            else:
                assert _send(server.url, folder, waiting, 0) == []
                states = _ends(server.url)
    assert states == {"done"}
    store = await open_store(store_url)
    await assert_whole(store)
    assert set(await sources(store)) == {path.relative_to(folder).as_posix() for path in folder.rglob("*.txt")}
    alone = await open_store(f"embedded:{tmp_path / 'alone'}")
    assert (await ingest(alone, [folder], jobs=1)).ok
    assert await graph_hash(store) == await graph_hash(alone)
    await alone.close()
    await store.close()


def _send(url: str, folder: Path, waiting: list[Path], keep: int) -> list[Path]:
    """What is still to be sent when all but ``keep`` were acknowledged, or when the server is gone."""
    left = list(waiting)
    with httpx.Client(timeout=60) as http:
        while len(left) > keep:
            source = left[0].relative_to(folder).as_posix()
            files = {"files": (left[0].name, left[0].read_bytes())}
            try:
                answer = http.post(url + DOCUMENTS, files=files, data={"source": source})
            except httpx.TransportError:
                break
            assert answer.status_code == 202, answer.text
            left.pop(0)
    return left


def _ends(url: str) -> set[str]:
    """States of all jobs when none is open any more."""
    for _ in range(600):
        jobs = httpx.get(url + JOBS, params={"limit": 100}, timeout=60).json()["jobs"]
        states = {str(job["state"]) for job in jobs}
        if not states & {"queued", "running"}:
            return states
        time.sleep(0.2)
    raise AssertionError(f"not done: {jobs}")
