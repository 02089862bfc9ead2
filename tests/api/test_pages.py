"""The page and its files (``service.routers.pages``)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from graph.errors import InvalidSetting
from service.routers import pages
from service.version import VERSION
from tests.api.conftest import assert_problem, calling


@pytest.fixture
async def site(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with calling(app) as http:
        yield http


@pytest.mark.parametrize("path", ["/", "/embed", "/docs"])
async def test_the_pages_are_html_and_never_stale(site: httpx.AsyncClient, path: str) -> None:
    """no-cache with an ETag: browsers ask each time and load only what changed."""
    answer = await site.get(path)
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["etag"]
    assert (await site.head(path)).status_code == 200


@pytest.mark.parametrize(
    ("path", "cache"), [("/static", "no-cache"), (f"/static/{VERSION}", "public, max-age=31536000, immutable")]
)
async def test_modules_are_served_stable_and_versioned(site: httpx.AsyncClient, path: str, cache: str) -> None:
    """JavaScript by type, loadable from pages of other sites, 304 when unchanged."""
    answer = await site.get(f"{path}/duty-graph.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == cache
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    again = await site.get(f"{path}/duty-graph.js", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


async def test_text_is_compressed_for_who_can_read_it(site: httpx.AsyncClient) -> None:
    """gzip on request."""
    packed = await site.get("/static/duty-graph.js", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    bare = await site.get("/static/duty-graph.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in bare.headers


@pytest.mark.parametrize(
    "path", ["/static/nothing.js", "/static/../app.py", "/static/%2e%2e/app.py", "/static/", "/nothing"]
)
async def test_what_is_not_there_is_a_problem(site: httpx.AsyncClient, path: str) -> None:
    """404 in our one shape; nothing outside the folder can be read."""
    assert_problem(await site.get(path), 404, "not-found")


async def test_the_page_runs_no_foreign_script(site: httpx.AsyncClient) -> None:
    """Offline and against injected scripts: script-src 'self', no CDN in the page."""
    for path in ("/", "/docs"):
        answer = await site.get(path)
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "https://" not in answer.text.replace("https://www.w3.org", "")
    assert (await site.get("/redoc")).status_code == 404


def test_an_installation_without_the_page_says_so_at_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Not a blank page later: the missing files are named."""
    monkeypatch.setattr(pages.resources, "files", lambda _: tmp_path)
    with pytest.raises(InvalidSetting, match=r"duty-graph\.js"):
        pages.web_folder()
