"""An agent who sees the last digits alone, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import formatted, log, open_thread

MASKED = text("UPDATE agent SET masked = :masked WHERE name = 'Ben'")


@pytest.fixture
def unmasked_after(desk: Desk) -> Iterator[None]:
    yield
    with desk.database() as database:
        database.execute(MASKED, {"masked": False})


@pytest.mark.usefixtures("unmasked_after")
def test_whole_numbers_are_not_shown_to_who_must_not_see_them(
    desk: Desk, visit: Visit, number: str
) -> None:
    admin, ben = visit("ana"), visit("ben")
    open_thread(admin, desk, number, f"Hello {number[-4:]}")
    admin.goto("/agents")
    admin.get_by_role("link", name="Ben", exact=True).click()
    admin.get_by_label("last digits").check()
    admin.get_by_role("button", name="Save").click()
    sure(admin)

    ben.reload()
    row = ben.locator(".row").filter(has_text=f"Hello {number[-4:]}")
    expect(row).to_contain_text(number[-4:])
    row.click()
    expect(log(ben)).to_contain_text("Hello")

    shown = ben.content()
    assert number not in shown
    assert formatted(number) not in shown


def sure(page: Page) -> None:
    page.locator(".sheet form .button--main").click()
    expect(page.get_by_role("heading", name="Ben")).to_be_visible()
