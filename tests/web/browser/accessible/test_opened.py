"""Menus, boxes and cards, once open, keep WCAG 2.2 AA as far as axe-core can tell."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.axe import SIZES, check
from tests.web.browser.accessible.conftest import STILL
from tests.web.browser.accessible.furnishing import saved_reply, signed_in
from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import composer, open_thread

MENUS = "#pane details, #inbox .sieve details, .rail details"


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit("ana", **STILL)


def test_every_menu_of_the_desk(desk: Desk, page: Page, number: str) -> None:
    open_thread(page, desk, number, "Open them all")
    menus = page.locator(MENUS)
    assert menus.count() > 7

    for place in range(menus.count()):
        menu = menus.nth(place)
        menu.evaluate("each => { each.open = true; each.dataset.seen = 'now' }")
        assert on_the_screen(page, menu), menu.inner_text()
        check(page, "[data-seen=now]")
        menu.evaluate("each => { each.open = false; each.dataset.seen = 'before' }")


def on_the_screen(page: Page, menu: Locator) -> bool:
    """Whether what it opened is, narrow and wide, as far as it is seen at all."""
    sides: list[bool] = []
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        box = menu.locator("> :not(summary)").first.bounding_box()
        if box:
            sides += [box["x"] >= 0, box["x"] + box["width"] <= size["width"]]
    return all(sides)


def test_the_command_box_and_the_card_of_keys(
    desk: Desk, page: Page, number: str
) -> None:
    open_thread(page, desk, number, "Hello")
    page.keyboard.press("Control+k")
    expect(page.locator("#commands [role=option]").nth(2)).to_be_visible()
    check(page, "#command-box")
    page.keyboard.press("Escape")
    page.locator(".row a").first.focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    check(page, "dialog[open]")


def test_what_is_offered_while_one_writes(desk: Desk, page: Page, number: str) -> None:
    saved_reply(signed_in(desk))
    open_thread(page, desk, number, "How much?")
    composer(page).press_sequentially("/th")
    expect(page.get_by_role("listbox", name="Choices")).to_contain_text("Thank you")
    check(page, "#writing")
    composer(page).fill("")
    page.keyboard.press("Alt+n")
    page.keyboard.type("Ask @be")
    expect(page.get_by_role("listbox", name="Choices")).to_contain_text("Ben")
    check(page, "#writing")
    page.get_by_placeholder("Write a note").fill("")
    page.keyboard.press("Alt+r")
    composer(page).fill("It\u2019s cheap \U0001f600")
    expect(page.get_by_role("button", name="Use simple letters")).to_be_visible()
    check(page, "#writing")
