"""Loading: what a run leaves in the store depends on the files only."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import ingest.build
import ingest.load
import ingest.write
from graph.connect import open_store
from graph.documents import knowledge_version, original_of, sources, text_of
from graph.errors import InvalidParameter, NotFound, StoreError, WriteConflict
from graph.hashing import graph_hash
from graph.ids import document_id, text_sha256
from graph.models import Batch, Content, WriteReport
from graph.store import Store
from ingest.build import Built, build_file, version
from ingest.limits import Limits
from ingest.load import ingest as load
from ingest.load import remove
from ingest.report import FileReport, LoadReport
from tests.unit.ingest.loaders.make import OLE, plain_word, zipped
from tests.unit.ingest.papers import NOTICE, PAPERS, PLAN, SUMMARY, write_papers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_papers(tmp_path / "papers")


@pytest.fixture
async def other_store(tmp_path: Path) -> AsyncIterator[Store]:
    """A second, empty embedded store to compare with."""
    store = await open_store(f"embedded:{tmp_path / 'other'}")
    yield store
    await store.close()


def statuses(report: LoadReport) -> dict[str, str]:
    return {file.source: file.status for file in report.files}


async def documents(store: Store) -> dict[str, list[str]]:
    """source → also of every document."""
    rows = await store.read("MATCH (d:Document) RETURN d.source AS source, d.also AS also ORDER BY d.id")
    return {row["source"]: list(row["also"] or []) for row in rows}


async def fresh_hash(store: Store, folder: Path) -> str:
    """The hash of what is in ``folder``, loaded into an empty store."""
    assert (await load(store, [folder], jobs=1)).ok
    return await graph_hash(store)


async def test_a_folder_is_loaded_once(store: Store, folder: Path) -> None:
    """Every document with its facts; the same again changes nothing, and nothing is read twice."""
    seen: list[tuple[int, int]] = []
    report = await load(store, [folder], jobs=1, on_progress=lambda done, total: seen.append((done, total)))
    assert report.ok
    assert statuses(report) == dict.fromkeys(PAPERS, "loaded")
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
    plan = next(file for file in report.files if file.source == "要点.txt")
    assert plan.counts["task"] >= 2
    assert plan.counts["unit"] >= 3
    assert plan.counts["duties"] >= 2
    assert await text_of(store, plan.document_id) == PLAN
    assert (await original_of(store, plan.document_id)).original == PLAN.encode()
    before, revision = await graph_hash(store), (await store.health()).revision
    again = await load(store, [folder], jobs=1)
    assert statuses(again) == dict.fromkeys(PAPERS, "unchanged")
    assert (await graph_hash(store), (await store.health()).revision) == (before, revision)


async def test_worker_processes_give_the_same_graph(embedded_store: Store, other_store: Store, folder: Path) -> None:
    """However many there are and whichever is first."""
    report = await load(embedded_store, [folder], jobs=2)
    assert statuses(report) == dict.fromkeys(PAPERS, "loaded")
    assert [file.source for file in report.files] == sorted(PAPERS)
    assert await graph_hash(embedded_store) == await fresh_hash(other_store, folder)


async def test_the_order_of_loading_does_not_show(embedded_store: Store, other_store: Store, folder: Path) -> None:
    """One by one from the back, with a second name for one text, gives the graph of all at once."""
    (folder / "副本.txt").write_bytes(PLAN.encode("gb18030"))
    for name in ("要点.txt", "总结.txt", "副本.txt"):
        await load(embedded_store, [folder / name], jobs=1)
    await load(embedded_store, [folder], jobs=1)
    assert await graph_hash(embedded_store) == await fresh_hash(other_store, folder)


async def test_a_changed_file_replaces_its_own_facts_only(store: Store, other_store: Store, folder: Path) -> None:
    """The graph is then that of the new files loaded into an empty store."""
    await load(store, [folder], jobs=1)
    (folder / "总结.txt").write_text(
        SUMMARY.replace("126起", "130起").replace("酒驾醉驾", "疲劳驾驶"), encoding="utf-8"
    )
    report = await load(store, [folder], jobs=1)
    assert statuses(report) == {"子/通知.txt": "unchanged", "总结.txt": "replaced", "要点.txt": "unchanged"}
    assert await graph_hash(store) == await fresh_hash(other_store, folder)


async def test_the_same_text_under_another_name_is_one_document(store: Store, folder: Path) -> None:
    """Under the smallest source, the others beside it; counts do not double."""
    await load(store, [folder], jobs=1)
    write_papers(folder, {"乙本.txt": PLAN, "丙本.txt": PLAN})
    report = await load(store, [folder], jobs=1)
    assert statuses(report)["乙本.txt"] == statuses(report)["丙本.txt"] == "duplicate"
    found = await documents(store)
    assert found[min("乙本.txt", "丙本.txt", "要点.txt")] == sorted(["乙本.txt", "丙本.txt", "要点.txt"])[1:]
    assert len(found) == 3
    twins = {f.source: f for f in report.files if f.status == "duplicate"}
    assert {f.document_id for f in twins.values()} == {document_id("丙本.txt")}
    assert {source: f.same_as for source, f in twins.items()} == {"乙本.txt": "丙本.txt", "丙本.txt": "乙本.txt"}
    assert {f.same_as for f in report.files if f.status != "duplicate"} == {""}


async def test_the_others_keep_a_text_that_one_source_leaves(store: Store, other_store: Store, folder: Path) -> None:
    """Whether it was the one that named the document or not."""
    write_papers(folder, {"乙本.txt": PLAN, "丙本.txt": PLAN})
    await load(store, [folder], jobs=1)
    (folder / "丙本.txt").write_text(NOTICE.replace("2031", "2032"), encoding="utf-8")
    report = await load(store, [folder], jobs=1)
    assert statuses(report)["丙本.txt"] == "replaced"
    assert await documents(store) == {"丙本.txt": [], "乙本.txt": ["要点.txt"], "子/通知.txt": [], "总结.txt": []}
    assert await graph_hash(store) == await fresh_hash(other_store, folder)


async def test_a_source_is_removed_with_what_only_it_supports(store: Store, other_store: Store, folder: Path) -> None:
    """The rest is as if it had never been there; a text that others have stays theirs."""
    write_papers(folder, {"乙本.txt": PLAN})
    await load(store, [folder], jobs=1)
    for name in ("子/通知.txt", "乙本.txt"):
        await remove(store, name)
        (folder / name).unlink()
    assert await sources(store) == {"总结.txt": text_sha256(SUMMARY), "要点.txt": text_sha256(PLAN)}
    assert await graph_hash(store) == await fresh_hash(other_store, folder)
    with pytest.raises(NotFound, match=r"乙本\.txt"):
        await remove(store, "乙本.txt")


async def test_bad_files_fail_alone(store: Store, other_store: Store, folder: Path) -> None:
    """One sentence each, in both languages; everything else is loaded, nothing of them is in the store."""
    expected = await fresh_hash(other_store, folder)
    bad = folder.parent / "bad"
    bad.mkdir()
    with (bad / "大.txt").open("wb") as stream:
        stream.truncate(200_000_000)
    for name, data in {
        "空.txt": b"",
        "二进制.txt": bytes(range(256)) * 8,
        "旧.doc": OLE,
        "密.docx": OLE + "EncryptedPackage".encode("utf-16-le"),
        "假.pdf": b"%PDF-1.4 broken",
        "坏.docx": plain_word("云岭县")[:900],
        "乱码.txt": PLAN.encode("big5", "ignore"),
        "嵌.zip": zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": PLAN})})}),
        "炸.zip": zipped({f"{n}.txt": "x" for n in range(9)}),
    }.items():
        (bad / name).write_bytes(data)
    (bad / "环").symlink_to(bad)
    report = await load(store, [bad, folder, bad / "没有.txt"], jobs=1, limits=Limits(zip_files=8))
    failed = {file.source: file for file in report.files if file.status == "failed"}
    assert set(failed) == {
        *("空.txt", "二进制.txt", "密.docx", "假.pdf", "坏.docx", "乱码.txt", "大.txt", "炸.zip", "没有.txt"),
        "嵌.zip/a.zip/b.zip",
    }
    assert {skipped.source for skipped in report.skipped} == {"旧.doc", "环"}
    for source, file in failed.items():
        assert file.error is not None
        for sentence in (file.error.message("zh"), file.error.message("en")):
            assert source.split("/")[-1] in sentence
            assert len(sentence) > 20
    assert not report.ok
    assert await graph_hash(store) == expected


async def test_a_report_is_plain_json(embedded_store: Store, folder: Path) -> None:
    """For --json and for the jobs of the server."""
    (folder / "空.txt").touch()
    (folder / "图.png").touch()
    told = json.loads(json.dumps((await load(embedded_store, [folder], jobs=1)).to_json()))
    assert told["ok"] is False
    assert told["statuses"] == {"loaded": 3, "failed": 1}
    assert [s["source"] for s in told["skipped"]] == ["图.png"]
    empty = next(file for file in told["files"] if file["source"] == "空.txt")
    assert empty["error"]["code"] == "unreadable-file"
    assert empty["error"]["zh"].endswith("请换一个含有文字的文件。")


async def test_a_dry_run_reads_and_checks_and_writes_nothing(embedded_store: Store, folder: Path) -> None:
    """Its statuses are those a real run would give, duplicates within it included."""
    write_papers(folder, {"乙本.txt": PLAN})
    before = (await store_state(embedded_store), await graph_hash(embedded_store))
    report = await load(embedded_store, [folder], jobs=1, dry_run=True)
    assert sorted(statuses(report).values()) == ["duplicate", "loaded", "loaded", "loaded"]
    assert (await store_state(embedded_store), await graph_hash(embedded_store)) == before


async def store_state(store: Store) -> tuple[int, dict[str, str]]:
    return (await store.health()).revision, await sources(store)


async def test_a_single_file_may_be_given_its_source(embedded_store: Store, folder: Path) -> None:
    """A relative name, for one file only."""
    report = await load(embedded_store, [folder / "要点.txt"], jobs=1, source="云岭/2031/要点.txt")
    assert statuses(report) == {"云岭/2031/要点.txt": "loaded"}
    archive = folder.parent / "a.zip"
    zipped({"a.txt": PLAN}, archive)
    for paths, name in [
        ([folder], "x"),
        ([archive], "x"),
        *(([folder / "要点.txt"], s) for s in ("", "/x", "a/../b", "a\\b")),
    ]:
        with pytest.raises(InvalidParameter, match="--source"):
            await load(embedded_store, paths, source=name)


async def test_a_zip_and_its_folder_have_the_same_documents(embedded_store: Store, folder: Path) -> None:
    """The same texts under other sources are the same documents."""
    zipped(PAPERS, folder / "全.zip")
    report = await load(embedded_store, [folder], jobs=2)
    assert sorted(statuses(report).values()) == ["duplicate"] * 3 + ["loaded"] * 3
    assert len(await documents(embedded_store)) == 3


async def test_a_stopped_run_is_finished_by_the_next(store: Store, other_store: Store, folder: Path) -> None:
    """What is written is whole; the rest is reported as not loaded."""
    stop = asyncio.Event()

    def after_the_first(done: int, _total: int) -> None:
        if done == 1:
            stop.set()

    report = await load(store, [folder], jobs=1, stop=stop, on_progress=after_the_first)
    assert sorted(statuses(report).values()) == ["failed", "failed", "loaded"]
    assert {f.error.code for f in report.files if f.error} == {"interrupted"}
    assert len(await documents(store)) == 1
    assert (await load(store, [folder], jobs=1)).ok
    assert await graph_hash(store) == await fresh_hash(other_store, folder)


async def test_ctrl_c_stops_a_run(embedded_store: Store, folder: Path) -> None:
    """The document being written is finished."""

    def interrupt(done: int, _total: int) -> None:
        if done == 1:
            os.kill(os.getpid(), signal.SIGINT)

    report = await load(embedded_store, [folder], jobs=1, on_progress=interrupt)
    assert 1 <= sum(file.status == "loaded" for file in report.files) < 3
    assert len(await documents(embedded_store)) == sum(file.status == "loaded" for file in report.files)


def crash_on_summary(
    content: Path | bytes, name: str, source: str, known: str | None, limits: Limits, *more: Any
) -> Built:
    """A loader whose process ends on one file, as a crash in a C library would."""
    if "总结" in source:
        os.kill(os.getpid(), signal.SIGKILL)
    return build_file(content, name, source, known, limits, *more)


async def test_a_file_that_crashes_its_process_fails_alone(
    embedded_store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are loaded."""
    monkeypatch.setattr(ingest.load, "build_file", crash_on_summary)
    report = await load(embedded_store, [folder], jobs=2)
    assert statuses(report) == {"子/通知.txt": "loaded", "总结.txt": "failed", "要点.txt": "loaded"}
    assert "brought the process down" in str(report.files[1].error)


