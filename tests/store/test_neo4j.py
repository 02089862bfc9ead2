"""Neo4j: how failures read, bookmarks, and a server that goes away."""

from __future__ import annotations

import asyncio
import time

import pytest

from graph.connect import open_store
from graph.errors import InvalidStoreUrl, QueryTimeout, StoreAuthError, StoreUnavailable
from graph.settings import StoreSettings
from graph.store import Store
from graph.stores.neo4j import Neo4jStore
from tests.graphs import batch, document, unit
from tests.neo4j_server import free_port

SQUAD = unit("云溪县公安局交警大队")


async def test_a_server_that_is_down_is_one_sentence_soon() -> None:
    """Within the connect timeout, not after minutes of retries; user and remedy named in both languages."""
    url = f"neo4j://127.0.0.1:{free_port()}"
    start = time.monotonic()
    with pytest.raises(StoreUnavailable) as caught:
        await open_store(url)
    assert time.monotonic() - start < 10
    for text in (caught.value.message("en"), caught.value.message("zh")):
        assert url in text
        assert "ZHIZE_STORE" in text
        assert "\n" not in text


async def test_a_host_that_does_not_exist_is_one_sentence() -> None:
    with pytest.raises(StoreUnavailable, match=r"nowhere\.invalid"):
        await open_store("neo4j://nowhere.invalid:7687")


async def test_a_port_that_speaks_something_else_is_one_sentence() -> None:
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(StoreUnavailable):
        await open_store(f"neo4j://127.0.0.1:{port}")
    server.close()
    await server.wait_closed()


async def test_a_wrong_password_names_the_settings(neo4j_url: str) -> None:
    settings = StoreSettings(neo4j_user="neo4j", neo4j_password="wrong")
    with pytest.raises(StoreAuthError) as caught:
        await open_store(neo4j_url, settings)
    assert "ZHIZE_NEO4J_PASSWORD" in caught.value.message("en")
    assert "neo4j" in caught.value.message("zh")
    assert "wrong" not in str(caught.value)


async def test_a_database_that_does_not_exist_is_one_sentence(neo4j_url: str) -> None:
    with pytest.raises(StoreUnavailable, match="no database nosuch, see ZHIZE_NEO4J_DATABASE"):
        await open_store(neo4j_url, StoreSettings(neo4j_database="nosuch"))


async def test_health_of_a_server_that_is_down() -> None:
    """Health never raises."""
    store = Neo4jStore(f"neo4j://127.0.0.1:{free_port()}", StoreSettings(retry_timeout=0.1, connect_timeout=1.0))
    health = await store.health()
    assert not health.ok
    assert "does not answer" in health.detail
    await store.close()


async def test_a_server_that_went_away_is_not_called_a_slow_question() -> None:
    """Also when the driver is given more time to try again than the question has."""
    store = Neo4jStore(f"neo4j://127.0.0.1:{free_port()}", StoreSettings(retry_timeout=60.0, query_timeout=0.1))
    with pytest.raises(StoreUnavailable, match="no connection"):
        await store.read("RETURN 1 AS one")
    await store.close()


async def test_every_neo4j_scheme_of_one_server_opens(neo4j_url: str, neo4j_store: Store) -> None:
    """``neo4j://`` routes, ``bolt://`` goes straight to the server; both see the same graph."""
    await neo4j_store.write(batch(document("甲.txt", [(SQUAD, "查处酒驾")])))
    direct = await open_store(neo4j_url.replace("neo4j://", "bolt://"))
    assert await direct.read("MATCH (t:Task) RETURN t.name AS name") == [{"name": "查处酒驾"}]
    await direct.close()


async def test_a_request_sees_the_writes_before_it(neo4j_store: Store) -> None:
    """Bookmarks go from each request of a store to the next."""
    assert isinstance(neo4j_store, Neo4jStore)
    before = set(await neo4j_store._bookmarks.get_bookmarks())
    await neo4j_store.write(batch(document("甲.txt", [(SQUAD, "查处酒驾")])))
    assert set(await neo4j_store._bookmarks.get_bookmarks()) - before
    for n in range(20):
        await neo4j_store.write(batch(document("甲.txt", [(SQUAD, f"任务{n}")])))
        assert await neo4j_store.read("MATCH (t:Task) RETURN t.name AS name") == [{"name": f"任务{n}"}]


async def test_a_writer_waits_only_so_long_for_another(neo4j_url: str, neo4j_store: Store) -> None:
    """A writer that holds the lock for ever does not hold the others for ever."""
    assert isinstance(neo4j_store, Neo4jStore)
    impatient = await open_store(neo4j_url, StoreSettings(write_timeout=1.0))
    holding, done = asyncio.Event(), asyncio.Event()

    async def hold(tx: object) -> None:
        await tx.run("MATCH (m:Meta {id: 'graph'}) SET m.lock = true")  # type: ignore[attr-defined]
        holding.set()
        await done.wait()

    holder = asyncio.create_task(neo4j_store.transact(hold))
    await holding.wait()
    with pytest.raises(QueryTimeout):
        await impatient.write(batch(document("甲.txt")))
    done.set()
    await holder
    assert (await impatient.write(batch(document("甲.txt")))).revision == 1
    await impatient.close()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "embedded:",
        "postgres://127.0.0.1/x",
        "neo4j://",
        "neo4j://user:secret@127.0.0.1:7687",
        "neo4j://127.0.0.1:port",
        "./folder",
        "neo4j://[::1",
    ],
)
async def test_an_unknown_url_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(InvalidStoreUrl) as caught:
        await open_store(url)
    assert "secret" not in str(caught.value)
    assert "embedded:PATH" in str(caught.value)
    assert ("…@" in str(caught.value)) == ("@" in url)
    assert "embedded:路径" in caught.value.message("zh")
