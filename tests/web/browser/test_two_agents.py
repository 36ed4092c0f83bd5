"""Two agents at one thread, and one with second thoughts, in real browsers."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import BOTH_DATABASES, Desk, Visit, choose_undo
from tests.web.browser.thread_page import (
    bubbles,
    composer,
    formatted,
    open_thread,
    send_unaware,
)

pytestmark = BOTH_DATABASES

HELD = "Not sent: something new came while you wrote"


def send_button(page: Page) -> None:
    page.get_by_role("button", name="Send", exact=True).click()


def test_a_reply_against_a_stale_thread_is_held_and_nothing_typed_is_lost(
    desk: Desk, visit: Visit, number: str
) -> None:
    ana, ben = visit("ana"), visit("ben", expected=["status of 409"])
    open_thread(ana, desk, number, "Is it ready?")
    open_thread(ben, desk, number, "Is it ready?")
    composer(ben).fill("Ready at seven")
    composer(ana).fill("Ready at six")
    ana.evaluate("document.querySelector('.composer__send').click()")
    expect(bubbles(ben, "Ready at six")).to_be_visible()

    composer(ben).press("Enter")

    held = ben.get_by_role("region", name=HELD)
    expect(held).to_contain_text("Ready at six")
    expect(held).to_be_focused()
    expect(composer(ben)).to_have_value("Ready at seven")
    composer(ben).press("Enter")
    expect(held).to_be_focused()
    ben.get_by_role("link", name="Edit").click()
    expect(held).to_have_count(0)
    expect(composer(ben)).to_be_focused()
    composer(ben).fill("See you then!")
    composer(ben).press("Enter")
    expect(bubbles(ana, "See you then!")).to_be_visible()
    expect(bubbles(ana, "Ready at seven")).to_have_count(0)


def test_the_held_reply_can_be_sent_anyway_or_thrown_away(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit(expected=["status of 409"])
    open_thread(page, desk, number, "Hi")
    for text, way in (("Sent anyway", "Send anyway"), ("Thrown away", "Discard")):
        composer(page).fill(text)
        send_unaware(page)
        page.get_by_role("button", name=way).click()
        expect(composer(page)).to_have_value("")

    expect(bubbles(page, "Sent anyway")).to_have_count(1)
    page.reload()
    expect(bubbles(page, "Sent anyway")).to_have_count(1)
    expect(bubbles(page, "Thrown away")).to_have_count(0)
    expect(composer(page)).to_have_value("")


@pytest.fixture
def hesitant(visit: Visit) -> Iterator[Page]:
    page = visit("ana")
    choose_undo(page, "10 seconds")
    page.goto("/conversations")
    yield page
    choose_undo(page, "Off: replies leave at once")


def test_a_reply_is_undone_and_the_text_comes_back(
    desk: Desk, hesitant: Page, number: str
) -> None:
    page = hesitant
    open_thread(page, desk, number, "Hi")
    composer(page).fill("Too hasty")
    composer(page).press("Enter")
    expect(page.locator("undo-bar")).to_contain_text("Sending “Too hasty” in")

    page.get_by_role("button", name="Undo").click()

    expect(composer(page)).to_have_value("Too hasty")
    expect(page.locator("undo-bar")).to_have_count(0)
    expect(bubbles(page, "Too hasty")).to_contain_text("Cancelled")
    page.reload()
    expect(composer(page)).to_have_value("Too hasty")


def test_closing_the_tab_does_not_cancel(
    desk: Desk, hesitant: Page, visit: Visit, number: str
) -> None:
    open_thread(hesitant, desk, number, "Hi")
    composer(hesitant).fill("Leaves anyway")
    composer(hesitant).press("Enter")
    expect(hesitant.locator("undo-bar")).to_be_visible()
    hesitant.goto("/profile")

    page = visit("ben")
    page.locator(".row").filter(has_text=formatted(number)).click()

    expect(bubbles(page, "Leaves anyway")).to_contain_text("Delivered", timeout=20_000)


def test_what_is_typed_is_kept_in_another_browser_and_said_in_the_list(
    desk: Desk, visit: Visit, number: str
) -> None:
    here, there = visit(), visit()
    open_thread(here, desk, number, "Hi")
    composer(here).fill("Half a thou")

    row = here.locator(".row").filter(has_text=formatted(number))
    expect(row).to_contain_text("Draft")
    open_thread(there, desk, number, "Hi")
    expect(composer(there)).to_have_value("Half a thou")

    composer(there).fill("")
    there_row = there.locator(".row").filter(has_text=formatted(number))
    expect(there_row).not_to_contain_text("Draft")
