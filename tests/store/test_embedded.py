"""The embedded engine: its traps, its life cycle, and what a crash leaves."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

import kglite
import pytest

from graph.connect import open_store
from graph.doctor import examine
from graph.documents import meta, sources
from graph.errors import InvalidQuery, QueryTimeout, StoreBusy, StoreError, UnusableFolder
from graph.hashing import graph_hash
from graph.models import Batch
from graph.ontology import ontology
from graph.schema import AUTO_REFRESH_LIMIT
from graph.settings import StoreSettings
from graph.store import Store
from graph.stores.embedded import FILE, EmbeddedStore
from tests.conftest import ROOT
from tests.graphs import batch, document, unit
from tests.waiting import until

SQUAD = unit("云溪县公安局交警大队")
SEARCH = "CALL db.index.fulltext.queryNodes('search_task', $query) YIELD node RETURN node.name AS name"
INDEXES = (
    "CALL db.node_text_index.list() YIELD type, auto_refresh_limit RETURN type AS label, auto_refresh_limit AS refresh"
)


def engine(store: Store) -> EmbeddedStore:
    assert isinstance(store, EmbeddedStore)
    return store


async def test_full_text_keeps_up_with_any_load(embedded_store: Store) -> None:
    """Every searchable label has its index with a refresh limit above any graph, also after reopening."""
    limits = {row["label"]: row["refresh"] for row in await embedded_store.read(INDEXES)}
    assert limits == dict.fromkeys(ontology().labels(search=True), AUTO_REFRESH_LIMIT)


async def test_full_text_survives_the_engine_compacting_itself(embedded_store: Store) -> None:
    """Large deletions make the engine renumber nodes and drop its text indexes; a search finds what is left."""
    for round_ in range(3):
        many = [document(f"{n}.txt", [(SQUAD, f"巡查{n}路{m}段") for m in range(300)]) for n in range(6)]
        await embedded_store.write(batch(*many, document("留.txt", [(SQUAD, f"夜间酒驾{round_}")])))
        await embedded_store.write(Batch(remove=tuple(graph.document for graph in many)))
        assert await embedded_store.read(SEARCH, {"query": "酒驾"}) == [{"name": f"夜间酒驾{round_}"}]
        assert await embedded_store.read(SEARCH, {"query": "巡查"}) == []


async def test_a_lost_full_text_index_is_built_again(embedded_store: Store) -> None:
    await embedded_store.write(batch(document("甲.txt", [(SQUAD, "夜间酒驾")])))
    await engine(embedded_store).define(("CALL db.node_text_index.drop({type: 'Task', text_column: 'search'})",))
    with pytest.raises(InvalidQuery):
        await embedded_store.read(SEARCH, {"query": "酒驾"})
    await embedded_store.schema()
    assert await embedded_store.read(SEARCH, {"query": "酒驾"}) == [{"name": "夜间酒驾"}]


async def test_a_stale_index_is_an_error_not_an_empty_answer(embedded_store: Store) -> None:
    """If the limit were the engine's default, the search after a large load must not silently miss nodes."""
    index = "{type: 'Task', text_column: 'search', name: 'search_task', auto_refresh_limit: 5}"
    await engine(embedded_store).define((f"CALL db.node_text_index.build({index}) YIELD indexed RETURN indexed",))
    rows = [{"id": f"task:{n}", "search": "酒驾"} for n in range(50)]
    create = "UNWIND $rows AS row CREATE (n:Task:Entity {id: row.id}) SET n.search = row.search, n.name = 'x'"
    session = engine(embedded_store)._opened()
    await engine(embedded_store).in_writer(
        lambda: engine(embedded_store).answer(session.execute, create, {"rows": rows})
    )
    with pytest.raises(StoreError, match="stale"):
        await embedded_store.read(SEARCH, {"query": "酒驾"})


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (n:Tsak) RETURN n.id AS id",
        "MATCH (n:Task) WHERE n.nmae = 'x' RETURN n.id AS id",
        "MATCH (n:Task)-[:LEEDS]-() RETURN n.id AS id",
    ],
)
async def test_a_name_the_ontology_does_not_know_is_an_error(embedded_store: Store, statement: str) -> None:
    """The engine answers a misspelt name with no rows and a remark; we refuse the statement."""
    await embedded_store.write(batch(document("甲.txt", [(SQUAD, "查处酒驾")])))
    with pytest.raises(InvalidQuery):
        await embedded_store.read(statement)


