"""The pictures of README and docs, from ``examples/`` alone: ``python tools/screenshots.py`` writes ``docs/images/``.

Needs Chromium (on the path or in CHROMIUM) and CJK fonts. They are pictures for people; no test compares pixels.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from tests.browser.server import ingest, serving  # noqa: E402

IMAGES = ROOT / "docs" / "images"
QUESTIONS = {"answer": ("zh-CN", "一盔一带由哪些单位负责？")}
ARGS = ["--no-sandbox", "--force-color-profile=srgb", "--font-render-hinting=none"]


def take(browser: Browser, address: str, name: str, lang: str, question: str) -> Path:
    """One picture of an answer with its proof and its graph."""
    page = browser.new_page(viewport={"width": 1280, "height": 940}, reduced_motion="reduce", locale=lang)
    page.goto(f"{address}/?q={quote(question)}&lang={lang}")
    page.locator("duty-graph[data-ready]").wait_for()
    page.locator("blockquote.proof mark").wait_for()
    target = IMAGES / f"{name}.png"
    page.screenshot(path=target, animations="disabled")
    page.close()
    return target


def main() -> None:
    """Load the examples into a store of their own, serve it, and take every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = f"embedded:{folder}/store"
        ingest(store, [ROOT / "examples"])
        with serving(store) as address, sync_playwright() as playwright:
            path = os.environ.get("CHROMIUM") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=path, args=ARGS)
            for name, (lang, question) in QUESTIONS.items():
                target = take(browser, address, name, lang, question)
                print(f"{target.relative_to(ROOT)}  {target.stat().st_size // 1024} KB")
            browser.close()


if __name__ == "__main__":
    main()
