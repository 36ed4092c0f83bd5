"""A reply and a note in a real browser: never mistaken for each other."""

from playwright.sync_api import Locator, Page, expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import bubbles, composer, formatted, open_thread

A_LIST_WOULD_OPEN_MS = 400


def note(page: Page) -> Locator:
    return page.get_by_placeholder("Write a note")


def test_enter_in_the_note_adds_a_note_and_the_reply_keeps_its_own_text(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Hi")
    composer(page).fill("For the customer")

    page.keyboard.press("Alt+n")
    expect(note(page)).to_be_focused()
    expect(composer(page)).to_be_hidden()
    note(page).press_sequentially("For us alone")
    note(page).press("Enter")

    expect(bubbles(page, "For us alone")).to_contain_text("Only colleagues see this")
    expect(note(page)).to_have_value("")
    page.keyboard.press("Alt+r")
    expect(composer(page)).to_be_focused()
    expect(composer(page)).to_have_value("For the customer")


def test_a_colleague_is_named_from_the_list_and_told_at_once(
    desk: Desk, visit: Visit, number: str
) -> None:
    ana, ben = visit("ana"), visit("ben")
    open_thread(ana, desk, number, "Hi")
    ana.get_by_role("link", name="Note").click()

    note(ana).press_sequentially("Ask @be")
    expect(ana.get_by_role("listbox", name="Choices")).to_contain_text("Ben")
    note(ana).press("Enter")
    expect(note(ana)).to_have_value("Ask @Ben ")
    ana.wait_for_timeout(A_LIST_WOULD_OPEN_MS)
    note(ana).press("Enter")

    row = ben.locator(".row").filter(has_text=formatted(number))
    expect(row).to_contain_text("Mentioned")
    row.click()
    expect(bubbles(ben, "Ask @Ben")).to_be_visible()
    expect(row).not_to_contain_text("Mentioned")
