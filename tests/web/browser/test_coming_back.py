"""A text put off, and a customer who was quicker, in a real browser."""

from playwright.sync_api import expect
from sqlalchemy import text

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import bubbles, composer, log, open_thread

DUE = text("UPDATE scheduled_text SET due_at = created_at WHERE body = :body")
IN_ITS_TIME_MS = 20_000


def test_what_the_customer_overtook_is_not_sent_and_comes_back(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, body = visit(), f"Good morning {number}"
    open_thread(page, desk, number, "Write to me tomorrow")
    composer(page).fill(body)
    page.get_by_text("Send later").click()
    page.get_by_role("button", name="Tomorrow, 9:00").click()
    waiting = page.get_by_role("region", name="Scheduled text")
    expect(waiting).to_contain_text(body)

    desk.hears(number, "Never mind, cancel it")
    expect(log(page)).to_contain_text("Never mind")
    with desk.database() as database:
        database.execute(DUE, {"body": body})

    back = page.get_by_role("region", name="Scheduled text that was not sent")
    expect(back).to_contain_text(body, timeout=IN_ITS_TIME_MS)
    expect(log(page)).to_contain_text("The customer wrote first")
    expect(bubbles(page, body)).to_have_count(0)
    back.get_by_role("button", name="Use this text").click()
    expect(composer(page)).to_have_value(body)