async def test_a_defect_in_a_rule_costs_one_file(
    embedded_store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence says that it is the program's fault."""
    import ingest.pipeline

    real = ingest.pipeline.extract

    def extract(text: str, *more: object) -> object:
        if text == SUMMARY:
            raise ZeroDivisionError
        return real(text, *more)

    monkeypatch.setattr(ingest.pipeline, "extract", extract)
    report = await load(embedded_store, [folder], jobs=1)
    assert statuses(report) == {"子/通知.txt": "loaded", "总结.txt": "failed", "要点.txt": "loaded"}
    assert "ZeroDivisionError" in str(report.files[1].error)


async def test_facts_that_do_not_quote_the_text_are_never_written(
    embedded_store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store refuses the document, the file fails, the others are loaded; a dry run finds it too."""
    real = ingest.build.build_text

    def shifted(text: str, *given: object) -> object:
        graph, notes = real(text, *given)  # type: ignore[arg-type]
        return (replace(graph, text="错位" + graph.text) if text == SUMMARY else graph), notes

    monkeypatch.setattr(ingest.build, "build_text", shifted)
    for dry_run in (True, False):
        report = await load(embedded_store, [folder], jobs=1, dry_run=dry_run)
        assert statuses(report)["总结.txt"] == "failed"
        assert report.files[1].error is not None
        assert report.files[1].error.code == "evidence-mismatch"
    assert "总结.txt" not in await sources(embedded_store)


async def test_two_runs_at_once_end_as_one(store: Store, other_store: Store, folder: Path) -> None:
    """Writers that meet plan again; the graph is that of one run."""
    write_papers(folder, {"乙本.txt": PLAN, "丙本.txt": PLAN, "甲本.txt": SUMMARY})
    reports = await asyncio.gather(*(load(store, [folder], jobs=1) for _ in range(3)))
    assert all(report.ok for report in reports)
    assert await graph_hash(store) == await fresh_hash(other_store, folder)


class Contended:
    """A store on which somebody else always writes first, the first ``times`` times."""

    def __init__(self, store: Store, times: int) -> None:
        self._store = store
        self._times = times

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    async def write(self, batch: Batch) -> WriteReport:
        if batch.sources and self._times:
            self._times -= 1
            text = f"别人的文字{self._times}"
            sha = text_sha256(text)
            source = next(iter(batch.sources))
            await self._store.write(Batch(sources={source: sha}, contents=(Content(sha, text, b"", source),)))
        return await self._store.write(batch)


@pytest.mark.parametrize(("times", "status"), [(2, "replaced"), (99, "failed")])
async def test_a_conflict_is_planned_again_a_bounded_number_of_times(
    embedded_store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, times: int, status: str
) -> None:
    """Then the file fails with a sentence and can be loaded later."""
    monkeypatch.setattr(ingest.write, "ATTEMPTS", 4)
    await load(embedded_store, [folder / "总结.txt"], jobs=1)
    contended: Store = Contended(embedded_store, times)  # type: ignore[assignment]
    report = await load(contended, [folder / "要点.txt"], jobs=1)
    assert statuses(report) == {"要点.txt": status}
    if status == "failed":
        assert isinstance(report.files[0].error, WriteConflict)


async def test_new_rules_read_every_stored_document_again(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the stored texts, the files need not be there; an interrupted refresh begins again."""
    await load(store, [folder], jobs=1)
    assert await knowledge_version(store) == version()
    before = await graph_hash(store)
    monkeypatch.setattr(ingest.write, "version", lambda: "newer")
    stopped = asyncio.Event()
    stopped.set()
    assert (await load(store, [], jobs=1, stop=stopped)).refreshed == 0
    assert await knowledge_version(store) == version()
    assert (await load(store, [], jobs=1)).refreshed == 3
    assert await knowledge_version(store) == "newer"
    assert (await load(store, [folder], jobs=1)).refreshed == 0
    assert await graph_hash(store) == before


async def test_a_refresh_leaves_alone_what_another_writer_changes_meanwhile(
    embedded_store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other's text is the newer one."""
    await load(embedded_store, [folder], jobs=1)
    monkeypatch.setattr(ingest.write, "version", lambda: "newer")
    moving: Store = Moving(embedded_store)  # type: ignore[assignment]
    report = await load(moving, [], jobs=1)
    assert report.ok
    assert (await sources(embedded_store))["总结.txt"] == text_sha256("别人的文字")


class Moving(Contended):
    """A store on which somebody changes 总结.txt just before it is refreshed."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, 1)

    async def write(self, batch: Batch) -> WriteReport:
        if self._times and any(graph.text == SUMMARY for graph in batch.replace):
            self._times -= 1
            sha = text_sha256("别人的文字")
            theirs = Batch(
                remove=(document_id("总结.txt"),),
                sources={"总结.txt": sha},
                contents=(Content(sha, "别人的文字", b"", "总结.txt"),),
            )
            await self._store.write(theirs)
        return await self._store.write(batch)


async def test_a_stored_document_that_new_rules_cannot_read_keeps_its_facts(
    embedded_store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is reported, and the others are brought up to date."""
    await load(embedded_store, [folder], jobs=1)
    before = await graph_hash(embedded_store)
    monkeypatch.setattr(ingest.write, "version", lambda: "newer")
    monkeypatch.setattr(ingest.write, "build_text", crash_on_summary_text)
    report = await load(embedded_store, [folder], jobs=2)
    assert report.refreshed == 2
    assert [f.source for f in report.files if f.status == "failed"] == ["总结.txt"]
    assert await graph_hash(embedded_store) == before


def crash_on_summary_text(text: str, *given: object) -> object:
    """Extraction whose process ends on one text."""
    if text == SUMMARY:
        os.kill(os.getpid(), signal.SIGKILL)
    return ingest.build.build_text(text, *given)  # type: ignore[arg-type]


async def test_a_store_that_fails_ends_the_run_with_its_sentence(embedded_url: str, folder: Path) -> None:
    """Nobody gets a hundred copies of one trouble."""
    store = await open_store(embedded_url)
    await store.close()
    with pytest.raises(StoreError):
        await load(store, [folder], jobs=1)


def test_a_report_counts_what_became_of_the_files() -> None:
    """For the closing line."""
    report = LoadReport((FileReport("a", "loaded"), FileReport("b", "loaded"), FileReport("c", "duplicate")))
    assert report.by_status() == {"loaded": 2, "duplicate": 1}
    assert report.ok
