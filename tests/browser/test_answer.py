"""Journey (a): a duty officer asks who owns something, reads the sentence, and sees the proof in its document."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import QUESTION, Open, Watched
from tests.browser.server import serving

pytestmark = pytest.mark.unmeasured

ASK = f"/?q={quote(QUESTION)}"


async def answer_of(page: Page, question: str = QUESTION) -> dict[str, Any]:
    """What the API says to the same question."""
    response = await page.request.get(f"/api/v1/ask?q={quote(question)}&lang=zh")
    return dict(await response.json())


async def ask(page: Page, question: str = QUESTION) -> None:
    await page.goto("/")
    await page.get_by_role("combobox").fill(question)
    await page.keyboard.press("Enter")
    await expect(page.locator("#sentence")).to_be_visible()


async def test_a_question_leads_to_the_highlighted_sentence_in_three_actions(page: Page) -> None:
    """Type, Enter, click: the mark is the row's quote, and the row says unit, role and whether it is stated."""
    await ask(page)
    answer = await answer_of(page)
    assert answer["rows"], "the examples speak of 一盔一带"
    await expect(page.locator("#sentence")).to_have_text(answer["answer"])
    row = answer["rows"][1]
    line = page.locator("table.duties tbody tr").nth(1)
    await expect(line).to_contain_text(row["unit"]["name"])
    await expect(line).to_contain_text(row["role_zh"])
    await expect(line).to_contain_text("继承" if row["implicit"] else "明示")
    await page.get_by_role("button", name="查看第 2 行的依据").click()
    mark = page.locator("blockquote.proof mark")
    await expect(mark).to_have_text(row["quote"])
    await expect(page.locator("duty-evidence-panel .source")).to_contain_text(row["document"]["name"])


async def test_every_row_of_the_answer_marks_exactly_its_quote(page: Page) -> None:
    """Offsets are code points of the text as loaded: mark and quote are equal for all rows, walking down."""
    await page.goto(ASK)
    rows = (await answer_of(page))["rows"]
    for index, row in enumerate(rows):
        mark = page.locator("blockquote.proof mark")
        await expect(page.locator(".walk")).to_contain_text(f"{index + 1} / {len(rows)}")
        assert await mark.evaluate("mark => mark.textContent") == row["quote"]
        if index + 1 < len(rows):
            await page.get_by_role("button", name="下一条依据").click()


async def test_the_whole_document_opens_at_the_mark_and_the_way_back_loses_nothing(page: Page) -> None:
    await page.goto(ASK)
    quote_of_first = (await answer_of(page))["rows"][0]["quote"]
    await page.locator("duty-graph[data-ready]").wait_for()
    await page.get_by_role("button", name="打开全文").click()
    mark = page.locator("duty-document-reader mark")
    await expect(mark).to_be_in_viewport()
    assert await mark.evaluate("mark => mark.textContent") == quote_of_first
    assert "#doc=" in page.url
    await page.reload()
    await expect(page.locator("duty-document-reader mark")).to_be_in_viewport()
    await page.get_by_role("link", name="返回").click()
    await expect(page.locator("#sentence")).to_be_visible()
    await expect(page.locator("duty-graph[data-ready]")).to_be_visible()


async def test_what_a_document_lacks_is_said_in_words(page: Page) -> None:
    """Every document of the examples that is known to be damaged, in both languages."""
    documents = (await (await page.request.get("/api/v1/documents?limit=100")).json())["documents"]
    damaged = [document for document in documents if document["damage"]]
    assert len({code for document in damaged for code in document["damage"]}) > 2
    for document in damaged:
        for lang, stop in (("zh-CN", "、"), ("en", ", ")):
            await page.goto(f"/?lang={lang}#doc={document['id']}")
            said = await page.locator("duty-document-reader .warning").inner_text()
            assert said.count(stop) == len(document["damage"]) - 1
            assert "_" not in said


async def test_the_keyboard_alone_is_enough(page: Page) -> None:
    """Focus starts in the box; Enter asks; Tab reaches the evidence buttons; Enter shows the proof."""
    await page.goto("/")
    await expect(page.get_by_role("combobox")).to_be_focused()
    await page.keyboard.type(QUESTION)
    await page.keyboard.press("Enter")
    await expect(page.locator("#sentence")).to_be_focused()
    for _ in range(40):
        await page.keyboard.press("Tab")
        if await page.evaluate("() => document.activeElement?.dataset.row === '1'"):
            break
    await page.keyboard.press("Enter")
    row = (await answer_of(page))["rows"][1]
    await expect(page.locator("blockquote.proof mark")).to_have_text(row["quote"])


async def test_the_address_holds_question_and_row(page: Page) -> None:
    """A link sent to a colleague shows the same; Back returns to where one was."""
    await ask(page)
    await page.get_by_role("button", name="查看第 2 行的依据").click()
    await expect(page.locator(".walk")).to_contain_text("2 / ")
    await page.reload()
    await expect(page.locator(".walk")).to_contain_text("2 / ")
    await page.go_back()
    await expect(page.get_by_role("heading", name="谁负责什么")).to_be_visible()


