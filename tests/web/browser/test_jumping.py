"""Jumping in a real browser: from what is in view, by keys, on a phone, unscripted."""

from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import open_thread

PHONE = {"viewport": {"width": 390, "height": 844}}


def test_a_key_opens_the_menu_and_the_first_message_is_marked(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    long_thread(page, desk, number)

    page.keyboard.press("Alt+j")
    expect(page.get_by_label("Day")).to_be_focused()
    expect(page.locator(".jump .episode")).to_have_count(1)
    page.get_by_role("button", name="First message").click()

    expect(page.locator(".message:target")).to_contain_text("The very first")
    expect(page.locator(".message:target")).to_be_in_viewport()


def test_on_a_phone_the_menu_fits_and_leads_from_note_to_note(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit(**PHONE)
    long_thread(page, desk, number)

    page.locator(".jump > summary").click()
    box = page.locator(".jump__sheet").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.get_by_role("button", name="Note before").click()

    expect(page.get_by_text("There is no other note that way.")).to_be_visible()


def test_without_scripts_the_menu_and_the_timeline_lead_there_too(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    long_thread(page, desk, number)
    bare = visit(java_script_enabled=False)
    bare.goto(page.url)

    bare.locator(".jump > summary").click()
    bare.get_by_role("link", name="Episodes").click()
    bare.locator(".episode__begun").click()

    expect(bare.locator(".message:target")).to_contain_text("The very first")


def long_thread(page: Page, desk: Desk, number: str) -> None:
    desk.hears(number, "The very first")
    for n in range(60):
        desk.hears(number, f"Something else {n}")
    open_thread(page, desk, number, "The latest")
