"""Notices of the browser's, allowed in the profile, once for each text, in one tab."""

import re

from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import formatted, log

# The browser of the tests shows nothing; this writes down what it was told to show.
RECORD = """
    const shown = []
    window.Notification = class {
      static permission = "granted"
      static asked = 0
      static async requestPermission() { this.asked += 1; return "granted" }
      constructor(title, options) { shown.push({ title, ...options, notice: this }) }
      close() {}
    }
    window.noticesShown = shown
"""
TITLES = "() => window.noticesShown.map(({ title }) => title)"
AT_A_MESSAGE = re.compile(r"/conversations/\d+\?at=\d+#message-\d+$")
LOOK_ELSEWHERE = """
    Object.defineProperty(document, "visibilityState", { get: () => "hidden" })
    document.dispatchEvent(new Event("visibilitychange"))
"""


def allow(page: Page) -> None:
    page.context.add_init_script(RECORD)
    page.goto("/profile")
    assert page.evaluate("Notification.asked") == 0
    page.get_by_role("button", name="Show notices in this browser").click()
    expect(page.get_by_text("This browser shows notices.")).to_be_visible()
    assert page.evaluate("Notification.asked") == 1


def until_shown(page: Page, title: str, count: int) -> None:
    found = "([title, count]) => noticesShown.filter((n) => n.title === title).length"
    page.wait_for_function(f"{found} === count", arg=[title, count], timeout=30_000)


def test_each_text_is_told_once_and_a_click_opens_it(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, title = visit("ben"), f"New text from {formatted(number)}"
    allow(page)
    other = page.context.new_page()
    other.goto("/conversations")

    desk.hears(number, "First")
    until_shown(other, title, 1)
    desk.hears(number, "Second")
    until_shown(other, title, 2)

    assert title not in page.evaluate(TITLES)
    assert other.evaluate("noticesShown.every(({ body }) => body === '')")
    other.evaluate("noticesShown.at(-1).notice.onclick()")
    expect(log(other)).to_contain_text("Second")
    expect(other).to_have_url(AT_A_MESSAGE)


def test_the_thread_before_ones_eyes_is_quiet_until_one_looks_elsewhere(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, title = visit("ben"), f"New text from {formatted(number)}"
    allow(page)
    page.goto("/conversations")
    desk.hears(number, "Hello")
    until_shown(page, title, 1)
    page.locator(".row").filter(has_text=formatted(number)).click()
    here = page.locator("agent-presence .presence[data-here]")
    expect(here).to_be_attached()

    desk.hears(number, "You see this")
    expect(log(page)).to_contain_text("You see this")
    page.wait_for_timeout(500)
    assert page.evaluate(TITLES).count(title) == 1

    with page.expect_response("**/presence"):
        page.evaluate(LOOK_ELSEWHERE)
    desk.hears(number, "You do not see this")
    until_shown(page, title, 2)


def test_what_came_while_the_page_was_not_live_is_told_once(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, title = visit("ben", expected=["ERR_"]), f"New text from {formatted(number)}"
    allow(page)
    page.goto("/conversations")
    desk.hears(number, "First")
    until_shown(page, title, 1)
    page.context.route("**/live", lambda route: route.abort())
    page.goto("/reports")
    expect(page.get_by_text("Not live since")).to_be_visible(timeout=15_000)

    desk.hears(number, "Second")

    until_shown(page, title, 1)
    page.context.unroute("**/live")
    expect(page.get_by_text("Not live since")).to_be_hidden(timeout=40_000)
    page.wait_for_timeout(500)
    assert page.evaluate(TITLES).count(title) == 1
