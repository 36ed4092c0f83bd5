"""One thread for life, and the matters within it, in a real browser."""

from playwright.sync_api import expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.test_live_inbox import row, state
from tests.web.browser.thread_page import log, open_thread


def test_a_new_matter_is_not_mixed_up_with_the_closed_one(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "My order is late")
    thread = page.url
    state(page).get_by_role("button", name="Close").click()
    expect(page.get_by_role("status").filter(has_text="Closed:")).to_be_visible()

    desk.hears(number, "And now something else")

    page.mouse.move(900, 400)
    expect(row(page, number)).to_contain_text("And now something else")
    page.goto(thread)
    expect(log(page)).to_contain_text("My order is late")
    said = log(page).inner_text()
    matters = ("My order is late", "closed", "And now something else")
    assert [said.index(each) for each in matters] == sorted(map(said.index, matters))
    expect(state(page).get_by_role("button", name="Close")).to_be_visible()
