"""Uploads from the request to the graph, with real workers on real stores."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from graph.connect import open_store
from graph.documents import original_of, sources
from graph.errors import StoreUnavailable
from graph.hashing import graph_hash
from graph.jobs.changes import Cancel, Claim
from graph.jobs.reading import due_jobs, get_job
from graph.jobs.record import stamp
from graph.store import Store
from ingest import load_upload
from ingest.build import Built
from ingest.candidates import CandidateSettings
from ingest.limits import Limits
from ingest.load import ingest
from ingest.load_upload import build_found
from ingest.loaders import Found
from service.app import create_app
from service.job_board import JobBoard
from service.job_models import JobOut
from service.settings import Settings
from tests.api.conftest import assert_problem, calling
from tests.api.jobs import JOBS, Time, look, send, until_it_is, worker
from tests.unit.ingest.loaders.make import pdf, plain_word, zipped
from tests.unit.ingest.papers import NOTICE, PLAN, SUMMARY, write_papers

DEADLY, ENDLESS, SLOW = "致命.txt", "无尽.txt", "慢.txt"


def build(found: Found, known: str | None, limits: Limits, candidates: CandidateSettings) -> Built:
    """What a worker process does, but some files bring it down, never end, or take a while: as hostile input does."""
    if DEADLY in found.source:
        os.kill(os.getpid(), signal.SIGKILL)
    if ENDLESS in found.source:
        time.sleep(600)
    if SLOW in found.source:
        time.sleep(0.5)
    return build_found(found, known, limits, candidates)


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of those names behave so."""
    monkeypatch.setattr(load_upload, "build_found", build)


@pytest.fixture
async def http(store: Store) -> AsyncIterator[httpx.AsyncClient]:
    async with calling(create_app(Settings(query_timeout=60), store)) as client:
        yield client


async def test_uploads_make_the_graph_that_ingest_makes(store: Store, http: httpx.AsyncClient, tmp_path: Path) -> None:
    """Under the same sources, a zip among them: the same hash; each job says what became of its files."""
    packed = {"子/通知.txt": NOTICE, "说明.png": "x", "空.txt": ""}
    word = plain_word(*PLAN.splitlines())
    sent = await send(http, ("要点.docx", word), ("总结.txt", SUMMARY.encode("gb18030")))
    sent += await send(http, ("全部.zip", zipped(packed)))
    async with worker(store) as one:
        while await one.step():
            pass
    jobs = [JobOut.model_validate(await look(http, job)) for job in sent]
    assert [(job.state, job.statuses) for job in jobs] == [
        ("done", {"loaded": 1}),
        ("done", {"loaded": 1}),
        ("done", {"loaded": 1, "failed": 1}),
    ]
    assert [skipped.source for skipped in jobs[2].skipped] == ["全部.zip/说明.png"]
    assert jobs[0].document
    assert (await http.get(f"/api/v1/documents/{jobs[0].document}")).json()["source"] == "要点.docx"
    assert (await original_of(store, jobs[0].document)).original == word
    folder = tmp_path / "files"
    write_papers(folder, {"总结.txt": SUMMARY})
    (folder / "要点.docx").write_bytes(word)
    zipped(packed, folder / "全部.zip")
    alone = await open_store(f"embedded:{tmp_path / 'alone'}")
    await ingest(alone, [folder], jobs=1)
    assert await graph_hash(store) == await graph_hash(alone)
    await alone.close()


