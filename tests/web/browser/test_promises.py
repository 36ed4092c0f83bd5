"""What was promised for a day, in a real browser."""

from playwright.sync_api import expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.test_live_inbox import state
from tests.web.browser.thread_page import open_thread


def test_a_promise_is_remembered_for_everybody_until_it_is_kept(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, other = visit("ana"), visit("ben")
    open_thread(page, desk, number, "Will you call me?")
    open_thread(other, desk, number, "Will you call me?")

    state(page).locator("summary").filter(has_text="Follow up").click()
    page.get_by_label("What was promised").fill("Call about the pump")
    page.get_by_role("button", name="Remember").click()

    expect(state(page)).to_contain_text("Call about the pump")
    expect(state(other)).to_contain_text("Call about the pump")
    state(other).get_by_role("button", name="Followed up").click()
    expect(state(page)).not_to_contain_text("Call about the pump")
