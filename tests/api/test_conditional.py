"""What may be kept by a client: a tag of what was answered, 304 while it is the same, compressed or not."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from graph.connect import open_store
from graph.store import Store
from service.app import create_app
from service.settings import Settings
from tests.api.conftest import calling
from tests.graphs import batch, document, unit

KEPT = ("/api/v1/queries", "/api/v1/queries/schema.json", "/api/v1/ontology", "/api/v1/errors", "/openapi.json")
TASKS = [(unit("望岭县教育局"), f"第{number}项整治工作") for number in range(40)]


@pytest.fixture(scope="module")
async def written(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Store]:
    """A store with one document, to which a test adds another."""
    store = await open_store(f"embedded:{tmp_path_factory.mktemp('conditional')}")
    await store.write(batch(document("甲.txt", TASKS)))
    yield store
    await store.close()


@pytest.fixture
async def http(written: Store) -> AsyncIterator[httpx.AsyncClient]:
    async with calling(create_app(Settings(), written), headers={"Accept-Encoding": "identity"}) as client:
        yield client


@pytest.mark.parametrize("path", KEPT)
async def test_what_stays_is_sent_once(http: httpx.AsyncClient, path: str) -> None:
    """A strong tag; with it, 304 without a body; for the caller's own cache only, which asks every time."""
    first = await http.get(path)
    tag = first.headers["etag"]
    assert tag.startswith('"')
    assert first.headers["cache-control"] == "private, no-cache"
    assert {"Authorization", "X-API-Key"} <= set(first.headers["vary"].split(", "))
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = await http.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), known
        assert again.headers["cache-control"] == "private, no-cache"
    for other in ('"other"', tag.strip('"'), ""):
        assert (await http.get(path, headers={"If-None-Match": other})).status_code == 200, other


async def test_documents_are_known_by_what_is_in_them(http: httpx.AsyncClient, written: Store) -> None:
    """List, one and its text keep their tags until something in them changes, and no longer."""
    listed = await http.get("/api/v1/documents")
    one = f"/api/v1/documents/{listed.json()['documents'][0]['id']}"
    tags = {path: (await http.get(path)).headers["etag"] for path in ("/api/v1/documents", one, f"{one}/text")}
    for path, tag in tags.items():
        assert (await http.get(path, headers={"If-None-Match": tag})).status_code == 304
    await written.write(batch(document("乙.txt", TASKS[:2])))
    unchanged = {path: (await http.get(path, headers={"If-None-Match": tag})).status_code for path, tag in tags.items()}
    assert unchanged == {"/api/v1/documents": 200, one: 304, f"{one}/text": 304}


async def test_a_compressed_answer_has_a_tag_of_its_own(app: FastAPI) -> None:
    """Strong tags are of bytes; both lead to 304, in either encoding."""
    async with calling(app, headers={"Accept-Encoding": "gzip"}) as http:
        packed = await http.get("/api/v1/ontology")
        assert packed.headers["content-encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["vary"]
        again = await http.get("/api/v1/ontology", headers={"If-None-Match": packed.headers["etag"]})
        plain = await http.get("/api/v1/ontology", headers={"Accept-Encoding": "identity"})
        small = await http.get("/healthz")
        script = await http.get("/static/duty-graph.js")
        kept = await http.get("/static/duty-graph.js", headers={"If-None-Match": script.headers["etag"]})
    assert packed.headers["etag"] == plain.headers["etag"][:-1] + '-gzip"'
    assert (again.status_code, again.headers["etag"]) == (304, packed.headers["etag"])
    assert "content-encoding" not in small.headers
    assert (script.headers["content-encoding"], kept.status_code) == ("gzip", 304)
    assert packed.json() == plain.json()


async def test_everything_else_is_kept_nowhere(app: FastAPI) -> None:
    """Answers hold names and sentences of papers."""
    async with calling(app) as http:
        for path in ("/search?q=头盔", "/ask?q=头盔由谁负责", "/reviews", "/nothing"):
            assert (await http.get("/api/v1" + path)).headers["cache-control"] == "no-store"


async def test_a_page_of_a_named_origin_reads_and_keeps(empty_store: Store) -> None:
    """CORS: what a page needs for tags, pages and bookmarks passes; never with what the browser keeps for us."""
    origin = {"Origin": "https://host.example"}
    async with calling(create_app(Settings(cors_origins=("https://host.example",)), empty_store)) as http:
        read = await http.get("/api/v1/queries", headers=origin)
        known = await http.get("/api/v1/queries", headers={**origin, "If-None-Match": read.headers["etag"]})
        asked = {
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match, zhize-bookmark",
        }
        before = await http.options("/api/v1/queries", headers={**origin, **asked})
    exposed = read.headers["access-control-expose-headers"].split(", ")
    assert {"Content-Disposition", "ETag", "Link", "X-Request-ID", "X-Zhize-Revision", "Zhize-Bookmark"} <= set(exposed)
    assert (known.status_code, known.headers["access-control-allow-origin"]) == (304, "https://host.example")
    assert "Origin" in read.headers["vary"]
    assert before.status_code == 200
    assert all("access-control-allow-credentials" not in answer.headers for answer in (read, known, before))


async def test_pages_of_search_follow_one_another(http: httpx.AsyncClient) -> None:
    """As long pages give the same hits in the same order."""
    whole = (await http.get("/api/v1/search", params={"q": "整治工作", "limit": 40})).json()
    hits: list[dict[str, str]] = []
    more: dict[str, str] = {}
    while True:
        page = (await http.get("/api/v1/search", params={"q": "整治工作", "limit": 15, **more})).json()
        hits += page["hits"]
        if page["next"] is None:
            break
        more = {"cursor": page["next"]}
    assert [hit["id"] for hit in hits][:40] == [hit["id"] for hit in whole["hits"]]
    assert len(hits) == page["total"]


async def test_lists_of_the_catalog_come_in_pages(app: FastAPI) -> None:
    """Queries and analyses, as every list."""
    async with calling(app) as http:
        for path, name in (("/api/v1/queries", "queries"), ("/api/v1/analytics", "analytics")):
            whole = (await http.get(path)).json()
            first = (await http.get(path, params={"limit": 2})).json()
            rest = (await http.get(path, params={"cursor": first["next"], "limit": 1000})).json()
            assert first[name] + rest[name] == whole[name]
            assert (len(first[name]), rest["next"], whole["total"]) == (2, None, len(whole[name]))
