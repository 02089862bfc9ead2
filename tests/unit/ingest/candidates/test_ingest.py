"""A store whose documents are read with a candidate source: one setting, one graph, and back again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from graph.connect import open_store
from graph.errors import InvalidSetting
from graph.hashing import graph_hash
from graph.store import Store
from ingest.candidates import CandidateSettings, candidate_settings
from ingest.candidates.llm import prompt_version
from ingest.load import ingest, remove
from ingest.report import LoadReport
from tests.unit.ingest.candidates.endpoint import Endpoint, raw, recorded, silent
from tests.unit.ingest.candidates.papers import PAPER
from tests.unit.ingest.papers import PLAN, write_papers

NONE = candidate_settings(candidates="none")
FILES = {"要点.txt": PAPER, "子/计划.txt": PLAN}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_papers(tmp_path / "papers", FILES)


@pytest.fixture
async def other_store(tmp_path: Path) -> AsyncIterator[Store]:
    """A second, empty store to compare with."""
    store = await open_store(f"embedded:{tmp_path / 'other'}")
    yield store
    await store.close()


def llm(endpoint: Endpoint, **more: object) -> CandidateSettings:
    given = {"llm_url": endpoint.url, "llm_model": "m", "llm_retries": 0, **more}
    return candidate_settings(candidates="llm", **given)


async def load(store: Store, folder: Path, candidates: CandidateSettings | None, jobs: int = 1) -> LoadReport:
    report = await ingest(store, [folder], jobs=jobs, candidates=candidates)
    assert report.ok
    return report


async def proposed(store: Store) -> list[str]:
    rows = await store.read("MATCH (n:Entity) WHERE n.status = 'proposed' RETURN n.name AS name ORDER BY name")
    return [row["name"] for row in rows]


async def read_with(store: Store) -> list[str | None]:
    rows = await store.read("MATCH (d:Document) RETURN d.candidates AS candidates ORDER BY d.source")
    return [row["candidates"] for row in rows]


async def test_a_load_asks_once_and_leaves_proposals(embedded_store: Store, other_store: Store, folder: Path) -> None:
    """Each document once; the same load again asks nothing and changes nothing; the same replies, the same graph."""
    with Endpoint(recorded("good.json")) as endpoint:
        report = await load(embedded_store, folder, llm(endpoint))
        assert endpoint.asked == 2
        again = await load(embedded_store, folder, llm(endpoint))
        assert endpoint.asked == 2
        await load(other_store, folder, llm(endpoint), jobs=2)
    assert report.candidates == again.candidates == f"llm m/{prompt_version()}"
    assert (again.refreshed, again.by_status()) == (0, {"unchanged": 2})
    assert await read_with(embedded_store) == [f"llm m/{prompt_version()}"] * 2
    assert "治超先锋哨" in await proposed(embedded_store)
    assert await graph_hash(embedded_store) == await graph_hash(other_store)


async def test_another_setting_reads_the_stored_documents_anew(
    embedded_store: Store, other_store: Store, folder: Path
) -> None:
    """The graph is that of documents and setting, whatever the setting was before; nothing else is left behind."""
    with Endpoint(recorded("good.json")) as endpoint:
        await load(embedded_store, folder, NONE)
        before = await graph_hash(embedded_store)
        report = await load(embedded_store, folder, llm(endpoint))
        assert (report.refreshed, report.unanswered, report.by_status()) == (2, 0, {"unchanged": 2})
        await load(other_store, folder, llm(endpoint))
    assert await graph_hash(embedded_store) == await graph_hash(other_store)
    report = await load(embedded_store, folder, NONE)
    assert (report.refreshed, await proposed(embedded_store)) == (2, [])
    assert await graph_hash(embedded_store) == before


async def test_an_endpoint_that_is_down_costs_nothing_and_is_asked_again_later(
    embedded_store: Store, other_store: Store, folder: Path
) -> None:
    """The rules' graph is loaded and the report says why there is no more; the next run catches up, once."""
    await load(other_store, folder, NONE)
    with Endpoint(raw(b"", status=503)) as endpoint:
        report = await load(embedded_store, folder, llm(endpoint))
        assert all(any("未取得" in note for note in file.notes) for file in report.files)
        assert await graph_hash(embedded_store) == await graph_hash(other_store)
        again = await load(embedded_store, folder, llm(endpoint, llm_timeout=59))
        assert (again.refreshed, again.unanswered) == (2, 2)
        assert again.to_json()["unanswered"] == 2
    with Endpoint(recorded("good.json")) as endpoint:
        caught_up = await load(embedded_store, folder, llm(endpoint))
        assert (caught_up.refreshed, caught_up.unanswered) == (2, 0)
        assert (await load(embedded_store, folder, llm(endpoint))).refreshed == 0
    assert await proposed(embedded_store)


