"""While a server holds an embedded store, every other command goes through it. The server here is a real uvicorn."""

from __future__ import annotations

import asyncio
import dataclasses
import hmac
import json
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI, HTTPException, Request

from graph.connect import open_store
from graph.doctor import examine
from graph.documents import original_of, text_of
from graph.errors import EvidenceError, InvalidQuery, QueryTimeout, StoreBusy, StoreUnavailable, WriteConflict
from graph.hashing import graph_hash
from graph.ids import text_sha256
from graph.models import Content
from graph.schema import SCHEMA_VERSION
from graph.settings import StoreSettings
from graph.store import Store
from graph.stores import loopback
from graph.stores.loopback import FILE, HEADER, PATH, LoopbackStore, announce, find, withdraw
from graph.stores.wire import handle
from tests.graphs import batch, document, unit
from tests.neo4j_server import free_port
from tests.waiting import until

SQUAD = unit("云溪县公安局交警大队", "云溪大队")
GRAPH = document("甲.txt", [(SQUAD, "查处酒驾")])


@pytest.fixture
async def served(embedded_store: Store, tmp_path: Path) -> AsyncIterator[uvicorn.Server]:
    """A server that holds the embedded store and has announced itself."""
    port = free_port()
    token = announce(tmp_path / "store", f"http://127.0.0.1:{port}")
    app = FastAPI()

    @app.post(PATH + "/{op}")
    async def internal(op: str, request: Request) -> dict[str, object]:
        if not hmac.compare_digest(request.headers.get(HEADER, ""), token):
            raise HTTPException(403)
        return await handle(embedded_store, op, await request.json())

    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))
    task = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    yield server
    server.should_exit = True
    await task
    withdraw(tmp_path / "store")


async def test_a_command_goes_through_the_server(
    served: uvicorn.Server, embedded_url: str, embedded_store: Store
) -> None:
    """Writing, reading, texts, originals, hash, doctor and schema as if the store were opened here."""
    other = await open_store(embedded_url)
    assert isinstance(other, LoopbackStore)
    content = Content(text_sha256(GRAPH.text), GRAPH.text, bytes(range(256)), "甲.docx")
    report = await other.write(dataclasses.replace(batch(GRAPH), contents=(content,), knowledge="v1"))
    assert (report.nodes_created, report.revision) == (3, 1)
    assert await other.read("MATCH (t:Task) RETURN t.name AS name, t.aliases AS aliases", {}) == [
        {"name": "查处酒驾", "aliases": []}
    ]
    assert await text_of(other, GRAPH.document) == GRAPH.text
    assert await original_of(other, GRAPH.document) == content
    assert await graph_hash(other) == await graph_hash(embedded_store)
    assert await examine(other) == await examine(embedded_store)
    assert await other.schema() == SCHEMA_VERSION
    assert await other.read("UNWIND range(1, 9) AS n RETURN n ORDER BY n", limit=2) == [{"n": 1}, {"n": 2}]
    await other.close()


async def test_errors_come_through_as_what_they_are(served: uvicorn.Server, embedded_url: str) -> None:
    other = await open_store(embedded_url)
    with pytest.raises(InvalidQuery, match="read-only"):
        await other.read("CREATE (n:Unit {id: 'x'})")
    with pytest.raises(EvidenceError) as caught:
        await other.write(batch(dataclasses.replace(GRAPH, text="别的文字。" + GRAPH.text)))
    assert caught.value.message("zh").startswith(GRAPH.document)
    with pytest.raises(WriteConflict):
        await other.write(dataclasses.replace(batch(GRAPH), expect_sources={"甲.txt": "0" * 64}))
    with pytest.raises(QueryTimeout) as late:
        await other.read("UNWIND range(1, 100000) AS a UNWIND range(1, 20000) AS b RETURN sum(a * b) AS n", timeout=0.2)
    assert "查询" in late.value.message("zh")
    await other.close()


async def test_only_the_owner_can_read_the_token(served: uvicorn.Server, tmp_path: Path) -> None:
    file = tmp_path / "store" / FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(json.loads(file.read_text())["token"]) >= 32


async def test_another_token_is_not_served(served: uvicorn.Server, tmp_path: Path, embedded_url: str) -> None:
    """A file with a token of another run leads nowhere: the store counts as in use, not as ours."""
    file = tmp_path / "store" / FILE
    value = json.loads(file.read_text())
    file.write_text(json.dumps({**value, "token": "x" * 43}))
    assert await find(embedded_url, tmp_path / "store", StoreSettings()) is None
    with pytest.raises(StoreBusy):
        await open_store(embedded_url)


async def test_a_server_that_stops_is_one_sentence(served: uvicorn.Server, embedded_url: str) -> None:
    other = await open_store(embedded_url)
    served.should_exit = True
    await until(lambda: not (served.servers and served.servers[0].is_serving()))
    with pytest.raises(StoreUnavailable, match="zhize server"):
        await other.read("RETURN 1 AS one")
    assert not (await other.health()).ok
    await other.close()


@pytest.mark.parametrize("left", ["", "{}", "[]", "not json", '{"address": "http://127.0.0.1:1", "token": "x"}'])
async def test_a_file_left_by_a_killed_server_is_ignored(tmp_path: Path, left: str) -> None:
    (tmp_path / FILE).write_text(left)
    store = await open_store(f"embedded:{tmp_path}")
    assert not isinstance(store, LoopbackStore)
    await store.close()


async def test_a_server_that_was_only_starting_is_found(
    served: uvicorn.Server, embedded_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store is held but its server did not answer at the first look: a second look, then through it."""
    looks = []

    async def late(*arguments: object) -> LoopbackStore | None:
        looks.append(arguments)
        return await find(*arguments) if len(looks) > 1 else None  # type: ignore[arg-type]

    monkeypatch.setattr(loopback, "find", late)
    other = await open_store(embedded_url)
    assert isinstance(other, LoopbackStore)
    assert len(looks) == 2
    await other.close()


async def test_an_unknown_operation_is_an_error(embedded_store: Store) -> None:
    answer = await handle(embedded_store, "drop", {})
    assert answer["error"]["class"] == "InputError"
