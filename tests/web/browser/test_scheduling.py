"""Putting a text off in a real browser, and thinking better of it."""

from playwright.sync_api import expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import bubbles, composer, open_thread


def test_a_text_is_put_off_edited_put_off_again_and_sent_now(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, other = visit("ana"), visit("ben")
    open_thread(page, desk, number, "Are you open?")
    open_thread(other, desk, number, "Are you open?")
    composer(page).fill("We open at nine")
    page.get_by_text("Send later").click()
    page.get_by_role("button", name="Tomorrow, 9:00").click()

    scheduled = page.get_by_role("region", name="Scheduled text")
    expect(scheduled).to_contain_text("We open at nine")
    expect(composer(page)).to_have_value("")
    theirs = other.get_by_role("region", name="Scheduled text")
    expect(theirs).to_contain_text("We open at nine")

    scheduled.get_by_role("button", name="Edit").click()
    expect(composer(page)).to_have_value("We open at nine")
    expect(scheduled).to_have_count(0)
    page.get_by_text("Send later").click()
    page.get_by_role("button", name="In 1 hour").click()
    scheduled.get_by_role("button", name="Send now").click()

    expect(scheduled).to_have_count(0)
    expect(bubbles(other, "We open at nine")).to_be_visible()
    expect(bubbles(page, "We open at nine")).to_have_count(1)
