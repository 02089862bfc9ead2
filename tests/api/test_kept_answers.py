"""Answers that are kept as they went out: the same to every caller, and never older than the graph."""

from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.requests import Request

from graph.connect import open_store
from graph.store import Store
from service.app import create_app
from service.kept_answers import KeptAnswers
from service.settings import Settings
from tests.api.conftest import calling
from tests.store.graphs import aside, batch_of, plan


@pytest.fixture
async def written(tmp_path: Path) -> AsyncIterator[Store]:
    """An embedded store of its own with one document."""
    store = await open_store(f"embedded:{tmp_path / 'store'}")
    await store.write(batch_of(plan()))
    yield store
    await store.close()


def asking(path: str, query: bytes = b"", accept: bytes = b"") -> Request:
    """A request for an address."""
    headers = [(b"accept-encoding", accept)] if accept else []
    return Request({"type": "http", "path": path, "query_string": query, "headers": headers})


@pytest.mark.parametrize(
    "path", ["queries/statistics", "queries/documents-by-issuer?unit=青禾交警大队", "search?q=青禾"]
)
async def test_an_answer_is_new_after_a_write(written: Store, path: str) -> None:
    """Twice the same while the graph stays as it is, and another one as soon as a write has returned."""
    async with calling(create_app(Settings(), written)) as http:
        first = await http.get(f"/api/v1/{path}")
        again = await http.get(f"/api/v1/{path}")
        assert first.status_code == 200
        assert again.content == first.content
        await written.write(batch_of(aside()))
        after = await http.get(f"/api/v1/{path}")
        assert after.json() != first.json()


async def test_a_kept_answer_is_not_computed_again(written: Store) -> None:
    """Once for an address and a state, packed or not as the caller takes it; other parameters are another address."""
    kept, asked = KeptAnswers(), []

    async def answer() -> object:
        asked.append(1)
        return {"text": "职责" * 1000}

    plain = await kept.get(asking("/a"), written, answer)
    packed = await kept.get(asking("/a", accept=b"gzip"), written, answer)
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(bytes(packed.body)) == plain.body
    assert "content-encoding" not in plain.headers
    assert len(asked) == 1
    await kept.get(asking("/a", b"limit=1"), written, answer)
    assert len(asked) == 2


async def test_what_is_kept_has_a_bound(written: Store) -> None:
    """Past the memory there is for it, the least used answer goes; one that is too large is never kept."""
    kept, asked = KeptAnswers(size=100_000), []

    async def answer(length: int) -> object:
        asked.append(length)
        return "x" * length

    for path, length in (("/a", 60), ("/b", 30), ("/a", 60), ("/c", 30), ("/a", 60), ("/b", 30)):
        await kept.get(asking(path), written, lambda length=length: answer(length * 1000))  # type: ignore[misc]
    assert asked == [60_000, 30_000, 30_000, 30_000]
    for _ in range(2):
        await kept.get(asking("/large"), written, lambda: answer(300_000))
    assert asked[-2:] == [300_000, 300_000]


@pytest.mark.parametrize(
    ("text", "filler", "accept"),
    [("", 4000, b""), ("", 0, b""), ("".join(map(chr, range(0x4E00, 0x5200))), 0, b"gzip")],
    ids=["long addresses", "short answers", "packed ones"],
)
async def test_the_bound_is_one_of_memory(written: Store, text: str, filler: int, accept: bytes) -> None:
    """Addresses, compressed copies and what holds them together count: nothing to fill memory with."""
    size = 500_000
    kept = KeptAnswers(size=size)

    async def answer() -> object:
        return {"text": text}

    await kept.get(asking("/warm", accept=accept), written, answer)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for number in range(2000):
        await kept.get(asking(f"/{number}", b"q=%d" % number + b"x" * filler, accept), written, answer)
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert 0.4 * size < held < 1.1 * size


async def test_no_more_answers_are_kept_than_there_are_places(written: Store) -> None:
    """However short they are."""
    kept, asked = KeptAnswers(entries=2), []

    async def answer() -> object:
        asked.append(1)
        return 1

    for path in ("/a", "/b", "/a", "/c", "/a", "/b"):
        await kept.get(asking(path), written, answer)
    assert len(asked) == 4


@pytest.mark.parametrize("accept", [b"gzip;q=0", b"br, gzip; q=0.000", b"identity"])
async def test_who_refuses_gzip_gets_none(written: Store, accept: bytes) -> None:
    """A weight of nothing is a refusal."""

    async def answer() -> object:
        return {"text": "职责" * 1000}

    kept = KeptAnswers()
    bare = await kept.get(asking("/a", accept=accept), written, answer)
    assert "content-encoding" not in bare.headers
    packed = await kept.get(asking("/a", accept=b"br, GZIP;q=0.5"), written, answer)
    assert packed.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("path", ["/api/v1/queries", "/openapi.json"])
async def test_who_refuses_gzip_gets_none_anywhere(empty_store: Store, path: str) -> None:
    """Neither of what is tagged nor of what is written anew."""
    async with calling(create_app(Settings(), empty_store), headers={"Accept-Encoding": "gzip;q=0"}) as http:
        answer = await http.get(path)
        assert len(answer.content) > 1024
        assert "content-encoding" not in answer.headers
