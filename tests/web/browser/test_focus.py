"""Whoever is on a button by keyboard stays there while the page changes."""

from playwright.sync_api import Locator, Page, expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import bubbles, composer, open_thread


def state(page: Page) -> Locator:
    return page.get_by_role("group", name="State of this conversation")


def button(page: Page, name: str) -> Locator:
    return state(page).get_by_role("button", name=name)


def test_the_focus_stays_on_what_can_be_decided_while_texts_come(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Hello")
    assign = page.locator("[data-act=assign] > summary")
    for target in (button(page, "Close"), button(page, "No reply needed"), assign):
        target.focus()
        with page.expect_response("**/head"):
            desk.hears(number, "One more")
        page.wait_for_timeout(100)

        expect(target).to_be_focused()


def test_the_focus_follows_a_button_that_moves_and_never_to_its_opposite(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, other = visit(), visit("ben")
    for one in (page, other):
        open_thread(one, desk, number, "All clear?")
    button(page, "No reply needed").focus()

    button(other, "No reply needed").click()

    expect(button(page, "Needs a reply")).to_be_visible()
    within = "document.querySelector('#thread-head').contains(document.activeElement)"
    assert page.evaluate(within)
    expect(button(page, "Needs a reply")).not_to_be_focused()
    button(page, "Close").focus()
    button(other, "Needs a reply").click()
    expect(button(page, "No reply needed")).to_be_visible()
    expect(button(page, "Close")).to_be_focused()
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    expect(button(page, "Wake")).to_be_visible()
    expect(state(page)).to_be_focused()


def test_the_focus_stays_on_a_tab_whose_count_changes(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    tab = page.locator("#tab-unassigned")
    tab.focus()

    with page.expect_response("**/conversations/tabs?*"):
        desk.hears(number, "Count me")
    page.wait_for_timeout(100)

    expect(tab).to_be_focused()


def test_whoever_wrote_when_the_box_went_is_left_where_it_was(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Who is this?")
    composer(page).focus()

    desk.hears(number, "STOP")

    expect(page.get_by_text("opted out of texts from this line.")).to_be_visible()
    expect(page.locator("#writing")).to_be_focused()
    expect(bubbles(page, "STOP")).to_be_visible()
