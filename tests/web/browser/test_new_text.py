"""The first text to a number: its price while one writes, and letters made simple."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Visit

PASTE = """
    (box) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData("text/plain", "“Yes” and no")
      const pasted = { clipboardData, bubbles: true, cancelable: true }
      box.dispatchEvent(new ClipboardEvent("paste", pasted))
    }
"""


def set_prices(page: Page, prices: str) -> None:
    page.goto("/lines")
    page.locator("main a[href^='/lines/']").first.click()
    page.locator("textarea[name=prices]").fill(prices)
    page.locator("form:has(textarea[name=prices])").get_by_role("button").click()
    page.wait_for_load_state()


@pytest.fixture
def page(visit: Visit) -> Iterator[Page]:
    """The form for a first text, on a line that has prices."""
    page = visit()
    set_prices(page, "0.01 EUR\n+39 0.04 EUR")
    page.goto("/conversations/new")
    yield page
    set_prices(page, "")


def test_the_counter_says_what_it_costs_to_the_number_typed(page: Page) -> None:
    counter = page.locator("#counter")
    expect(counter).not_to_contain_text("about")

    page.get_by_label("Phone number").fill("+39 345 678")
    page.locator("#body").fill("Ciao")
    expect(counter).to_contain_text("about 0.04 EUR")

    page.get_by_label("Phone number").fill("+44 20 7946")
    expect(counter).to_contain_text("about 0.01 EUR")


def test_what_is_pasted_or_typed_is_made_simple_and_can_be_put_back(
    page: Page,
) -> None:
    box = page.locator("#body")
    box.evaluate(PASTE)
    expect(box).to_have_value('"Yes" and no')
    expect(page.get_by_text("2 letters were made simple.")).to_be_visible()
    page.get_by_role("button", name="Put them back").click()
    expect(box).to_have_value("“Yes” and no")
    expect(page.locator("#counter")).to_contain_text("Unicode")

    page.get_by_role("button", name="Use simple letters").click()

    expect(box).to_have_value('"Yes" and no')
    expect(page.locator("#counter")).to_contain_text("GSM")