async def test_files_that_cannot_be_read_fail_with_their_sentence(embedded_store: Store, tmp_path: Path) -> None:
    """At once, not after three attempts, whatever they are; nothing of where they lay on this disk is said."""
    bomb = zipped({"炸弹.txt": b"0" * 30_000_000})
    outside = zipped({"../../外.txt": "x", "/根.txt": "x"})
    external = plain_word("x").replace(b"word/document.xml", b"word/document.xmm")
    nested = zipped({"一.zip": zipped({"二.zip": zipped({"三.txt": "x"})})})
    files = {
        "空.txt": (b"", "文件是空的"),
        "锁.pdf": (pdf(["x"], encrypt="secret"), "已加密"),
        "坏.docx": (b"PK\x03\x04damaged", ".docx"),
        "坏.pdf": (b"%PDF-1.7 nothing", "pdf"),
        "弹.zip": (bomb, "ZHIZE_MAX_ZIP_RATIO"),
        "外.zip": (outside, "路径不安全"),
        "缺.docx": (external, ".docx"),
        "套.zip": (nested, "嵌套"),
        "图.zip": (zipped({"图.png": b"x"}), "没有可以载入的文件"),
    }
    async with calling(create_app(Settings(), embedded_store)) as http, worker(embedded_store) as one:
        jobs = await send(http, *((name, data) for name, (data, _) in files.items()))
        while await one.step():
            pass
        for job in jobs:
            found = await look(http, job)
            assert (found["state"], found["attempts"]) == ("failed", 1), found
            said = str([found["error"], found["files"], found["skipped"]])
            assert files[job["name"]][1] in found["error"]["zh"], found["error"]
            assert found["error"]["zh"].startswith(job["name"])
            assert "zhize-job" not in said
            assert str(Path.home()) not in said
    assert await sources(embedded_store) == {}


@pytest.mark.usefixtures("hostile")
async def test_a_file_that_ends_its_process_is_tried_again(embedded_store: Store) -> None:
    """Later; after the last attempt it has failed and says why. Other jobs went on, and it can be begun again."""
    clock = Time()
    async with (
        calling(create_app(Settings(), embedded_store)) as http,
        worker(embedded_store, clock=clock, jobs_attempts=2) as one,
    ):
        poison, other = await send(http, (DEADLY, b"x"), ("空.txt", b""))
        assert await one.step()
        waiting = await look(http, poison)
        assert (waiting["state"], waiting["attempts"]) == ("queued", 1)
        assert waiting["not_before"] == stamp(clock(), 5)
        assert "进程崩溃" in waiting["error"]["zh"]
        assert await one.step()
        assert "文件是空的" in (await look(http, other))["error"]["zh"]
        assert not await one.step()
        clock.passes(5)
        assert await one.step()
        failed = await look(http, poison)
        assert (failed["state"], failed["attempts"]) == ("failed", 2)
        assert "进程崩溃" in failed["error"]["zh"]
        again = (await http.post(f"{JOBS}/{poison['id']}/retry")).json()
        assert (again["state"], again["attempts"], again["error"]) == ("queued", 0, None)


@pytest.mark.usefixtures("hostile")
async def test_in_the_last_attempt_the_rest_of_a_zip_is_loaded(embedded_store: Store) -> None:
    """The job is done, and its report says which file brought the process down."""
    async with (
        calling(create_app(Settings(), embedded_store)) as http,
        worker(embedded_store, jobs_attempts=1) as one,
    ):
        (job,) = await send(http, ("包.zip", zipped({DEADLY: "x", "要点.txt": PLAN})))
        assert await one.step()
        found = await look(http, job)
    assert (found["state"], found["statuses"]) == ("done", {"failed": 1, "loaded": 1})
    assert "进程崩溃" in next(file for file in found["files"] if file["error"])["error"]["zh"]
    assert list(await sources(embedded_store)) == ["包.zip/要点.txt"]


@pytest.mark.usefixtures("hostile")
async def test_a_file_without_end_is_stopped(embedded_store: Store) -> None:
    """After its time; the sentence says how long that was."""
    async with (
        calling(create_app(Settings(), embedded_store)) as http,
        worker(embedded_store, jobs_seconds=3, jobs_attempts=1) as one,
    ):
        (job,) = await send(http, (ENDLESS, b"x"))
        async with asyncio.timeout(60):
            assert await one.step()
        found = await look(http, job)
    assert found["state"] == "failed"
    assert "3 秒" in found["error"]["zh"]


