"""A real Chromium on a real server over ``examples/`` and one hostile document, on the embedded store.

The page under test may ask its own server and nobody else, and may not write an error into the console: either fails
the test. Wait for facts (an element, an attribute), never for time.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, Route, async_playwright

from tests.browser.server import ROOT, ingest, serving

ARGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--lang=zh-CN",
]
HOSTILE = """<img/src=x/onerror=alert(1)>县公安局交警大队2024年工作要点

一、<script>alert(2)</script>重点工作
（一）整治\u202e倒写\u202c“<b>粗体</b>”违法行为😀𠮷。县教育局负责<svg onload=alert(3)>宣传教育工作，县公安局配合。
（二）排查"'`${alert(4)}`\\u003cscript\\u003e隐患。县交通运输局负责公路隐患排查治理。
"""
QUESTION = "一盔一带由哪些单位负责？"


@pytest.fixture(scope="session")
def store_path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """URL of an embedded store with the examples and the hostile document."""
    folder = tmp_path_factory.mktemp("browser")
    (folder / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    store = f"embedded:{folder / 'store'}"
    ingest(store, [ROOT / "examples", folder / "hostile.txt"])
    return store


class Host(ThreadingHTTPServer):
    """Somebody else's site: one page, which the test writes. It really listens, for browsers tell local from remote."""

    page = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), HostPage)
        self.url = f"http://localhost:{self.server_port}"


class HostPage(BaseHTTPRequestHandler):
    server: Host

    def do_GET(self) -> None:
        body = self.server.page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Not of interest."""


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    with Host() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def base_url(store_path: str, host: Host) -> Iterator[str]:
    with serving(store_path, environment={"ZHIZE_CORS_ORIGINS": host.url}) as address:
        yield address


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail("Chromium is missing: apt-get install chromium fonts-noto-cjk, or name it in CHROMIUM.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, headless=True, args=ARGS)
        yield browser
        await browser.close()


class Watched:
    """A browser context whose pages are held to the offline promise and to a clean console."""

    def __init__(self, context: BrowserContext, base_url: str) -> None:
        self.context = context
        self.base_url = base_url
        self.bad: list[str] = []
        self.allowed: list[str] = []

    def allow(self, *words: str) -> None:
        """Console errors that hold one of ``words`` are what this test is about."""
        self.allowed += words

    async def page(self) -> Page:
        page = await self.context.new_page()
        page.on("pageerror", lambda error: self.bad.append(str(error)))
        page.on("dialog", lambda dialog: self.bad.append(f"dialog: {dialog.message}"))
        page.on("console", lambda message: message.type == "error" and self.bad.append(message.text))
        return page

    async def gate(self, route: Route) -> None:
        url = route.request.url
        if url.startswith((self.base_url, "data:", "blob:")):
            await route.continue_()
        else:
            self.bad.append(f"outside request: {url}")
            await route.abort()

    def verdict(self) -> list[str]:
        return [line for line in self.bad if not any(word in line for word in self.allowed)]


Open = Callable[..., Awaitable[Watched]]


@pytest.fixture
async def watch(browser: Browser, base_url: str) -> AsyncIterator[Open]:
    """Opens watched contexts; options are Playwright's (viewport, color_scheme …) and ``address``."""
    opened: list[Watched] = []

    async def start(address: str = base_url, **options: Any) -> Watched:
        settings = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"} | options
        context = await browser.new_context(
            base_url=address, locale="zh-CN", timezone_id="Asia/Shanghai", accept_downloads=True, **settings
        )
        context.set_default_timeout(15_000)
        watched = Watched(context, address)
        await context.route("**/*", watched.gate)
        opened.append(watched)
        return watched

    yield start
    for watched in opened:
        await watched.context.close()
        assert not watched.verdict(), watched.verdict()


@pytest.fixture
async def watched(watch: Open) -> Watched:
    return await watch()


@pytest.fixture
async def page(watched: Watched) -> Page:
    return await watched.page()


@pytest.fixture
def axe() -> str:
    """The source of axe-core, to be evaluated in a page."""
    return (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