async def test_the_answer_is_copied_with_its_sources(watched: Watched) -> None:
    await watched.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = await watched.page()
    await page.goto(ASK)
    await page.get_by_role("button", name="复制答案和出处").click()
    await expect(page.get_by_role("button", name="已复制")).to_be_visible()
    text = await page.evaluate("() => navigator.clipboard.readText()")
    answer = await answer_of(page)
    assert text.startswith(answer["answer"])
    for row in answer["rows"]:
        assert row["unit"]["name"] in text
        assert row["quote"].strip() in text
        assert f"第 {row['start']}–{row['end']} 字" in text


async def test_other_questions_show_their_own_columns(page: Page) -> None:
    """Any query of the catalog has a table, and evidence where it gives any."""
    await page.goto(f"/?q={quote('哪些任务没有责任单位？')}")
    await expect(page.locator("#sentence")).to_be_visible()
    await page.goto(f"/?q={quote('县教育局有哪些任务？')}")
    await expect(page.locator("#sentence")).to_be_visible()
    await page.locator("table tbody button.evidence").first.click()
    await expect(page.locator("blockquote.proof mark")).to_be_visible()


async def test_two_years_are_compared_in_words_with_both_sentences(page: Page) -> None:
    """Raised, dropped and the like in the page's language; the sentence of this year, and that of last year beneath."""
    question = "望岭县公安局交通警察大队2024年工作要点和上一年有什么不同"
    await ask(page, question)
    rows = (await answer_of(page, question))["rows"]
    first = next(i for i, row in enumerate(rows) if "raised" in row["changes"])
    line = page.locator("table tbody tr").nth(first)
    await expect(line).to_contain_text("要求提高")
    await page.get_by_role("button", name=f"查看第 {first + 1} 行的依据").click()
    await expect(page.locator("blockquote.proof mark")).to_have_text(rows[first]["quote"])
    await expect(page.locator("blockquote.match mark")).to_have_text(rows[first]["other_quote"])
    await expect(page.locator("duty-evidence-panel h3")).to_contain_text(rows[first]["other_document"]["name"])
    dropped = next(i for i, row in enumerate(rows) if row["changes"] == ["dropped"])
    await page.get_by_role("button", name=f"查看第 {dropped + 1} 行的依据").click()
    await expect(page.locator("blockquote.proof mark")).to_have_text(rows[dropped]["other_quote"])
    await expect(page.locator("blockquote.match")).to_have_count(0)


async def test_figures_are_a_table_that_can_be_read(page: Page) -> None:
    """No column without a word in it, signs and sub-classes as people write them, rows not much taller than text."""
    question = "禾丰县2024年道路交通安全工作要点有哪些目标？"
    await page.goto(f"/?q={quote(question)}")
    await expect(page.locator("table.rows tbody tr").first).to_be_visible()
    answer = await answer_of(page, question)
    assert {row["op"] for row in answer["rows"]} >= {">="}
    columns = [await column.all_inner_texts() for column in await _columns(page)]
    assert all(any(text.strip() != "—" for text in column) for column in columns)
    words = {text.strip() for column in columns for text in column}
    assert words >= {"≥", "目标"}
    assert not words & {">=", "target"}
    heights = await page.locator("table.rows tbody tr").evaluate_all("rows => rows.map(row => row.offsetHeight)")
    assert max(heights) < 160


async def _columns(page: Page) -> list[Locator]:
    heads = await page.locator("table.rows thead th").count()
    return [page.locator(f"table.rows tbody td:nth-child({n + 1})") for n in range(heads)]


async def test_a_question_without_answer_offers_a_way_on(page: Page) -> None:
    await page.goto(f"/?q={quote('火星上的天气怎么样')}")
    await expect(page.locator("#sentence")).to_be_visible()
    chips = page.locator(".alternatives .chip")
    await expect(chips.first).to_be_visible()
    await chips.first.click()
    await expect(page.locator("table")).to_be_visible()


async def test_a_service_that_goes_away_is_said_and_the_question_can_be_tried_again(watched: Watched) -> None:
    watched.allow("net::ERR_FAILED", "Failed to load resource")
    page = await watched.page()
    await page.goto("/")
    down = "**/api/v1/ask*"
    await page.route(down, lambda route: route.abort())
    await page.get_by_role("combobox").fill(QUESTION)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("连不上服务")
    await expect(page.get_by_role("combobox")).to_have_value(QUESTION)
    await page.unroute(down)
    await page.get_by_role("button", name="重试").click()
    await expect(page.locator("#sentence")).to_be_visible()


async def test_a_server_with_a_key_asks_for_it_and_then_answers(watch: Open, tmp_path_factory: Any) -> None:
    """Beyond this machine a key is needed: the page asks, keeps it for the tab, and goes on with the question."""
    key = "a-key-for-the-browser-test-0123456789"
    folder = tmp_path_factory.mktemp("locked")
    with serving(f"embedded:{folder}", "--host", "0.0.0.0", environment={"ZHIZE_API_KEY": key}) as address:
        watched = await watch(address)
        watched.allow("401")
        page = await watched.page()
        await page.goto("/?q=x")
        await expect(page.get_by_role("alert")).to_contain_text("需要访问密钥")
        await page.get_by_label("访问密钥").fill(key)
        await page.get_by_role("button", name="使用").click()
        await expect(page.locator("#sentence")).to_be_visible()
        await page.goto("/")
        await expect(page.get_by_text("图谱里还没有文件")).to_be_visible()
