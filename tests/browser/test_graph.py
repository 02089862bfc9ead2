"""<duty-graph>: the picture of an answer, its growth, and everything it shows without a mouse or without sight."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Host
from tests.browser.test_answer import ASK, answer_of

pytestmark = pytest.mark.unmeasured

LISTEN = """() => { window.told = [];
  for (const name of ['duty-load', 'duty-select', 'duty-expand', 'duty-evidence', 'duty-error'])
    addEventListener(name, (event) => window.told.push([name, event.detail])); }"""


async def drawn(page: Page, address: str = ASK) -> Locator:
    await page.goto(address)
    graph = page.locator("duty-graph[data-ready]")
    await graph.wait_for()
    await page.evaluate(LISTEN)
    return graph


async def told(page: Page, name: str) -> dict[str, Any]:
    """The detail of the last event of a name."""
    events = await page.evaluate("name => window.told.filter(([one]) => one === name)", name)
    assert events, f"no {name} was heard"
    return dict(events[-1][1])


async def click_node(page: Page, graph: Locator, node: dict[str, Any], *, twice: bool = False) -> None:
    box = await graph.locator(".canvas").bounding_box()
    assert box
    await page.mouse.click(box["x"] + node["x"], box["y"] + node["y"], click_count=2 if twice else 1)


async def focus_id(page: Page) -> str:
    answer = await answer_of(page)
    return str(next(row["match"]["id"] for row in answer["rows"] if row.get("match")))


async def test_the_answer_is_drawn(page: Page) -> None:
    """Every unit and task of the answer is a node, and the canvas is really painted."""
    graph = await drawn(page)
    rows = (await answer_of(page))["rows"]
    shown = {node["id"] for node in await graph.evaluate("graph => graph.snapshot")}
    assert {row["unit"]["id"] for row in rows} | {row["task"]["id"] for row in rows} <= shown
    colours = await graph.evaluate(
        """async (graph) => { const picture = await createImageBitmap(await graph.toPng());
        const canvas = new OffscreenCanvas(picture.width, picture.height), at = canvas.getContext('2d');
        at.drawImage(picture, 0, 0);
        return new Set(new Uint32Array(at.getImageData(0, 0, picture.width, picture.height).data.buffer)).size; }"""
    )
    assert colours > 50


async def test_a_double_click_expands_and_the_step_can_be_undone(page: Page) -> None:
    graph = await drawn(page)
    before = int(await graph.get_attribute("data-ready") or 0)
    snapshot = await graph.evaluate("graph => graph.snapshot")
    focus = await focus_id(page)
    node = next(one for one in snapshot if one["id"] == focus)
    await graph.scroll_into_view_if_needed()
    await click_node(page, graph, node, twice=True)
    await expect(graph).not_to_have_attribute("data-ready", str(before))
    assert (await told(page, "duty-expand"))["added"] > 0
    after = {one["id"]: one for one in await graph.evaluate("graph => graph.snapshot")}
    assert {one["id"] for one in snapshot} < set(after)
    await graph.get_by_role("button", name="撤销展开").click()
    await expect(graph).to_have_attribute("data-ready", str(before))


async def test_keys_walk_expand_and_show_evidence(page: Page) -> None:
    """Arrows move to a neighbour and say where one is; Enter expands; E opens the proof in the panel; Escape clears."""
    graph = await drawn(page)
    await graph.get_by_role("application").focus()
    await page.keyboard.press("Home")
    focus = (await told(page, "duty-select"))["id"]
    await expect(graph.get_by_role("status")).to_contain_text("个关系")
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        await page.keyboard.press(key)
    moved = (await told(page, "duty-select"))["id"]
    assert moved
    assert focus
    await page.keyboard.press("e")
    evidence = await told(page, "duty-evidence")
    await expect(page.locator("blockquote.proof mark")).to_have_text(evidence["quote"])
    await page.keyboard.press("Enter")
    await expect(graph.get_by_role("status")).to_contain_text("新增")
    await page.keyboard.press("Escape")
    await expect(graph.locator(".card")).to_have_count(0)


async def test_the_list_holds_what_the_canvas_holds(page: Page) -> None:
    """Every node by name, every relation with its evidence: the canvas says nothing the list does not."""
    graph = await drawn(page)
    nodes = await graph.evaluate("graph => graph.snapshot")
    await graph.get_by_role("button", name="列表", exact=True).click()
    listed = graph.get_by_role("region", name="关系图的内容列表")
    await expect(listed.locator(".entry")).to_have_count(len(nodes))
    await listed.get_by_role("button", name="查看与").first.click()
    await expect(page.locator("blockquote.proof mark")).to_be_visible()


async def test_it_opens_on_a_node_of_its_own(page: Page, base_url: str) -> None:
    """/embed?focus=ID: the two-line use, with depth and types; the label may be written in Chinese."""
    node = await focus_id(page)
    graph = await drawn(page, f"/embed?focus={node}&depth=2&lang=en&types=任务")
    assert int(await graph.get_attribute("data-ready") or 0) > 1
    labels = {one["label"] for one in await graph.evaluate("graph => graph.snapshot")}
    assert "Task" in labels
    assert "Unit" not in labels
    await expect(graph.get_by_role("button", name="Fit")).to_be_visible()
    await expect(graph.locator(".legend")).to_contain_text("Task")


async def test_a_missing_node_is_an_error_in_the_element_and_an_event(watched: Any) -> None:
    watched.allow("404")
    page = await watched.page()
    await page.add_init_script("window.told = []; addEventListener('duty-error', (e) => window.told.push(e.detail));")
    await page.goto("/embed?focus=task:00000000000000000000")
    await expect(page.get_by_role("alert")).to_contain_text("没有找到")
    detail = (await page.evaluate("() => window.told"))[0]
    assert (detail["code"], detail["status"]) == ("not-found", 404)
    assert detail["requestId"]


async def test_taking_it_out_of_the_page_frees_it_and_putting_it_back_draws_again(page: Page) -> None:
    graph = await drawn(page, f"/embed?focus={await focus_id(page)}")
    nodes = await graph.get_attribute("data-ready")
    assert len(page.workers) == 1
    await page.evaluate("() => { window.kept = document.querySelector('duty-graph'); window.kept.remove(); }")
    for _ in range(100):
        if not page.workers:
            break
        await page.wait_for_timeout(20)
    assert not page.workers
    await page.evaluate("() => document.body.append(window.kept)")
    await expect(page.locator("duty-graph")).to_have_attribute("data-ready", str(nodes))


async def test_the_picture_can_be_downloaded(page: Page, tmp_path: Path) -> None:
    graph = await drawn(page)
    async with page.expect_download() as waiting:
        await graph.get_by_role("button", name="下载图片").click()
    target = tmp_path / "graph.png"
    await (await waiting.value).save_as(target)
    assert target.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_labels_are_legible_on_light_and_dark(watch: Any, scheme: str) -> None:
    """The label text has a contrast of 4.5 and more against the canvas."""
    page = await (await watch(color_scheme=scheme)).page()
    graph = await drawn(page)
    ratio = await graph.evaluate(
        """async (graph) => { const { luminance } = await import('/static/core/style.js');
        const style = getComputedStyle(graph.shadowRoot.querySelector('.canvas'));
        const [a, b] = [style.color, style.backgroundColor].map(luminance).sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05); }"""
    )
    assert ratio >= 4.5


async def test_an_expansion_that_fails_is_said_and_loses_nothing(watched: Any) -> None:
    watched.allow("net::ERR_FAILED", "Failed to load resource")
    page = await watched.page()
    graph = await drawn(page)
    before = await graph.get_attribute("data-ready")
    await page.route("**/neighbours*", lambda route: route.abort())
    await graph.evaluate("graph => graph.expand(graph.snapshot[0].id)")
    await expect(graph.locator(".notice")).to_contain_text("连不上服务")
    assert (await told(page, "duty-error"))["code"] == "unreachable"
    await page.unroute("**/neighbours*")
    await graph.evaluate("graph => graph.expand(graph.snapshot[0].id)")
    await expect(graph).not_to_have_attribute("data-ready", str(before))
    await expect(graph.locator(".notice")).to_be_hidden()


async def test_it_works_in_a_page_of_another_origin(watch: Any, host: Host, base_url: str) -> None:
    """Modules, worker and API load across origins when the server names the origin; two elements share nothing."""
    node = await focus_id(await (await watch()).page())
    element = f'<duty-graph src="{base_url}/api/v1" focus="{node}"></duty-graph>'
    script = f'<script type="module" src="{base_url}/static/duty-graph.js"></script>'
    host.page = f'<!doctype html><link rel="icon" href="data:,">{script}{element}{element}'
    page = await (await watch(host.url)).page()
    await page.route(f"{base_url}/**", lambda route: route.continue_())
    await page.goto("/")
    first, second = page.locator("duty-graph").nth(0), page.locator("duty-graph").nth(1)
    await expect(second).to_have_attribute("data-ready", re.compile(r"\d+"))
    await expect(first).to_have_attribute("data-ready", re.compile(r"\d+"))
    before = await second.get_attribute("data-ready")
    await first.evaluate("async (one) => { for (const { id } of one.snapshot) await one.expand(id); }")
    await expect(first).not_to_have_attribute("data-ready", str(before))
    await expect(second).to_have_attribute("data-ready", str(before))
    assert len(page.workers) == 2