async def test_a_known_name_without_a_node_is_no_error(embedded_store: Store) -> None:
    await embedded_store.write(batch(document("甲.txt", [(SQUAD, "查处酒驾")])))
    for statement in (
        "MATCH (n:Road) RETURN n.code AS id",
        "MATCH (n:Section) RETURN n.id AS id",
        "MATCH (n:Document)-[r:HAS_SECTION]->() RETURN r.key AS id",
        "MATCH (t:Task)-[r:LEADS]->(u:Unit) RETURN r.key AS id",
    ):
        assert await embedded_store.read(statement) == []


async def test_a_read_that_overruns_is_not_waited_for(embedded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine may take three times its limit; the caller hears after half as long again."""
    monkeypatch.setattr(engine(embedded_store), "answer", lambda *_, **__: time.sleep(1.0))
    with pytest.raises(QueryTimeout):
        await embedded_store.read("RETURN 1 AS one", timeout=0.1)


async def test_a_store_in_use_names_the_holder(embedded_store: Store, embedded_url: str) -> None:
    """A second opening, from this program or another, is one sentence with the pid."""
    with pytest.raises(StoreBusy, match="pid"):
        await open_store(embedded_url)
    script = f"import asyncio; from graph.connect import open_store; asyncio.run(open_store({embedded_url!r}))"
    other = await asyncio.create_subprocess_exec(sys.executable, "-c", script, cwd=ROOT, stderr=asyncio.subprocess.PIPE)
    _, said = await other.communicate()
    assert other.returncode == 1
    assert f"pid {os.getpid()}" in said.decode().splitlines()[-1]


@pytest.mark.parametrize("place", ["file", "file/store"])
async def test_a_place_that_is_no_folder_names_the_setting(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UnusableFolder, match=rf"{place} cannot be used: .* ZHIZE_STORE\.$"):
        await open_store(f"embedded:{tmp_path / place}")


async def test_a_folder_without_write_permission_names_the_remedy() -> None:
    """/sys is a place where not even root makes a folder."""
    with pytest.raises(UnusableFolder, match="may not be written to"):
        await open_store("embedded:/sys/zhize-test")


async def test_a_damaged_store_says_how_to_come_by_a_sound_one(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a graph" * 100)
    with pytest.raises(UnusableFolder) as caught:
        await open_store(f"embedded:{tmp_path}")
    assert "load the documents again" in str(caught.value)
    assert "重新载入" in caught.value.message("zh")


async def test_a_full_disk_on_opening_is_one_sentence(embedded_url: str, tmp_path: Path) -> None:
    """The log lies on a device that is always full."""
    store = await open_store(embedded_url)
    await store.close()
    log = tmp_path / "store" / f"{FILE}-wal"
    log.unlink()
    log.symlink_to("/dev/full")
    with pytest.raises(UnusableFolder, match="no room left"):
        await open_store(embedded_url)


FILLING = """
import asyncio, resource, sys
from graph.connect import open_store
from graph.errors import UnusableFolder
from tests.graphs import batch, document, unit

async def main():
    store = await open_store(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))
    for n in range(1000):
        try:
            await store.write(batch(document(f"{n}.txt", [(unit("云溪县公安局交警大队"), "夜间酒驾")])))
        except UnusableFolder as error:
            print(n, error, flush=True)
            return

asyncio.run(main())
"""


async def test_a_write_without_room_is_undone_and_the_earlier_ones_stay(embedded_url: str) -> None:
    """A limit on the size of files stands for the full disk: the store holds what was committed, whole."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", FILLING, embedded_url, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    said = (await process.communicate())[0].decode()
    number, _, sentence = said.partition(" ")
    assert "no room left" in sentence
    assert "run the same command again" in sentence
    store = await open_store(embedded_url)
    assert len(await sources(store)) == int(number) > 0
    assert (await examine(store)).ok
    await store.close()


