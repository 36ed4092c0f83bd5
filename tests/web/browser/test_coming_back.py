"""A text put off, and a customer who was quicker, in a real browser."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.test_going_offline import REFUSED
from tests.web.browser.thread_page import bubbles, composer, log, open_thread

DUE = text("UPDATE scheduled_text SET due_at = created_at WHERE body = :body")
IN_ITS_TIME_MS = 20_000


def test_what_the_customer_overtook_is_not_sent_and_comes_back(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, body = visit(), f"Good morning {number}"
    open_thread(page, desk, number, "Write to me tomorrow")
    composer(page).fill(body)
    page.get_by_text("Send later").click()
    page.get_by_role("button", name="Tomorrow, 9:00").click()
    waiting = page.get_by_role("region", name="Scheduled text")
    expect(waiting).to_contain_text(body)

    desk.hears(number, "Never mind, cancel it")
    expect(log(page)).to_contain_text("Never mind")
    with desk.database() as database:
        database.execute(DUE, {"body": body})

    back = page.get_by_role("region", name="Scheduled text that was not sent")
    expect(back).to_contain_text(body, timeout=IN_ITS_TIME_MS)
    expect(log(page)).to_contain_text("The customer wrote first")
    expect(bubbles(page, body)).to_have_count(0)
    back.get_by_role("button", name="Use this text").click()
    expect(composer(page)).to_have_value(body)


@pytest.mark.parametrize("noted", [False, True], ids=["a reply", "a note"])
def test_who_leaves_before_the_answer_finds_no_draft_of_what_was_sent(
    desk: Desk, visit: Visit, number: str, noted: bool
) -> None:
    page, body = visit(), f"See you at ten, {number}"
    open_thread(page, desk, number, "When?")
    where = page.url
    page.route("**/replies", lambda route: route.fetch() and None)
    page.route("**/notes", lambda route: route.fetch() and None)
    if noted:
        page.keyboard.press("Alt+n")
        page.get_by_placeholder("Write a note").fill(body)
    else:
        composer(page).fill(body)
    with page.expect_request("**/notes" if noted else "**/replies"):
        page.keyboard.press("Enter")

    page.goto(f"{where}?mode=note" if noted else where)

    expect(bubbles(page, body)).to_have_count(1)
    box = page.get_by_placeholder("Write a note") if noted else composer(page)
    expect(box).to_have_value("")


def test_the_same_words_meant_again_are_another_text(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, body = visit(), f"OK {number}"
    open_thread(page, desk, number, "At ten?")
    where = page.url
    page.route("**/replies", lambda route: route.fetch() and None)
    composer(page).fill(body)
    with page.expect_request("**/replies"):
        composer(page).press("Enter")
    page.goto(where)
    expect(bubbles(page, body)).to_have_count(1)
    expect(composer(page)).to_have_value("")
    page.unroute("**/replies")

    composer(page).fill(body)
    composer(page).press("Enter")

    expect(bubbles(page, body)).to_have_count(2)


def test_what_was_sent_and_is_sent_again_for_want_of_an_answer_is_one_text(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, body = visit(expected=REFUSED), f"At ten, {number}"
    open_thread(page, desk, number, "When?")
    where = page.url
    page.route("**/replies", lambda route: route.fetch() and None)
    page.route("**/unsent/reply", lambda route: route.abort())
    composer(page).fill(body)
    with page.expect_request("**/replies"):
        composer(page).press("Enter")
    page.goto(where)
    expect(composer(page)).to_have_value(body)
    page.unroute("**/replies")

    composer(page).press("Enter")

    expect(composer(page)).to_have_value("")
    expect(bubbles(page, body)).to_have_count(1)
