"""The open conversation in a real browser: what comes by itself and what stays put."""

import re

from playwright.sync_api import expect

from tests.web.browser.conftest import BOTH_DATABASES, Desk, Visit
from tests.web.browser.held import Held
from tests.web.browser.thread_page import (
    bubbles,
    composer,
    log,
    open_thread,
    scrolled,
)

pytestmark = BOTH_DATABASES

MANY = [f"Line {n} of a longer story, so that it fills the page" for n in range(30)]


def test_a_text_shows_in_the_thread_the_list_and_the_title(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, other = visit(), visit("ben")
    open_thread(page, desk, number, "Hello there")

    desk.hears(number, "Are you open today?")

    expect(bubbles(page, "Are you open today?")).to_be_visible()
    row = other.locator(".row").first
    expect(row).to_contain_text("Are you open today?")
    expect(row).to_contain_text("Unread")
    expect(other).to_have_title(re.compile(r"^\(\d+\+?\) "))


def test_an_answer_shows_its_status_as_it_changes(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Ready?")

    composer(page).fill("Yes, from nine")
    composer(page).press("Enter")

    expect(bubbles(page, "Yes, from nine")).to_have_count(1)
    expect(composer(page)).to_have_value("")
    expect(composer(page)).to_be_focused()
    expect(bubbles(page, "Yes, from nine")).to_contain_text("Delivered")


def test_an_answer_from_before_takes_nothing_back(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Ready?")
    sending = Held(page, "**/replies")
    composer(page).fill("Yes, from nine")
    composer(page).press("Enter")
    as_stored = sending.came().fetch()
    expect(bubbles(page, "Yes, from nine")).to_contain_text("Delivered")

    sending.came().fulfill(response=as_stored)

    expect(composer(page)).to_have_value("")
    expect(bubbles(page, "Yes, from nine")).to_contain_text("Delivered")


def test_whoever_reads_further_up_is_not_moved_but_told(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit(viewport={"width": 1100, "height": 600})
    open_thread(page, desk, number, *MANY)
    box = page.locator(".thread__scroll")
    box.evaluate("box => { box.scrollTop = -700 }")
    read = bubbles(page, "Line 12 of")
    before = read.bounding_box()

    desk.hears(number, "A new one")

    pill = page.get_by_role("button", name="1 new message")
    expect(pill).to_be_visible()
    assert abs(read.bounding_box()["y"] - before["y"]) < 2
    pill.click()
    expect(pill).to_be_hidden()
    expect(bubbles(page, "A new one")).to_be_in_viewport()


def test_older_messages_load_without_losing_the_place(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit(viewport={"width": 1100, "height": 600})
    open_thread(page, desk, number, *MANY, *(f"More {n}" for n in range(40)))
    expect(page.locator(".message")).to_have_count(50)

    page.locator("#older").scroll_into_view_if_needed()

    expect(page.locator(".message")).to_have_count(70)
    expect(bubbles(page, "Line 21 of")).to_be_in_viewport()
    assert scrolled(page) > 100


def test_what_is_selected_and_typed_survives_a_change_of_status(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Hi")
    composer(page).fill("Select me")
    composer(page).press("Enter")
    bubble = bubbles(page, "Select me")
    expect(bubble).to_be_visible()
    body = bubble.locator(".message__body")
    body.evaluate("body => getSelection().selectAllChildren(body)")

    expect(bubble).to_contain_text("Delivered")

    assert page.evaluate("getSelection().toString()") == "Select me"


def test_opting_out_replaces_the_composer_and_opting_in_brings_it_back(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Who is this?")

    desk.hears(number, "STOP")

    expect(page.get_by_text("opted out of texts from this line.")).to_be_visible()
    expect(composer(page)).to_have_count(0)

    desk.hears(number, "START")

    expect(composer(page)).to_be_visible()
    expect(log(page)).to_contain_text("opted in again")


def test_the_line_says_what_came_since_the_agent_was_here(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "First")
    expect(page.locator(".row").first).not_to_contain_text("Unread")
    page.get_by_role("link", name="Profile").click()
    desk.hears(number, "Second")
    desk.hears(number, "Third")

    page.get_by_role("link", name="Inbox").click()
    page.get_by_role("link", name="Third").click()

    new = page.get_by_text("New since you were here")
    expect(new).to_be_visible()
    following = new.locator("xpath=ancestor::li/following-sibling::li[1]")
    expect(following).to_contain_text("Second")
