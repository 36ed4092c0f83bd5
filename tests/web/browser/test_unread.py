"""The title and the icon say how many wait to be read, on every page."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import log, open_thread


def dotted(page: Page) -> None:
    expect(page.locator("link[rel=icon]")).to_have_attribute(
        "href", re.compile(r"parley-unread\.svg$")
    )


def counted(page: Page) -> int:
    """How many the title says there are; 0 where it says nothing."""
    found = re.match(r"\((\d+)\+?\) ", page.title())
    return int(found[1]) if found else 0


@pytest.mark.parametrize("address", ["/reports", "/profile", "/search"])
def test_a_text_shows_in_the_title_and_icon_of_other_pages(
    desk: Desk, visit: Visit, number: str, address: str
) -> None:
    desk.forgets_what_is_open()
    page = visit("ben")
    with page.expect_response("**/unread"):
        page.goto(address)
    page.wait_for_timeout(1500)
    before = counted(page)

    desk.hears(number, "Anybody?")

    expect(page).to_have_title(re.compile(rf"^\({before + 1}\) "))
    dotted(page)


def test_reading_in_one_tab_is_counted_in_the_other(
    desk: Desk, visit: Visit, number: str
) -> None:
    desk.forgets_what_is_open()
    page = visit()
    other = page.context.new_page()
    with other.expect_response("**/unread"):
        other.goto("/reports")
    other.wait_for_timeout(1500)
    before = counted(other)
    desk.hears(number, "Hello")
    expect(other).to_have_title(re.compile(rf"^\({before + 1}\) "))

    page.bring_to_front()
    open_thread(page, desk, number, "Read me")
    expect(log(page)).to_contain_text("Read me")

    fewer = rf"^\({before}\) " if before else r"^Reports"
    expect(other).to_have_title(re.compile(fewer))
