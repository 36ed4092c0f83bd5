"""What a page says once it is cut off keeps WCAG 2.2 AA as far as axe-core can tell."""

from playwright.sync_api import expect

from tests.support.axe import check
from tests.web.browser.accessible.conftest import STILL
from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.test_going_offline import REFUSED
from tests.web.browser.thread_page import composer, open_thread


def test_a_page_that_is_not_live(desk: Desk, visit: Visit, number: str) -> None:
    page = visit(expected=REFUSED, **STILL)
    open_thread(page, desk, number, "Hello")
    page.context.route("**/live", lambda route: route.abort())
    page.reload()

    expect(page.get_by_text("Not live since")).to_be_visible()
    check(page)


def test_a_page_whose_agent_was_signed_out(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit(expected=REFUSED, **STILL)
    open_thread(page, desk, number, "Hello")
    composer(page).fill("Do not lose me")
    page.context.clear_cookies()
    composer(page).press("Enter")

    expect(page.get_by_text("You were signed out.")).to_be_visible()
    check(page)
