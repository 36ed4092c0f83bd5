"""A review in a real browser: by keys, on a phone, and nobody else notices."""

from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import formatted, open_thread

PHONE = {"viewport": {"width": 390, "height": 844}}


def test_a_supervisor_goes_through_a_list_by_keys_and_says_what_they_think(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit("ana")
    two_threads(page, desk, number)
    make_review(page)

    page.keyboard.press("Alt+ArrowDown")
    until_at(page, 2)
    page.keyboard.press("Alt+ArrowUp")
    until_at(page, 1)
    for verdict in ("Fine", "Needs work"):
        page.get_by_role("radio", name=verdict).check()
        page.get_by_label("Comment").fill("Between us")
        page.get_by_role("button", name="Save and go on").click()

    expect(page.get_by_text("2 of 2")).to_be_visible()


def test_whoever_reviews_is_seen_by_nobody_and_reads_nothing_for_others(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, colleague = visit("ana"), visit("ben")
    two_threads(page, desk, number)
    colleague.goto("/conversations")
    row = colleague.locator(".row").filter(has_text=formatted(number))
    row.click()
    both = row.or_(colleague.locator("#pane"))
    looking = both.get_by_text("Ana is looking")
    expect(looking).not_to_have_count(0)
    page.goto("/conversations")
    desk.hears(number, "Still unread")

    make_review(page)

    expect(page.get_by_text("Still unread")).to_be_visible()
    expect(looking).to_have_count(0)
    page.goto("/conversations")
    mine = page.locator(".row").filter(has_text=formatted(number))
    expect(mine).to_contain_text("unread")


def test_on_a_phone_and_without_scripts_a_verdict_can_be_given(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit("ana")
    two_threads(page, desk, number)
    bare = visit("ana", java_script_enabled=False, **PHONE)
    make_review(bare)

    wide = bare.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    bare.get_by_role("radio", name="Flagged").check()
    bare.get_by_role("button", name="Save and go on").click()

    expect(bare.get_by_text("1 with a verdict")).to_be_visible()


def two_threads(page: Page, desk: Desk, number: str) -> None:
    desk.hears(f"{number}9", "From the second")
    open_thread(page, desk, number, "From the first")


def make_review(page: Page) -> None:
    """Of the two latest; the first of them is open."""
    page.goto("/reviews")
    page.get_by_label("How many").fill("2")
    page.get_by_label("Take the latest").check()
    page.get_by_role("button", name="Make the list").click()
    page.get_by_role("link", name="Begin").click()
    until_at(page, 1)


def until_at(page: Page, place: int) -> None:
    """It is shown, and the page is whole: before that no script hears a key."""
    expect(page.get_by_text(f"conversation {place} of 2")).to_be_visible()
    page.wait_for_load_state("domcontentloaded")
