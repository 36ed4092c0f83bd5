"""Saved replies by the keyboard: a slash, a few letters, Enter, and the blanks."""

from playwright.sync_api import expect
from sqlalchemy import text

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import bubbles, composer, open_thread

NONE_LEFT = text("UPDATE saved_reply SET archived_at = updated_at")


def test_a_slash_offers_them_and_blanks_are_filled_in_turn(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit(expected=["status of 422"])
    page.goto("/saved-replies")
    page.get_by_label("Word").fill(f"price{number}")
    page.get_by_label("Title").fill("Price")
    page.locator("#body").fill("It costs {amount}, ready on {day}.")
    page.get_by_role("button", name="Save").click()
    page.goto("/conversations")
    open_thread(page, desk, number, "How much?")

    composer(page).press_sequentially(f"/price{number}")
    choices = page.get_by_role("listbox", name="Choices")
    expect(choices).to_contain_text("It costs {amount}")
    composer(page).press("Enter")
    expect(composer(page)).to_have_value("It costs {amount}, ready on {day}.")
    composer(page).press_sequentially("12 euros")
    composer(page).press("Enter")

    expect(page.get_by_text("Fill in {day} before sending.")).to_be_visible()
    composer(page).press_sequentially("Monday")
    composer(page).press("Enter")
    expect(bubbles(page, "It costs 12 euros, ready on Monday.")).to_be_visible()
    expect(composer(page)).to_have_value("")


def test_escape_closes_the_list_and_a_slash_within_a_word_opens_none(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Hi")
    composer(page).press_sequentially("and/or")
    expect(page.get_by_role("listbox", name="Choices")).to_have_count(0)


def test_where_there_are_none_yet_a_slash_says_so_and_is_a_slash(
    desk: Desk, visit: Visit, number: str
) -> None:
    with desk.database() as database:
        database.execute(NONE_LEFT)
    page = visit()
    open_thread(page, desk, number, "Hi")

    composer(page).press_sequentially("/")
    hint = page.get_by_role("listbox", name="Choices")
    expect(hint).to_contain_text("No saved replies yet.")
    hint.click()
    composer(page).press("Enter")

    expect(bubbles(page, "/")).to_be_visible()
