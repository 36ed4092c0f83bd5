"""Pages that say no, and those outside the desk, keep WCAG 2.2 AA as axe tells."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.axe import check
from tests.support.browser import window
from tests.support.rules import csrf_tokens
from tests.web.browser.accessible.conftest import STILL
from tests.web.browser.conftest import Desk, Visit

TRIES = 10
REFUSED = ["status of 4", "Code 4"]


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nope", 404), ("/agents", 403), ("/sign-out", 405)],
)
def test_pages_that_refuse(visit: Visit, address: str, status: int) -> None:
    page = visit("ben", expected=REFUSED, **STILL)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == status
    check(page)


def test_forms_that_will_not_do(visit: Visit) -> None:
    page = visit("ana", expected=REFUSED, **STILL)
    page.goto("/conversations/new")
    page.get_by_label("Phone number").fill("nobody")
    page.locator("textarea").fill("Hi")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".field__error").first).to_be_visible()
    check(page, "#pane")
    page.goto("/agents")
    page.get_by_label("Name").fill("Ben")
    page.get_by_label("Email").fill("ben@practice.example")
    page.get_by_role("button", name="Make a link").click()
    expect(page.locator(".field__error").first).to_be_visible()
    check(page)


def test_the_door_that_stays_shut(desk: Desk, chromium: Browser) -> None:
    with window(chromium, desk.url, expected=REFUSED, **STILL) as page:
        try_password(page)
        check(page)
        for _ in range(TRIES):
            try_password(page)
        expect(page.get_by_text("Too many tries")).to_be_visible()
        check(page)
        page.goto("/invitations/none")
        check(page)


def try_password(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email").fill("nobody@practice.example")
    page.get_by_label("Password").fill("not this one, surely")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def test_the_first_run_and_the_phone_beside_it(
    desk: Desk, visit: Visit, chromium: Browser, number: str
) -> None:
    page = visit("ana", **STILL)
    page.goto("/setup")
    page.get_by_label("Number of your own phone").fill(f"+{number}")
    page.get_by_role("button", name="test text").click()
    expect(page.locator("#progress")).to_be_visible()
    check(page)
    phone = f"http://127.0.0.1:{desk.env['PRACTICE_PORT']}"
    with window(chromium, phone, without=[csrf_tokens], **STILL) as other:
        for address in ("/", f"/?customer=%2B{number}&line=%2B12025550100"):
            other.goto(address)
            check(other)
