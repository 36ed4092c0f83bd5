"""Searching in a real browser: from a word to its place in a thread, and back."""

from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Desk, Visit


def test_a_search_leads_to_the_text_and_back(
    desk: Desk, visit: Visit, number: str
) -> None:
    desk.hears(number, "Is the blue heron lamp still there?")
    for n in range(30):
        desk.hears(number, f"Something else {n}")
    page = visit()
    page.goto("/search")

    page.get_by_label("Search for names, numbers or words").fill("heron la")
    expect(page.locator("#found mark")).to_have_text(["heron", "lamp"])
    page.keyboard.press("ArrowDown")
    expect(page.locator(".found__text")).to_be_focused()
    page.keyboard.press("Enter")

    marked = page.locator(".message:target")
    expect(marked).to_contain_text("blue heron lamp")
    expect(marked).to_be_in_viewport()
    expect(page.get_by_text("Something else 3", exact=True)).to_be_attached()
    back_again(page)


def back_again(page: Page) -> None:
    page.go_back()
    expect(page.get_by_label("Search for names")).to_have_value("heron la")
    expect(page.locator("#found mark")).to_have_count(2)
    assert "heron" not in page.url
