"""Texts in doubt and lines that stand still, in real browsers that stay open."""

import requests
from playwright.sync_api import Page, expect
from sqlalchemy import text

from tests.support.stage import HOOK_TOKEN
from tests.web.browser.conftest import BOTH_DATABASES, Desk, Visit
from tests.web.browser.thread_page import bubbles, composer, formatted, open_thread

pytestmark = BOTH_DATABASES

DOUBT = "Not confirmed — may have arrived"
REFERENCE = text("SELECT reference FROM message WHERE body = :body")


def swallow_the_next(desk: Desk) -> None:
    """A gateway will lose Kaleyra's next answer."""
    url = f"http://127.0.0.1:{desk.env['PRACTICE_PORT']}/practice/script"
    assert requests.post(url, json={"name": "bad_gateway"}, timeout=5).ok


def send_into_doubt(page: Page, desk: Desk, body: str) -> None:
    swallow_the_next(desk)
    composer(page).fill(body)
    composer(page).press("Enter")
    expect(bubbles(page, body)).to_contain_text(DOUBT)


def report(desk: Desk, body: str, status: str) -> None:
    with desk.database() as database:
        reference = database.scalar(REFERENCE, {"body": body})
    answer = requests.post(
        f"{desk.url}/hooks/kaleyra/status?ref={reference}",
        json={"status": status},
        headers={"X-Hook-Token": HOOK_TOKEN},
        timeout=5,
    )
    assert answer.ok


def test_marking_a_text_as_sent_shows_at_once_to_everybody(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, other = visit(), visit("ben")
    open_thread(page, desk, number, "Hi")
    other.locator(".row").filter(has_text=formatted(number)).click()
    send_into_doubt(page, desk, f"Marked {number}")

    page.get_by_role("button", name="Mark as sent").press("Enter")

    for window in (page, other):
        bubble = bubbles(window, f"Marked {number}")
        expect(bubble).to_contain_text("Marked as sent by Ana")
        expect(bubble.get_by_role("button")).to_have_count(0)
    assert page.evaluate("document.activeElement !== document.body")


def test_a_late_report_withdraws_the_offer(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Hi")
    body = f"Late {number}"
    send_into_doubt(page, desk, body)
    expect(bubbles(page, body).get_by_role("button")).to_have_count(2)

    report(desk, body, "DELIVERED")

    expect(bubbles(page, body)).to_contain_text("Delivered")
    expect(bubbles(page, body).get_by_role("button")).to_have_count(0)


def test_sending_again_with_a_double_click_is_one_new_text(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Hi")
    body = f"Again {number}"
    send_into_doubt(page, desk, body)
    expect(bubbles(page, body)).to_contain_text("can text the customer twice")

    page.get_by_role("button", name="Send again").dblclick()

    expect(bubbles(page, body).last).to_contain_text("Delivered")
    expect(bubbles(page, body)).to_have_count(2)
    expect(bubbles(page, body).get_by_role("button")).to_have_count(0)


def test_a_banner_comes_and_goes_in_open_pages(
    desk: Desk, visit: Visit, number: str
) -> None:
    ana, ben = visit(), visit("ben")
    open_thread(ben, desk, number, "Hi")
    composer(ben).fill("Half a sente")
    ana.goto("/lines")
    ana.locator(".card__title a").first.click()

    ana.get_by_label("Why").fill("The number moves today.")
    ana.get_by_role("button", name="Pause the line").click()

    expect(ben.get_by_role("alert").filter(has_text="is paused")).to_contain_text(
        "The number moves today."
    )
    ana.get_by_role("button", name="Resume").click()
    expect(ben.locator("#notices")).to_have_text("")
    expect(composer(ben)).to_have_value("Half a sente")
    expect(ana.locator(".story")).to_contain_text("Resumed by Ana")
