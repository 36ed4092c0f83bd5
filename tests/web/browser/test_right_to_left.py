"""Pages read from right to left, as in a language of that direction."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import bubbles, composer, open_thread

PAGES = ("/conversations", "/conversations/new", "/profile", "/lines", "/callbacks")
WIDTHS = (390, 1280)
TURNED = "document.documentElement.dir = 'rtl'"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_screen(
    desk: Desk, visit: Visit, number: str, width: int
) -> None:
    page = visit(viewport={"width": width, "height": 844})
    open_thread(page, desk, number, "A first text", "https://example.com/" + "a" * 70)
    thread = page.url

    for address in (thread, *(desk.url + each for each in PAGES)):
        page.goto(address)
        page.evaluate(TURNED)
        assert page.evaluate(TOO_WIDE) <= 0, address


@pytest.mark.parametrize("width", WIDTHS)
def test_ours_and_theirs_change_sides_with_the_direction(
    desk: Desk, visit: Visit, number: str, width: int
) -> None:
    page = visit(viewport={"width": width, "height": 844})
    open_thread(page, desk, number, "Theirs")
    composer(page).fill("Ours")
    composer(page).press("Enter")
    bubbles(page, "Ours").wait_for()

    assert start_of(page, "Theirs") < start_of(page, "Ours")
    page.evaluate(TURNED)
    assert start_of(page, "Theirs") > start_of(page, "Ours")


def test_the_end_of_a_text_is_cut_off_in_the_list_whatever_its_direction(
    desk: Desk, visit: Visit, number: str
) -> None:
    words = (
        "مرحبا، أريد تغيير موعدي إلى الساعة العاشرة غدا لأنني لا أستطيع الحضور اليوم"
    )
    page = visit()
    desk.hears(number, words)

    body = page.locator(".row__body", has_text=words)

    expect(body).to_be_visible()
    assert body.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert body.evaluate("e => e.scrollWidth > e.clientWidth")


def start_of(page: Page, body: str) -> float:
    """Where the middle of a bubble stands, in pixels from the left."""
    box = bubbles(page, body).locator(".message__bubble").bounding_box()
    assert box
    return box["x"] + box["width"] / 2