@pytest.mark.usefixtures("hostile")
async def test_a_job_that_runs_is_cancelled_at_once(embedded_store: Store) -> None:
    """The process that reads is ended, nothing is written any more, and the worker is free for the next."""
    board = JobBoard(limit=9, poll=0.05)
    app = create_app(Settings(), embedded_store)
    app.state.jobs = board
    async with calling(app) as http, worker(embedded_store, board, jobs_seconds=300) as one:
        (job,) = await send(http, (ENDLESS, b"x"))
        with board.told(one._hear):
            running = asyncio.create_task(one.step())
            await until_it_is(embedded_store, job, "running")
            assert (await http.delete(f"{JOBS}/{job['id']}")).json()["state"] == "cancelled"
            async with asyncio.timeout(20):
                assert await running
        (other,) = await send(http, ("空.txt", b""))
        assert await one.step()
        assert (await look(http, other))["state"] == "failed"
        assert (await look(http, job))["state"] == "cancelled"
    assert await sources(embedded_store) == {}


@pytest.mark.usefixtures("hostile")
async def test_a_worker_that_leaves_gives_its_job_back(embedded_store: Store) -> None:
    """As if it had not taken it; the next one finds what was written and reports it as loaded."""
    packed = zipped({"一.txt": PLAN, SLOW: SUMMARY})
    async with calling(create_app(Settings(), embedded_store)) as http:
        async with worker(embedded_store) as one:
            (job,) = await send(http, ("包.zip", packed))
            running = asyncio.create_task(one.step())
            await _something_in(embedded_store)
            one.stop()
            assert await running
        given_back = await look(http, job)
        assert (given_back["state"], given_back["attempts"]) == ("queued", 0)
        async with worker(embedded_store) as other:
            assert await other.step()
        found = await look(http, job)
    assert (found["state"], found["attempts"], found["statuses"]) == ("done", 1, {"loaded": 2})


async def _something_in(store: Store) -> None:
    for _ in range(1500):
        if await sources(store):
            return
        await asyncio.sleep(0.02)
    raise AssertionError("nothing was loaded within 30 s")


@pytest.mark.usefixtures("hostile")
async def test_a_worker_that_was_given_up_writes_nothing(embedded_store: Store) -> None:
    """Its lease ran out while it read, another has the job: what it still wants to write is refused."""
    clock = Time()
    async with (
        calling(create_app(Settings(), embedded_store)) as http,
        worker(embedded_store, clock=clock, jobs_lease=60) as late,
    ):
        (job,) = await send(http, (SLOW, PLAN.encode()))
        running = asyncio.create_task(late.step())
        await until_it_is(embedded_store, job, "running")
        taken = await embedded_store.job(Claim(job["id"], "other", stamp(clock(), 61), stamp(clock(), 121), 3))
        assert taken is not None
        assert await running
        assert await sources(embedded_store) == {}
        assert (await get_job(embedded_store, job["id"])).state == "running"
        clock.passes(122)
        assert await late.step()
        assert (await look(http, job))["state"] == "done"


async def test_a_store_that_fails_fails_the_attempt(embedded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried again later, with the reason; cancelled meanwhile, it is not."""
    clock = Time()
    async with calling(create_app(Settings(), embedded_store)) as http, worker(embedded_store, clock=clock) as one:
        (job,) = await send(http, ("要点.txt", PLAN.encode()))
        with monkeypatch.context() as patch:

            async def down(*_: object, **__: object) -> None:
                raise StoreUnavailable(store="neo4j://far", reason="x")

            patch.setattr("service.worker.read_upload", down)
            assert await one.step()
        found = await look(http, job)
        assert (found["state"], found["error"]["code"]) == ("queued", "store-unavailable")
        await embedded_store.job(Cancel(job["id"], stamp(clock())))
        assert await due_jobs(embedded_store, stamp(clock(), 9999)) == []


async def test_a_queue_that_nobody_works_on_turns_readiness_red(embedded_store: Store) -> None:
    """Only when the oldest waits too long and nothing was taken meanwhile."""
    async with calling(create_app(Settings(jobs_stuck=0.01), embedded_store)) as http:
        assert (await http.get("/readyz")).status_code == 200
        (job,) = await send(http, ("要点.txt", b"x"))
        await asyncio.sleep(0.05)
        problem = assert_problem(await http.get("/readyz"), 503, "jobs-stuck")
        assert problem["due"] == 1
        await http.delete(f"{JOBS}/{job['id']}")
        assert (await http.get("/readyz")).status_code == 200
    async with calling(create_app(Settings(), embedded_store)) as http:
        await send(http, ("要点.txt", b"x"))
        assert (await http.get("/readyz")).status_code == 200
