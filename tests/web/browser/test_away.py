"""Whoever is not here gets no work, seen on two desks."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.test_live_inbox import row, state
from tests.web.browser.thread_page import formatted, log, open_thread


@pytest.fixture
def leaving(visit: Visit) -> Iterator[Page]:
    """Ben, who goes away, and is back in the end."""
    page = visit("ben")
    yield page
    page.goto("/profile")
    page.get_by_role("button", name="I am back").click()
    expect(page.get_by_role("button", name="I am away")).to_be_visible()


def test_what_comes_back_does_not_land_on_somebody_who_is_away(
    desk: Desk, visit: Visit, leaving: Page, number: str
) -> None:
    ana, ben = visit("ana"), leaving
    open_thread(ben, desk, number, "Is it ready?")
    ben.locator(".owner > summary").click()
    ben.get_by_role("button", name="Take it").click()
    expect(ben.locator(".owner__words")).to_have_text("Yours")
    state(ben).get_by_role("button", name="Close").click()
    expect(row(ana, number)).to_have_count(0)
    ben.goto("/profile")
    ben.get_by_role("button", name="I am away").click()
    expect(ben.get_by_role("button", name="I am back")).to_be_visible()

    open_thread(ana, desk, number, "Anybody there?")

    expect(log(ana)).to_contain_text("Ben is away")
    expect(ana.locator(".owner__words")).not_to_contain_text("Ben")
    ana.goto("/conversations?box=unassigned")
    expect(ana.locator(".row").filter(has_text=formatted(number))).to_be_visible()
