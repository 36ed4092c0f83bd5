"""Moving about in a real browser, wide and narrow, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.stage import until
from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.held import Held
from tests.web.browser.thread_page import (
    bubbles,
    composer,
    formatted,
    log,
    open_thread,
)

PAGES = ("/conversations", "/conversations/new", "/profile", "/lines", "/callbacks")
PHONE = {"viewport": {"width": 390, "height": 844}}


def test_opening_a_conversation_swaps_the_pane_and_back_swaps_it_again(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    desk.hears(number, "Open me")
    page.evaluate("window.untouched = true")

    page.locator(".row").filter(has_text=formatted(number)).click()
    expect(log(page)).to_contain_text("Open me")
    expect(page.locator("[aria-current=page]").last).to_contain_text("Open me")
    assert formatted(number) in page.title()
    page.go_back()

    expect(page.get_by_text("Choose a conversation")).to_be_visible()
    assert page.evaluate("window.untouched") is True


def test_on_a_phone_there_is_the_list_or_the_thread(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit(**PHONE)
    open_thread(page, desk, number, "On the go")

    expect(page.get_by_role("region", name="Conversations")).to_be_hidden()
    page.get_by_role("link", name="Back to the conversations").click()

    expect(page.get_by_role("region", name="Conversations")).to_be_visible()
    expect(log(page)).to_have_count(0)


def test_the_search_finds_while_somebody_types(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit(expected=["htmx:sendAbort", "htmx:afterRequest"])
    desk.hears(number, "Find me")
    page.keyboard.press("/")

    page.keyboard.type(number[-7:])
    expect(page.locator(".row")).to_have_count(1)
    page.keyboard.type("00000")
    expect(page.get_by_text("Nobody found")).to_be_visible()
    page.get_by_role("link", name="Clear the search").click()

    expect(page.locator(".row").filter(has_text=formatted(number))).to_be_visible()


def test_what_a_search_finds_is_shown_though_the_list_changed_meanwhile(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    desk.hears(number, "Find me")
    expect(page.locator(".row").filter(has_text=formatted(number))).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("nobody")
    expect(page.get_by_text("Nobody found")).to_be_visible()

    searching = Held(page, re.compile(f"/list.*q={number}"))
    page.locator("#q").fill(number)
    searching.came()
    with page.expect_response(re.compile("/list.*q=nobody")):
        desk.hears(number, "Find me again")
    searching.came().continue_()

    expect(page.locator(".row")).to_have_count(1)


def test_the_keyboard_alone_is_enough_to_answer(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    desk.hears(number, "Keys only")
    expect(page.locator(".row").first).to_contain_text("Keys only")

    page.keyboard.press("Alt+ArrowDown")
    expect(log(page)).to_contain_text("Keys only")
    composer(page).focus()
    page.keyboard.type("Typed")
    page.keyboard.press("Enter")

    expect(bubbles(page, "Typed")).to_have_count(1)


def test_without_scripts_one_can_read_answer_and_mark_as_read(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit(java_script_enabled=False)
    desk.hears(number, "No scripts here")
    row = page.locator(".row").filter(has_text=formatted(number))
    until(lambda: page.reload() and row.count())
    row.click()
    expect(page.get_by_role("button", name="Mark as read")).to_be_visible()

    composer(page).fill("None needed")
    page.get_by_role("button", name="Send").click()

    expect(bubbles(page, "None needed")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Mark as read")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_the_screen(
    desk: Desk, visit: Visit, number: str, width: int
) -> None:
    page = visit(viewport={"width": width, "height": 800})
    open_thread(page, desk, number, "W" * 300, "Wide")

    for path in (page.url, *PAGES):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} wide"
