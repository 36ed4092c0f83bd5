"""The whole story in real browsers, on both databases, with a phone in the browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.browser import window
from tests.support.fixtures import DATABASES, database_url
from tests.support.rules import csrf_tokens
from tests.support.server import Server, on_the_practice_line

NUMBER = "+12025550177"
NO_SESSION = [csrf_tokens]  # nobody signs in to the phone


@pytest.fixture(params=DATABASES)
def practice(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """Parley on the practice line, on each database."""
    with (
        database_url(request.param, request, tmp_path) as url,
        on_the_practice_line(Server, url, tmp_path) as server,
    ):
        yield server


def sign_in(page: Page, server: Server, name: str) -> None:
    password = Path(server.env["INSTANCE_DIR"], "practice_password").read_text()
    page.goto("/sign-in")
    page.get_by_label("Email").fill(f"{name}@practice.example")
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Conversations")).to_be_visible()


def test_an_agent_and_a_customer_text_each_other_and_another_agent_sees_it_live(
    practice: Server, chromium: Browser
) -> None:
    phone_url = f"http://127.0.0.1:{practice.env['PRACTICE_PORT']}"
    with (
        window(chromium, practice.url) as ana,
        window(chromium, practice.url) as ben,
        window(chromium, phone_url, without=NO_SESSION) as phone,
    ):
        sign_in(ana, practice, "ana")
        sign_in(ben, practice, "ben")

        start_conversation(ana, NUMBER, "Your order is ready.")
        expect(ana.get_by_text("Delivered")).to_be_visible(timeout=15_000)

        answer_on_phone(phone, "Great, I come at six 😊")
        expect(ana.get_by_role("log")).to_contain_text("Great, I come at six 😊")

        ben.get_by_role("link", name="Great, I come at six").click()
        expect(ben.get_by_role("log")).to_contain_text("Your order is ready.")
        expect_seen(ana)
        composer(ana).fill("See you then")
        ana.keyboard.press("Enter")
        expect(ben.get_by_role("log")).to_contain_text("See you then")
        expect(composer(ana)).to_have_value("")


def start_conversation(page: Page, number: str, body: str) -> None:
    page.goto("/conversations/new")
    page.get_by_label("Phone number").fill(number)
    page.locator("textarea").fill(body)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("log")).to_contain_text(body)


def composer(page: Page) -> Locator:
    return page.get_by_placeholder("Write a text")


def expect_seen(page: Page) -> None:
    """Somebody who has read the latest text may answer it."""
    newest = page.locator(".message").last.get_attribute("data-id")
    expect(page.locator("#composer input[name=seen]")).to_have_value(newest)


def answer_on_phone(phone: Page, body: str) -> None:
    phone.goto(f"/?customer=%2B{NUMBER[1:]}&line=%2B12025550100")
    phone.get_by_role("textbox").last.fill(body)
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("log")).to_contain_text(body)
