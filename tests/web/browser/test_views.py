"""Views in a real browser: filtered, kept under a name, and forgotten."""

from playwright.sync_api import expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.test_live_inbox import row
from tests.web.browser.thread_page import open_thread


def test_a_view_kept_by_name_is_one_click_away(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, name = visit(), f"New {number}"
    open_thread(page, desk, number, "Read already")
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Unread", exact=True).check()
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#only-unread[aria-current]")).to_be_visible()
    page.get_by_text("Views", exact=True).click()
    page.get_by_label("Keep this one as").fill(name)
    page.get_by_role("button", name="Keep", exact=True).click()
    page.goto("/conversations")
    expect(row(page, number)).to_be_visible()

    page.get_by_text("Views", exact=True).click()
    page.get_by_role("link", name=name).click()

    expect(page.locator("#only-unread[aria-current]")).to_be_visible()
    expect(row(page, number)).to_have_count(0)
    page.get_by_text("Views", exact=True).click()
    page.get_by_role("button", name=f"Remove the view {name}").click()
    page.get_by_text("Views", exact=True).click()
    expect(page.get_by_role("link", name=name)).to_have_count(0)
