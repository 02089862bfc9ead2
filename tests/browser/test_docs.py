"""The page that describes the API, in Chromium: from our own server alone, under a strict policy, for everyone."""

from __future__ import annotations

import json
from typing import Any

from playwright.async_api import Page, expect

from tests.browser.conftest import Open


async def test_every_route_is_shown_with_its_examples(page: Page) -> None:
    """What the description has, the page has; a route opens to parameters and examples."""
    await page.goto("/docs")
    await expect(page.locator("details").first).to_be_visible()
    described: dict[str, Any] = await page.evaluate("fetch('openapi.json').then((answer) => answer.json())")
    routes = [f"{m.upper()} {path}" for path, found in described["paths"].items() for m in found]
    assert sorted(await page.locator("summary code").all_inner_texts()) == sorted(routes)
    await page.get_by_label("筛选").fill("units-owning-task")
    route = page.locator("details:visible")
    await expect(route).to_have_count(1)
    await route.locator("summary").click()
    await expect(route.locator("tbody tr").first).to_contain_text("task *")
    await expect(route.locator("pre").last).to_contain_text('"query": "units-owning-task"')


async def test_a_route_can_be_tried(page: Page) -> None:
    """Filled with its example; status and answer are shown."""
    await page.goto("/docs")
    await page.get_by_label("筛选").fill("/api/v1/ask")
    route = page.locator("details:visible")
    await route.locator("summary").click()
    await route.get_by_role("button").click()
    answer = route.locator("pre").first
    await expect(answer).to_contain_text("units-owning-task")
    assert (await answer.inner_text()).splitlines()[1] == "200"


async def test_the_page_is_accessible(page: Page, axe: str) -> None:
    """No finding of axe-core, with a route open."""
    await page.goto("/docs")
    await page.locator("summary").nth(4).click()
    await expect(page.locator("pre").first).to_be_attached()
    # Evaluated, not added as a script element: the page's policy refuses those.
    await page.evaluate(axe)
    findings = await page.evaluate("axe.run().then((found) => found.violations)")
    assert not findings, json.dumps(findings, ensure_ascii=False)[:2000]


async def test_without_a_key_the_page_asks_for_one(watch: Open, page: Page) -> None:
    """The description names the user's own queries: who may not read it sees why, and where the key goes."""
    watched = await watch()
    watched.allow("401")
    other = await watched.page()
    await watched.context.set_extra_http_headers({"X-API-Key": "wrong"})
    await other.goto("/docs")
    await expect(other.locator(".problem")).to_contain_text("密钥")
    await watched.context.set_extra_http_headers({})
    await other.get_by_role("button", name="Load").click()
    await expect(other.locator("details").first).to_be_visible()
    await expect(other.locator("#key")).to_be_hidden()
