"""The first run in real browsers: a text to one's own phone, and the answer to it."""

from playwright.sync_api import Browser, expect

from tests.support.browser import window
from tests.support.rules import csrf_tokens
from tests.web.browser.conftest import OUR_NUMBER, Desk, Visit

IN_ITS_TIME_MS = 20_000


def test_the_first_run_ends_when_the_phone_has_answered(
    desk: Desk, visit: Visit, chromium: Browser, number: str
) -> None:
    page = visit("ana")
    page.goto("/setup")
    page.get_by_label("Number of your own phone").fill(f"+{number}")
    page.get_by_role("button", name="test text").click()
    progress = page.get_by_role("region", name="What came of it")
    hops = progress.locator("ol .hop--done")
    expect(hops).to_have_count(3, timeout=IN_ITS_TIME_MS)
    expect(progress).to_contain_text("Your answer came back: not yet")

    phone = f"http://127.0.0.1:{desk.env['PRACTICE_PORT']}"
    with window(chromium, phone, without=[csrf_tokens]) as customer:
        customer.goto(f"/?customer=%2B{number}&line=%2B{OUR_NUMBER[1:]}")
        customer.get_by_role("textbox").last.fill("I read you")
        customer.keyboard.press("Enter")
        expect(customer.get_by_role("log")).to_contain_text("I read you")

    expect(hops).to_have_count(4, timeout=IN_ITS_TIME_MS)
    expect(progress).to_contain_text("Texts go out and answers come back.")
    expect(progress).to_contain_text("The request that brought it")
    progress.get_by_role("link", name="See it in its thread").click()
    expect(page.get_by_role("log")).to_contain_text("I read you")
