"""What is known of customers, and two who are one person, in a real browser."""

from playwright.sync_api import Locator, Page, expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.test_live_inbox import other_number
from tests.web.browser.thread_page import composer, formatted, open_thread

WIDE = {"viewport": {"width": 1600, "height": 900}}


def panel(page: Page) -> Locator:
    return page.get_by_role("complementary", name="About the customer")


def make_field(page: Page, name: str) -> None:
    page.goto("/settings/fields")
    page.locator("#new-name").fill(name)
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("textbox", name=name)).to_be_visible()
    page.goto("/conversations")


def test_a_name_and_a_detail_are_kept_while_one_writes(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, other = visit(**WIDE), visit("ben", **WIDE)
    make_field(page, f"Order {number}")
    open_thread(page, desk, number, "Hi")
    composer(page).fill("Half a sen")

    panel(page).get_by_label(f"Order {number}").fill("4471")
    panel(page).get_by_role("button", name="Save the details").click()
    expect(panel(page).locator(".input[value='4471']")).to_be_visible()
    panel(page).get_by_label("Customer\u2019s name").fill("Ada King")
    panel(page).get_by_role("button", name="Save", exact=True).click()
    expect(panel(page).locator(".input[value='Ada King']")).to_be_visible()

    expect(composer(page)).to_have_value("Half a sen")
    other.goto(page.url)
    expect(other.get_by_role("heading", name="Ada King")).to_be_visible()
    expect(panel(other).get_by_label(f"Order {number}")).to_have_value("4471")


def test_a_detail_that_is_not_saved_yet_outlives_saving_the_name(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit(**WIDE)
    open_thread(page, desk, number, "Hi")
    zone = panel(page).get_by_label("Time zone")
    zone.fill("Europe/Rome")

    panel(page).get_by_label("Customer\u2019s name").fill("Ada King")
    panel(page).get_by_role("button", name="Save", exact=True).click()

    expect(panel(page).locator(".input[value='Ada King']")).to_be_visible()
    expect(zone).to_have_value("Europe/Rome")


def test_two_who_are_one_person_are_merged_and_separated(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, second = visit(**WIDE), other_number(number)
    desk.hears(second, "From my other phone")
    open_thread(page, desk, number, "It is me again")
    thread = page.url

    panel(page).get_by_role("link", name="Merge with another number").click()
    page.get_by_label("Name or number").fill(second[-7:])
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=formatted(second)).click()
    page.get_by_role("button", name="Merge them").click()
    page.goto(thread)
    expect(panel(page)).to_contain_text(formatted(second))
    panel(page).get_by_role("link", name="Everything with them").click()
    expect(page.get_by_text("From my other phone")).to_be_visible()
    expect(page.get_by_text("It is me again")).to_be_visible()

    page.goto(thread)
    panel(page).get_by_role("button", name="Separate").click()

    page.goto(thread)
    expect(
        panel(page).get_by_role("link", name="Merge with another number")
    ).to_be_visible()
    expect(panel(page)).not_to_contain_text(formatted(second))
