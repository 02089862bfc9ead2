"""Several processes on one Neo4j: a server that only accepts, workers of their own."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx

from graph.documents import sources
from graph.store import Store
from tests.api.cli import Served, environment
from tests.api.jobs import DOCUMENTS, JOBS
from tests.neo4j_server import Server
from tests.unit.ingest.papers import NOTICE, PLAN, SUMMARY

TEXTS = {"一.txt": PLAN, "二.txt": SUMMARY, "三.txt": NOTICE, "四.txt": "", "五.txt": PLAN + "附。\n"}


async def test_workers_of_their_own_load_what_a_server_accepts(
    neo4j_store: Store, neo4j_server: Server, tmp_path: Path
) -> None:
    """Two `zhize worker` share the jobs, each done in one attempt; told to stop, they end with 0."""
    account = {"ZHIZE_NEO4J_USER": neo4j_server.user, "ZHIZE_NEO4J_PASSWORD": neo4j_server.password}
    jobs = _loaded(neo4j_server.uri, tmp_path, {**account, "ZHIZE_QUERY_TIMEOUT": "60", "ZHIZE_JOBS_WORKERS": "0"})
    assert {job["source"]: (job["state"], job["attempts"]) for job in jobs} == {
        name: ("done" if text else "failed", 1) for name, text in TEXTS.items()
    }
    assert set(await sources(neo4j_store)) == {name for name, text in TEXTS.items() if text}


def _loaded(store: str, folder: Path, settings: dict[str, str]) -> list[dict[str, object]]:
    """The jobs of the texts, sent to a server that has no worker, when two other processes have ended them."""
    command = [sys.executable, "-m", "service.cli", "worker", "--store", store]
    workers = [subprocess.Popen(command, cwd=folder, env=environment(**settings)) for _ in range(2)]
    try:
        with Served("--store", store, cwd=folder, **settings) as server:
            files = [("files", (name, text.encode())) for name, text in TEXTS.items()]
            assert httpx.post(server.url + DOCUMENTS, files=files, timeout=60).status_code == 202
            jobs = _ended(server.url)
    finally:
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
    assert [worker.wait(60) for worker in workers] == [0, 0]
    return jobs


def _ended(url: str) -> list[dict[str, object]]:
    for _ in range(300):
        jobs: list[dict[str, object]] = httpx.get(url + JOBS, timeout=60).json()["jobs"]
        if not any(job["state"] in ("queued", "running") for job in jobs):
            return jobs
        time.sleep(0.5)
    raise AssertionError(f"not done: {jobs}")
