"""Who writes through one process and reads through another sees what was written, when the bookmark goes along."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI

from graph.bookmarks import NAME, read, written
from graph.connect import open_store
from graph.store import Store
from service.app import create_app
from service.settings import Settings
from tests.api.conftest import assert_problem, calling
from tests.graphs import batch, document, unit

SOURCES = ("甲.txt", "乙.txt")


async def delete_one(http: httpx.AsyncClient) -> httpx.Response:
    listed = (await http.get("/api/v1/documents")).json()["documents"]
    return await http.delete(f"/api/v1/documents/{listed[0]['id']}")


async def test_a_change_is_read_by_another_process(store: Store, engine: str) -> None:
    """The answer names the state; reading with it works on both engines, which ignore or wait for it."""
    for source in SOURCES:
        await store.write(batch(document(source, [(unit("望岭县教育局"), f"整治{source}")])))
    async with calling(create_app(Settings(), store)) as http:
        changed = await delete_one(http)
        assert NAME not in (await http.get("/api/v1/documents")).headers
    word = changed.headers[NAME]
    assert bool(read(word)) == (engine == "neo4j")
    other = await open_store(store.url) if engine == "neo4j" else store
    async with calling(create_app(Settings(), other), headers={NAME: word}) as http:
        assert (await http.get("/api/v1/documents")).json()["total"] == 1
        again = await delete_one(http)
        assert again.status_code == 200
        assert (await http.get("/api/v1/documents", headers={NAME: again.headers[NAME]})).json()["total"] == 0
    if other is not store:
        await other.close()


async def test_a_bookmark_the_server_cannot_read_is_refused(neo4j_store: Store) -> None:
    """Well formed outside, but nothing of a Neo4j: one sentence at once, no wait and nothing of the engine."""
    foreign = written(("FB:AAAA",))
    async with calling(create_app(Settings(), neo4j_store), headers={NAME: foreign}) as http:
        answer = await http.get("/api/v1/documents")
    assert assert_problem(answer, 422, "invalid-parameter")["name"] == NAME
    assert "Neo" not in answer.json()["detail"]


@pytest.mark.parametrize("word", ["garbage", "x" * 3000, "W10x"])
async def test_what_is_no_bookmark_is_refused(app: FastAPI, word: str) -> None:
    """Everywhere, also where none is needed."""
    async with calling(app, headers={NAME: word}) as http:
        assert assert_problem(await http.get("/api/v1/ontology"), 422, "invalid-parameter")["name"] == NAME
