"""Several rows are picked with the mouse or the keyboard, and decided about at once."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.test_live_inbox import other_number, row
from tests.web.browser.thread_page import log

UNREAD = re.compile("row--unread")


def box(page: Page, number: str) -> Locator:
    return row(page, number).get_by_role("checkbox")


def picked(page: Page) -> Locator:
    return page.locator(".together__count")


def three(desk: Desk, page: Page, number: str) -> list[str]:
    """Three customers, the latest first in the list."""
    second = other_number(number)
    found = [number, second, other_number(second)]
    for each in found:
        desk.hears(each, "Hello")
        expect(row(page, each)).to_be_visible()
    return found[::-1]


def test_rows_are_picked_closed_and_opened_again(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, other = visit(), visit("ben")
    first, second, third = three(desk, page, number)
    expect(page.locator("#together")).to_be_hidden()

    box(page, first).check(force=True)
    expect(picked(page)).to_have_text("1 selected")
    box(page, third).click(modifiers=["Shift"], force=True)
    expect(picked(page)).to_have_text("3 selected")
    desk.hears(second, "One more thing")
    expect(row(page, second)).to_contain_text("One more thing")
    expect(box(page, second)).to_be_checked()
    page.get_by_role("form").get_by_role("button", name="Close them").click()

    outcome = page.locator("#outcome")
    expect(outcome).to_contain_text("2 closed")
    expect(outcome).to_contain_text("1 not: The customer wrote again meanwhile.")
    expect(outcome).to_be_focused()
    expect(row(other, first)).to_have_count(0)
    expect(row(other, second)).to_be_visible()
    outcome.get_by_role("button", name="Undo").click()
    expect(outcome).to_contain_text("2 opened again")
    expect(row(other, first)).to_be_visible()


def test_the_keyboard_alone_is_enough_to_pick_and_assign(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, other = visit(), visit("ben")
    first, second, _ = three(desk, page, number)

    row(page, first).locator(".row__link").focus()
    page.keyboard.press("x")
    expect(box(page, first)).to_be_checked()
    row(page, second).locator(".row__link").focus()
    page.keyboard.press("x")
    expect(picked(page)).to_have_text("2 selected")
    page.locator("#together summary").filter(has_text="Assign").focus()
    page.keyboard.press("Enter")
    page.get_by_label("To whom").select_option("Ben")
    page.get_by_role("form").get_by_role("button", name="Assign them").press("Enter")

    expect(page.locator("#outcome")).to_contain_text("2 assigned")
    expect(page.locator("#together")).to_be_hidden()
    other.goto("/conversations?box=mine")
    expect(row(other, first)).to_be_visible()
    expect(row(other, second)).to_be_visible()


def test_all_that_is_shown_is_picked_and_let_go(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    first, *_ = three(desk, page, number)
    box(page, first).check(force=True)

    page.get_by_role("button", name="Select all shown").click()
    expect(page.locator(".row__box:not(:checked)")).to_have_count(0)
    page.get_by_role("button", name="Clear").click()

    expect(page.locator(".row__box:checked")).to_have_count(0)
    expect(page.locator("#together")).to_be_hidden()
    row(page, first).locator(".row__link").click()
    expect(log(page)).to_contain_text("Hello")


def test_what_is_marked_read_is_seen_to_be(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    first, second, _ = three(desk, page, number)
    expect(row(page, first)).to_have_class(UNREAD)

    box(page, first).check(force=True)
    box(page, second).check(force=True)
    page.get_by_role("form").get_by_role("button", name="Mark read").click()

    expect(page.locator("#outcome")).to_contain_text("2 marked as read")
    expect(row(page, first)).not_to_have_class(UNREAD)
    expect(row(page, second)).not_to_have_class(UNREAD)


def test_picking_works_without_scripts(desk: Desk, visit: Visit, number: str) -> None:
    looking, page = visit(), visit(java_script_enabled=False)
    first, second, _ = three(desk, looking, number)
    page.reload()

    box(page, first).check()
    box(page, second).check()
    page.get_by_role("form").get_by_role("button", name="They need no reply").click()

    expect(page.locator("#outcome")).to_contain_text("2 need no reply")