async def test_the_environment_s_setting_holds_for_loads_and_removals(
    embedded_store: Store, other_store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text that keeps another of its sources is read as all others are."""
    write_papers(folder, {"副本.txt": PAPER})
    with Endpoint(recorded("good.json")) as endpoint:
        for name, value in (("CANDIDATES", "llm"), ("LLM_URL", endpoint.url), ("LLM_MODEL", "m")):
            monkeypatch.setenv(f"ZHIZE_{name}", value)
        await load(embedded_store, folder, None)
        await remove(embedded_store, "副本.txt")
        (folder / "副本.txt").unlink()
        await load(other_store, folder, None)
    assert await graph_hash(embedded_store) == await graph_hash(other_store)
    assert "治超先锋哨" in await proposed(embedded_store)


@pytest.mark.parametrize("stored", [False, True], ids=["new files", "stored documents"])
async def test_a_run_that_is_stopped_does_not_wait_for_the_endpoint(
    embedded_store: Store, folder: Path, stored: bool
) -> None:
    """Within a second or two, whatever the endpoint's time limit; what was stored stays, and the next run goes on."""
    if stored:
        await load(embedded_store, folder, NONE)
    before = await read_with(embedded_store)
    stop = asyncio.Event()
    with Endpoint(silent(60)) as endpoint:
        run = asyncio.create_task(
            ingest(embedded_store, [folder], jobs=1, candidates=llm(endpoint, llm_timeout=50), stop=stop)
        )
        await asyncio.to_thread(endpoint.wait)
        started = time.perf_counter()
        stop.set()
        report = await run
        assert time.perf_counter() - started < 30
    assert {file.error.code for file in report.files if file.error} == {"interrupted"}
    assert await read_with(embedded_store) == before
    with Endpoint(recorded("good.json")) as endpoint:
        await load(embedded_store, folder, llm(endpoint))
    assert await proposed(embedded_store)


async def test_a_dry_run_reads_with_the_source_and_writes_nothing(embedded_store: Store, folder: Path) -> None:
    with Endpoint(recorded("good.json")) as endpoint:
        report = await ingest(embedded_store, [folder], jobs=1, candidates=llm(endpoint), dry_run=True)
        assert endpoint.asked == 2
    assert any("待审核" in note for file in report.files for note in file.notes)
    assert await read_with(embedded_store) == []


async def test_a_setting_that_cannot_be_used_is_said_before_anything_is_read(
    embedded_store: Store, folder: Path
) -> None:
    with pytest.raises(InvalidSetting, match="ZHIZE_LLM_URL"):
        await ingest(embedded_store, [folder], candidates=candidate_settings(candidates="llm"))
    assert await read_with(embedded_store) == []


async def test_the_tagger_works_in_worker_processes(embedded_store: Store, other_store: Store, folder: Path) -> None:
    """Each process has its own; the graph is the same as from one."""
    settings = candidate_settings(candidates="lac")
    text = "澜川市公安局交警支队通知\n一、开展宣传。\n邀请禾丰县第一中学协助。\n"
    write_papers(folder, {f"通知{n}.txt": text + f"编号{n}\n" for n in range(3)})
    await load(embedded_store, folder, settings, jobs=2)
    await load(other_store, folder, settings)
    assert await graph_hash(embedded_store) == await graph_hash(other_store)
    assert all(str(name).startswith("lac ") for name in await read_with(embedded_store))
