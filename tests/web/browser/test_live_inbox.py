"""The list in a real browser: rows come, go and move, but not under a pointer."""

from playwright.sync_api import Locator, Page, expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.held import Held
from tests.web.browser.thread_page import composer, formatted, log, open_thread


def row(page: Page, number: str) -> Locator:
    return page.locator(".row").filter(has_text=formatted(number))


def state(page: Page) -> Locator:
    return page.get_by_role("group", name="State of this conversation")


def other_number(number: str) -> str:
    return f"{int(number) + 100_000}"


def test_rows_hold_still_under_the_pointer_and_come_when_asked_for(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, newcomer = visit(), other_number(number)
    desk.hears(number, "First")
    expect(page.locator(".row").first).to_contain_text("First")
    page.locator(".row").first.hover()

    desk.hears(newcomer, "Second")

    news = page.get_by_role("button", name="1 new", exact=True)
    expect(news).to_be_visible()
    expect(page.locator(".row").first).to_contain_text("First")
    expect(row(page, newcomer)).to_have_count(0)
    news.click()
    expect(page.locator(".row").first).to_contain_text("Second")
    expect(news).to_be_hidden()


def test_rows_move_once_the_pointer_has_left(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    desk.hears(number, "First")
    expect(page.locator(".row").first).to_contain_text("First")
    page.locator(".row").first.hover()
    desk.hears(other_number(number), "Second")
    expect(page.locator(".rows__news")).to_be_visible()

    page.mouse.move(900, 400)

    expect(page.locator(".row").first).to_contain_text("Second")


def test_a_new_arrival_stays_out_of_a_view_it_is_not_of(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, everybody = visit(), visit("ben")
    page.goto("/conversations?box=mine")

    desk.hears(number, "Not yours")

    expect(row(everybody, number)).to_be_visible()
    expect(page.locator("#tab-unassigned")).not_to_have_text("Unassigned 0")
    expect(row(page, number)).to_have_count(0)


def test_a_new_arrival_goes_where_the_order_wants_it(
    desk: Desk, visit: Visit, number: str
) -> None:
    desk.forgets_what_is_open()
    page = visit()
    page.goto("/conversations?order=longest-wait")

    desk.hears(number, "I have just come")

    expect(page.locator(".row").last).to_contain_text("I have just come")


def test_what_one_closes_goes_from_every_list(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, other = visit(), visit("ben")
    open_thread(page, desk, number, "All good, thanks")
    expect(row(other, number)).to_be_visible()

    state(page).get_by_role("button", name="Close").click()

    expect(page.get_by_role("status").filter(has_text="Closed:")).to_be_visible()
    page.mouse.move(900, 400)
    expect(row(page, number)).to_have_count(0)
    expect(row(other, number)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(log(page)).to_contain_text("opened this conversation again")
    expect(row(other, number)).to_be_visible()


def test_deciding_leaves_what_was_typed_where_it_is(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, other = visit(), visit("ben")
    open_thread(page, desk, number, "Ready?")
    open_thread(other, desk, number, "Ready?")
    composer(page).fill("Half a sen")

    state(page).get_by_role("button", name="No reply needed").click()

    expect(state(page).locator(".wait")).to_have_count(0)
    expect(log(page)).to_contain_text("said that no reply is needed")
    expect(composer(page)).to_have_value("Half a sen")
    expect(state(other).locator(".wait")).to_have_count(0)


def test_the_keyboard_alone_is_enough_to_snooze(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Later")
    summary = state(page).locator("summary").filter(has_text="Snooze")

    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(state(page)).to_contain_text("Snoozed until the next text")
    desk.hears(number, "Now")
    expect(state(page)).not_to_contain_text("Snoozed until")


def test_changing_the_view_keeps_the_thread_open(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Stay")
    composer(page).fill("Typed already")

    page.locator("#tab-mine").click()

    expect(page.locator("#tab-mine[aria-current]")).to_be_visible()
    expect(row(page, number)).to_have_count(0)
    expect(log(page)).to_contain_text("Stay")
    expect(composer(page)).to_have_value("Typed already")


def test_the_clock_of_the_page_keeps_the_wait_true(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    page.clock.install()
    page.reload()
    open_thread(page, desk, number, "How long?")
    expect(state(page).locator(".wait time")).to_have_text("1 min")

    page.clock.fast_forward("40:00")

    expect(state(page).locator(".wait--late time")).to_have_text("40 min")


def test_a_list_asked_for_before_a_text_came_does_not_take_the_text_away(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    listing = Held(page, "**/conversations/list*")
    page.reload()
    made = listing.came().fetch()
    desk.hears(number, "Meanwhile")
    page.wait_for_timeout(500)

    listing.came().fulfill(response=made)

    page.wait_for_timeout(500)
    expect(row(page, number)).to_contain_text("Meanwhile")