async def test_a_number_the_engine_cannot_hold_is_refused(embedded_store: Store) -> None:
    with pytest.raises(InvalidQuery):
        await embedded_store.read("MATCH (n:Document {year: $year}) RETURN n.id AS id", {"year": 10**30})


async def test_no_checkpoint_for_each_document(embedded_url: str, tmp_path: Path) -> None:
    """The graph file is written when idle and on close, not with every commit."""
    store = await open_store(embedded_url, StoreSettings(checkpoint_idle=0.3))
    file = tmp_path / "store" / FILE
    for n in range(5):
        await store.write(batch(document(f"{n}.txt", [(SQUAD, "查处酒驾")])))
    assert not file.exists()
    await until(file.exists)
    await store.write(batch(document("末.txt")))
    before = file.stat().st_mtime_ns
    await store.close()
    assert file.stat().st_mtime_ns > before


async def test_the_log_starts_a_checkpoint_when_it_is_long(embedded_url: str, tmp_path: Path) -> None:
    store = await open_store(embedded_url, StoreSettings(checkpoint_mib=1))
    for n in range(40):
        await store.write(batch(document(f"{n}.txt", text="夜间巡逻执勤安排" * 20_000 + str(n))))
    await until((tmp_path / "store" / FILE).exists)
    assert len(await sources(store)) == 40
    await store.close()


async def test_a_cancelled_write_leaves_nothing(embedded_store: Store) -> None:
    """A caller that goes away in the middle: undone, and the next writer is not blocked."""
    started = asyncio.Event()

    async def work(tx: object) -> None:
        await tx.run("CREATE (n:Unit:Entity {id: 'unit:x'}) SET n.name = 'x'")  # type: ignore[attr-defined]
        started.set()
        await asyncio.sleep(60)

    task = asyncio.create_task(engine(embedded_store).transact(work))
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await embedded_store.read("MATCH (n:Unit) RETURN n.id AS id") == []
    assert (await embedded_store.write(batch(document("甲.txt")))).revision == 1


async def test_a_write_that_takes_too_long_is_given_up(embedded_url: str) -> None:
    store = await open_store(embedded_url, StoreSettings(write_timeout=0.3))
    with pytest.raises(QueryTimeout):
        await engine(store).transact(lambda tx: asyncio.sleep(5))
    await store.close()


WRITER = """
import asyncio, sys
from graph.connect import open_store
from tests.graphs import batch, document, unit
from tests.waiting import until
async def main():
    store = await open_store(sys.argv[1])
    squad = unit("云溪县公安局交警大队")
    for n in range(100_000):
        await store.write(batch(document(f"{n}.txt", [(squad, f"任务{n}之{m}") for m in range(20)])))
        print(n, flush=True)
asyncio.run(main())
"""


async def test_kill_in_the_middle_of_writing(embedded_url: str) -> None:
    """``kill -9`` while documents stream in: everything acknowledged is there, nothing is half there."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITER, embedded_url, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    acknowledged = [int(await process.stdout.readline()) for _ in range(30)]
    process.kill()
    acknowledged += [int(line) for line in (await process.stdout.read()).split()]
    await process.wait()
    store = await open_store(embedded_url)
    loaded = await sources(store)
    assert len(loaded) in (len(acknowledged), len(acknowledged) + 1)
    examined = await examine(store)
    assert examined.problems == ()
    assert examined.relations == {"LEADS": 20 * len(loaded)}
    assert (await meta(store)).revision == len(loaded)
    await store.close()


async def test_what_the_engine_recovers_has_the_same_hash(embedded_url: str, tmp_path: Path) -> None:
    """A copy of the folder taken without closing, as a crash would leave it, gives the same graph."""
    store = await open_store(embedded_url)
    await store.write(batch(document("甲.txt", [(SQUAD, "查处酒驾")])))
    expected = await graph_hash(store)
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in (tmp_path / "store").iterdir():
        if "lock" not in file.name:
            (copy / file.name).write_bytes(file.read_bytes())
    again = await open_store(f"embedded:{copy}")
    assert await graph_hash(again) == expected
    await again.close()
    await store.close()


def test_the_engine_is_the_pinned_one() -> None:
    """Every trap above was measured on this line of versions."""
    assert kglite.__version__.startswith("0.21.")
