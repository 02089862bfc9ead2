"""Everywhere it is used: phones, both languages, hostile data, broken addresses, assistive technology."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_answer import ASK, answer_of

pytestmark = pytest.mark.unmeasured

EVERY_WORD = """() => {
  const below = (one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])];
  const all = (root) => [...root.querySelectorAll('*')].flatMap(below);
  const texts = (one) => [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data);
  return all(document).flatMap((one) => [one.ariaLabel, one.title, one.placeholder, ...texts(one)]).filter(Boolean);
}"""
OWNER = "谁负责alert(4)隐患"
VIEWS = {"start": "/", "answer": ASK, "documents": "/#documents"}


async def settled(page: Page, view: str) -> None:
    heading = {"answer": "#sentence", "document": "duty-document-reader h1"}.get(view, "main h1:visible")
    await expect(page.locator(heading).first).to_be_visible()
    if view == "documents":
        await expect(page.locator("table tbody tr").first).to_be_visible()


async def first_document(page: Page) -> str:
    response = await page.request.get("/api/v1/documents?limit=1")
    return str((await response.json())["documents"][0]["id"])


async def address_of(page: Page, view: str) -> str:
    return VIEWS[view] if view in VIEWS else f"/#doc={quote(await first_document(page))}"


@pytest.mark.parametrize("view", [*VIEWS, "document"])
@pytest.mark.parametrize("lang", ["zh-CN", "en"])
async def test_no_view_is_wider_than_a_phone(watch: Open, view: str, lang: str) -> None:
    page = await (await watch(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)).page()
    await page.add_init_script(f"localStorage.setItem('zhize-language', '{lang}')")
    await page.goto(await address_of(page, view))
    await settled(page, view)
    assert await page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


async def test_a_phone_shows_one_part_of_the_answer_at_a_time(watch: Open) -> None:
    page = await (await watch(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)).page()
    await page.goto(ASK)
    table, proof, graph = page.locator(".pane.table"), page.locator(".pane.proof"), page.locator("duty-graph")
    await expect(table).to_be_visible()
    await expect(proof).to_be_hidden()
    await page.locator("button.evidence").first.tap()
    await expect(proof.locator("mark").first).to_be_visible()
    await expect(table).to_be_hidden()
    await page.get_by_role("button", name="关系图", exact=True).tap()
    await expect(graph).to_be_visible()
    await page.locator("duty-graph[data-ready]").wait_for()


async def test_both_languages_say_everything(page: Page) -> None:
    """The switch changes the page's words and the answer's sentence, keeps the data, and is remembered."""
    await page.goto(ASK)
    await expect(page.locator("#sentence")).to_be_visible()
    chinese = await page.locator("#sentence").inner_text()
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_role("button", name="Copy answer with sources")).to_be_visible()
    await expect(page.locator("#sentence")).not_to_have_text(chinese)
    assert await page.evaluate("() => document.documentElement.lang") == "en"
    await expect(page.locator("table.duties thead")).to_contain_text("Evidence")
    await page.goto("/")
    await expect(page.get_by_role("heading", name="Who is responsible")).to_be_visible()
    await page.get_by_role("button", name="中文").click()
    await expect(page.get_by_role("heading", name="谁负责什么")).to_be_visible()


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
async def test_no_key_of_a_dictionary_is_missing_on_screen(page: Page, lang: str) -> None:
    """An untranslated key would show itself, like graph.fit: none does, in any view, list and labels included."""
    await page.add_init_script(f"localStorage.setItem('zhize-language', '{lang}')")
    for view in [*VIEWS, "document"]:
        await page.goto(await address_of(page, view))
        await settled(page, view)
        seen = await page.evaluate(EVERY_WORD)
        prefixes = ("nav", "home", "search", "answer", "pane", "column", "graph", "evidence", "document", "documents")
        assert not [text for text in seen if text.strip().startswith(tuple(f"{one}." for one in prefixes))]


async def test_hostile_names_stay_text(page: Page) -> None:
    """Names with markup, templates, direction marks and emoji are shown as written in every view; nothing runs."""
    found = (await (await page.request.get("/api/v1/documents?limit=200")).json())["documents"]
    document = next(one for one in found if one["source"].endswith("hostile.txt"))
    await page.goto(f"/#doc={quote(document['id'])}")
    await expect(page.locator("duty-document-reader .text")).to_contain_text("<svg onload=alert(3)>")
    await page.goto("/#documents")
    await expect(page.get_by_role("link", name="<img/src=x/onerror=alert(1)>")).to_be_visible()
    await page.goto(f"/embed?focus={quote(document['id'])}&depth=2")
    graph = page.locator("duty-graph[data-ready]")
    await graph.wait_for()
    await graph.get_by_role("button", name="列表", exact=True).click()
    await expect(graph.locator(".entry").first).to_be_visible()
    for question in ("<img src=x onerror=alert(5)>", OWNER, "县教育局有哪些任务？"):
        await page.goto(f"/?q={quote(question)}")
        await expect(page.locator("#sentence")).to_be_visible()
    assert await page.locator("main img, main script, main svg[onload], main b:not(.role b)").count() == 0


@pytest.mark.parametrize(
    "address",
    ["/?q=%00%FF", "/?row=-9&q=x", "/?q=x&row=99999", "/#doc=nothing", "/#doc=&s=9-1", "/#s=1-2&x", "/?lang=zz"],
)
async def test_a_broken_address_shows_a_state_with_a_way_on(watched: Any, address: str) -> None:
    watched.allow("404", "400", "422")
    page = await watched.page()
    await page.goto(address)
    await expect(page.locator("main h1:visible, main [role=alert] h2:visible").first).to_be_visible()
    await page.get_by_role("link", name="职责").click()
    await expect(page.get_by_role("combobox")).to_be_visible()


async def test_the_navigation_says_where_one_is(page: Page) -> None:
    await page.goto("/")
    await expect(page.locator("nav a[aria-current=page]")).to_have_text("提问")
    await page.get_by_role("link", name="文件", exact=True).click()
    await expect(page.locator("nav a[aria-current=page]")).to_have_text("文件")
    await expect(page.get_by_role("combobox", name="问题或名称")).to_be_hidden()


async def test_a_mark_beyond_the_end_of_a_document_is_left_out(page: Page) -> None:
    await page.goto(f"/#doc={quote(await first_document(page))}&s=99999990-99999999")
    await expect(page.locator("duty-document-reader h1")).to_be_visible()
    await expect(page.locator("duty-document-reader mark")).to_have_count(0)


async def test_evidence_beyond_the_basic_plane_is_marked_exactly(page: Page) -> None:
    """Emoji and rare characters are one code point and two UTF-16 units: the mark still equals the quote."""
    await page.goto(f"/?q={quote(OWNER)}")
    await expect(page.locator("#sentence")).to_be_visible()
    rows = (await answer_of(page, OWNER))["rows"]
    index = next(i for i, row in enumerate(rows) if "onerror" in row["document"]["name"])
    await page.locator(f'button.evidence[data-row="{index}"]').click()
    await expect(page.locator(".source")).to_contain_text("onerror")
    assert await page.locator("blockquote.proof mark").evaluate("mark => mark.textContent") == rows[index]["quote"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", [*VIEWS, "document", "list"])
async def test_axe_finds_nothing(watch: Open, axe: str, view: str, scheme: str) -> None:
    page = await (await watch(color_scheme=scheme)).page()
    await page.goto(await address_of(page, "answer" if view == "list" else view))
    await settled(page, "answer" if view == "list" else view)
    if view == "list":
        await page.get_by_role("button", name="列表", exact=True).click()
    if view in ("answer", "list"):
        await page.locator("duty-graph[data-ready]").wait_for()
        await page.locator("blockquote.proof mark").wait_for()
    await page.evaluate(axe)
    found = await page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    told = [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found["violations"]]
    assert not told, told


@pytest.mark.parametrize("options", [{"forced_colors": "active"}, {"reduced_motion": "no-preference"}])
async def test_the_answer_works_with_forced_colours_and_with_motion(watch: Open, options: dict[str, Any]) -> None:
    page = await (await watch(**options)).page()
    await page.goto(ASK)
    graph = page.locator("duty-graph[data-ready]")
    await graph.wait_for()
    await page.locator("button.evidence").nth(1).click()
    await expect(page.locator("blockquote.proof mark")).to_be_visible()
    await graph.evaluate("graph => graph.expand(graph.snapshot[0].id)")
    await expect(graph.get_by_role("status")).to_contain_text("新增")
