"""When the stream breaks or the sign-in ends, the page says so and goes on."""

from playwright.sync_api import expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import bubbles, composer, open_thread

REFUSED = ["401", "ERR_", "MIME"]


def test_a_page_that_is_not_live_says_so_and_asks_instead(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit(expected=REFUSED)
    open_thread(page, desk, number, "Hello")
    page.context.route("**/live", lambda route: route.abort())
    page.reload()

    expect(page.get_by_text("Not live since")).to_be_visible()
    desk.hears(number, "Does this arrive?")

    expect(bubbles(page, "Does this arrive?")).to_be_visible(timeout=10_000)
    page.context.unroute("**/live")
    expect(page.get_by_text("Not live since")).to_be_hidden(timeout=40_000)


def test_two_tabs_share_one_stream_and_either_may_close(
    desk: Desk, visit: Visit, number: str
) -> None:
    first = visit()
    open_thread(first, desk, number, "Hello")
    second = first.context.new_page()
    second.goto(first.url)

    desk.hears(number, "Both of you")
    expect(bubbles(first, "Both of you")).to_be_visible()
    expect(bubbles(second, "Both of you")).to_be_visible()
    second.close()
    desk.hears(number, "And now you")

    expect(bubbles(first, "And now you")).to_be_visible()


def test_whoever_was_signed_out_is_told_and_keeps_what_was_typed(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit(expected=REFUSED)
    open_thread(page, desk, number, "Hello")
    composer(page).fill("Do not lose me")
    page.context.clear_cookies()

    composer(page).press("Enter")

    expect(page.get_by_text("You were signed out.")).to_be_visible()
    expect(composer(page)).to_have_value("Do not lose me")
