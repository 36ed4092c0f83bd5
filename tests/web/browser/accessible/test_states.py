"""What pages become while people work keeps WCAG 2.2 AA too, as far as axe can tell."""

from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import Page, expect
from sqlalchemy import text

from tests.support.axe import check
from tests.web.browser.accessible.conftest import STILL
from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import (
    bubbles,
    composer,
    log,
    open_thread,
    send_unaware,
)

UNDO = text("UPDATE agent SET undo_seconds = :seconds WHERE name = 'Ana'")
AFTER_REPORT_MS = 15_000


@pytest.fixture
def page(visit: Visit) -> Page:
    """Ana's inbox, where pages answer as they do when something will not do."""
    return visit("ana", expected=["status of 4", "Code 4"], **STILL)


def next_text_goes(desk: Desk, name: str) -> None:
    url = f"http://127.0.0.1:{desk.env['PRACTICE_PORT']}/practice/script"
    assert requests.post(url, json={"name": name}, timeout=5).ok


def say(page: Page, body: str, outcome: str) -> None:
    composer(page).fill(body)
    composer(page).press("Enter")
    bubble = bubbles(page, body)
    expect(bubble).to_contain_text(outcome, timeout=AFTER_REPORT_MS)


def test_a_thread_in_which_everything_went_wrong(
    desk: Desk, page: Page, number: str
) -> None:
    open_thread(page, desk, number, "Hi", "See https://example.com/a?b=c")
    next_text_goes(desk, "undelivered")
    say(page, "This one fails", "Not delivered")
    next_text_goes(desk, "bad_gateway")
    say(page, "This one is in doubt", "Not confirmed")
    page.keyboard.press("Alt+n")
    page.get_by_placeholder("Write a note").fill("Between us, @Ben")
    page.keyboard.press("Enter")
    expect(bubbles(page, "Between us")).to_be_visible()
    check(page)


def test_a_matter_that_is_closed_and_the_next_one(
    desk: Desk, page: Page, number: str
) -> None:
    open_thread(page, desk, number, "First matter")
    page.locator("#state").get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    check(page)
    page.goto("/conversations")
    open_thread(page, desk, number, "Second matter")
    expect(log(page)).to_contain_text("First matter")
    check(page)


def test_a_scheduled_text_and_whoever_stopped(
    desk: Desk, page: Page, number: str
) -> None:
    open_thread(page, desk, number, "Are you open?")
    composer(page).fill("We are \U0001f600 open")
    page.get_by_text("Send later").click()
    check(page, "#writing")
    page.get_by_role("button", name="In 1 hour").click()
    expect(page.get_by_role("region", name="Scheduled text")).to_be_visible()
    check(page, "#writing")
    desk.hears(number, "STOP")
    expect(page.locator(".composer__closed")).to_be_visible()
    check(page, "#pane")


def test_a_reply_that_is_held(desk: Desk, page: Page, number: str) -> None:
    open_thread(page, desk, number, "Hi")
    composer(page).fill("Too late")
    send_unaware(page)
    expect(page.locator("#outdated")).to_be_focused()
    check(page, "#pane")
    composer(page).fill("Very long " * 100)
    composer(page).press("Enter")
    expect(page.locator("#many-parts")).to_be_focused()
    check(page, "#pane")
    page.get_by_role("button", name="Send all 7 parts").click()
    expect(bubbles(page, "Very long")).to_be_visible()
    expect(page.locator("#many-parts")).to_have_count(0)


def test_what_a_search_found_is_taken_away(desk: Desk, page: Page, number: str) -> None:
    desk.hears(number, f"Heron {number}")
    page.goto("/search")
    page.get_by_label("Search for names, numbers or words").fill(f"heron {number}")
    page.get_by_role("button", name="Take away this text").click()
    expect(page.get_by_role("button", name="Make it")).to_be_visible()
    check(page)


@pytest.fixture
def slow_to_send(desk: Desk) -> Iterator[None]:
    """Ana has minutes for second thoughts."""
    with desk.database() as database:
        database.execute(UNDO, {"seconds": 600})
    yield
    with desk.database() as database:
        database.execute(UNDO, {"seconds": 0})


@pytest.mark.usefixtures("slow_to_send")
def test_a_reply_that_can_be_undone(desk: Desk, page: Page, number: str) -> None:
    open_thread(page, desk, number, "Hi")
    composer(page).fill("On second thoughts")
    composer(page).press("Enter")
    expect(page.locator("undo-bar")).to_be_visible()
    check(page, "#pane")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("undo-bar")).to_have_count(0)


def test_several_are_selected_and_decided_about(
    desk: Desk, page: Page, number: str
) -> None:
    open_thread(page, desk, number, "Pick me")
    page.locator(".row__box").first.check(force=True)
    expect(page.locator("#together")).to_be_visible()
    check(page, "#inbox")
    page.get_by_role("button", name="Mark read").click()
    expect(page.locator("#outcome")).to_contain_text("marked as read")
    check(page, "#inbox")


def test_an_inbox_in_which_nothing_is_left(desk: Desk, page: Page) -> None:
    desk.forgets_what_is_open()
    page.goto("/conversations")
    expect(page.locator(".row")).to_have_count(0)
    check(page)


def test_a_search_that_finds_and_one_that_does_not(
    desk: Desk, page: Page, number: str
) -> None:
    desk.hears(number, f"Is the heron torch {number} still there?")
    page.goto("/search")
    box = page.get_by_label("Search for names, numbers or words")
    box.fill(f"heron {number}")
    expect(page.locator("#found mark").first).to_be_visible()
    check(page)
    box.fill("nothing like it")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    check(page)


def test_the_lines_banner_when_one_is_paused(desk: Desk, page: Page) -> None:
    page.goto("/lines/1")
    page.get_by_label("Why").fill("The number moves today.")
    page.get_by_role("button", name="Pause the line").click()
    expect(page.get_by_role("alert").filter(has_text="is paused")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Resume").click()
    expect(page.locator("#notices")).to_have_text("")
