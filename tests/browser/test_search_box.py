"""The question box: suggestions by keyboard, and never in the way of an input method."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

pytestmark = pytest.mark.unmeasured


async def test_suggestions_are_chosen_by_keyboard(page: Page) -> None:
    """A combobox as ARIA describes it: arrows move, the active option is announced, Escape closes, Enter takes it."""
    await page.goto("/")
    box = page.get_by_role("combobox")
    await box.press_sequentially("一盔")
    options = page.get_by_role("option")
    await expect(options.first).to_be_visible()
    await expect(box).to_have_attribute("aria-expanded", "true")
    await page.keyboard.press("ArrowDown")
    await expect(options.first).to_have_attribute("aria-selected", "true")
    assert await box.get_attribute("aria-activedescendant") == await options.first.get_attribute("id")
    await page.keyboard.press("ArrowUp")
    await expect(page.locator('[role="option"][aria-selected="true"]')).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(options.first).to_be_hidden()
    await expect(box).to_have_value("一盔")
    await box.press_sequentially("一")
    await expect(options.first).to_be_visible()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator("#sentence, duty-document-reader h1").first).to_be_visible()


async def test_what_was_found_of_a_name_is_bold(page: Page) -> None:
    """The stretch of the name, or of the alias beside it, that the search found."""
    await page.goto("/")
    await page.get_by_role("combobox").press_sequentially("一盔一")
    options = page.get_by_role("option")
    await expect(options.first.locator("b")).to_have_text("一盔一")
    bold = await options.evaluate_all("all => all.map((one) => [...one.querySelectorAll('b')].map((b) => b.innerText))")
    assert all(any("一盔一" in found for found in one) for one in bold)


async def test_initials_find_names(page: Page) -> None:
    await page.goto("/")
    await page.get_by_role("combobox").press_sequentially("ykyd")
    await expect(page.get_by_role("option").first).to_contain_text("一盔一带")


async def test_an_input_method_keeps_its_enter(page: Page) -> None:
    """Enter while composing ends the composition; it neither asks nor suggests. The next Enter asks."""
    asked: list[str] = []
    page.on("request", lambda request: "/api/v1/ask" in request.url and asked.append(request.url))
    await page.goto("/")
    box = page.get_by_role("combobox")
    await box.focus()
    keyboard = await page.context.new_cdp_session(page)
    await keyboard.send("Input.imeSetComposition", {"text": "yikui", "selectionStart": 5, "selectionEnd": 5})
    enter = {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Enter", "code": "Enter"}
    await keyboard.send("Input.dispatchKeyEvent", enter)
    await keyboard.send("Input.insertText", {"text": "一盔一带"})
    await expect(box).to_have_value("一盔一带")
    await expect(page.get_by_role("option").first).to_be_visible()
    assert not asked
    await page.keyboard.press("Enter")
    await expect(page.locator("#sentence")).to_be_visible()
    assert len(asked) == 1


async def test_slash_returns_to_the_box(page: Page) -> None:
    await page.goto("/#documents")
    await page.goto("/?q=一盔一带")
    await expect(page.locator("#sentence")).to_be_focused()
    await page.keyboard.press("/")
    await expect(page.get_by_role("combobox")).to_be_focused()
