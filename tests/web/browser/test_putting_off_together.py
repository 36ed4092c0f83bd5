"""Several conversations are put off or tagged at once, in a real browser."""

from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.test_live_inbox import other_number, row


def pick(page: Page, desk: Desk, *numbers: str) -> None:
    for each in numbers:
        desk.hears(each, "Hello")
        expect(row(page, each)).to_be_visible()
    for each in numbers:
        row(page, each).get_by_role("checkbox").check(force=True)
    expect(page.locator(".together__count")).to_have_text(f"{len(numbers)} selected")


def act(page: Page, menu: str, button: str) -> None:
    page.locator("#together summary").filter(has_text=menu).click()
    page.get_by_role("form").get_by_role("button", name=button).click()


def test_several_are_snoozed_until_the_next_text(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, other = visit("ana"), visit("ben")
    second = other_number(number)
    pick(page, desk, number, second)

    act(page, "Snooze", "Snooze them")

    expect(page.locator("#outcome")).to_contain_text("2 snoozed")
    expect(row(other, number)).to_have_count(0)
    desk.hears(second, "I am back")
    expect(row(other, second)).to_contain_text("I am back")
    expect(row(other, number)).to_have_count(0)


def test_several_are_tagged_at_once(desk: Desk, visit: Visit, number: str) -> None:
    page, tag = visit("ana"), f"A{number}"
    page.goto("/settings/desk")
    page.get_by_label("New tag").fill(tag)
    page.get_by_role("button", name="Make it").click()
    page.goto("/conversations")
    pick(page, desk, number, other_number(number))

    page.locator("#together summary").filter(has_text="Tag").click()
    page.get_by_label("Which tag").select_option(tag)
    page.get_by_role("form").get_by_role("button", name="Tag them").click()

    expect(page.locator("#outcome")).to_contain_text("2 tagged")
    expect(page.locator(".row").filter(has_text=tag)).to_have_count(2)
