"""Single keys in a real browser: each does its thing, and none while somebody types."""

from playwright.sync_api import Locator, Page, expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.test_live_inbox import other_number, row, state
from tests.web.browser.thread_page import composer, log, open_thread


def card(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Keys")


def test_a_day_can_be_worked_with_single_keys(
    desk: Desk, visit: Visit, number: str
) -> None:
    page, second = visit(), other_number(number)
    for each in (second, number):
        desk.hears(each, f"Hello from {each}")
        expect(row(page, each)).to_be_visible()

    page.keyboard.press("j")
    expect(row(page, number).get_by_role("link")).to_be_focused()
    page.keyboard.press("x")
    expect(row(page, number).get_by_role("checkbox")).to_be_checked()
    page.keyboard.press("x")
    page.keyboard.press("ArrowDown")
    expect(row(page, second).get_by_role("link")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(log(page)).to_contain_text(f"Hello from {number}")

    page.keyboard.press("n")
    expect(page.get_by_placeholder("Write a note")).to_be_focused()
    page.keyboard.type("jester?")
    expect(page.get_by_placeholder("Write a note")).to_have_value("jester?")
    page.get_by_placeholder("Write a note").fill("")
    page.keyboard.press("Alt+r")
    expect(composer(page)).to_be_focused()
    row(page, number).get_by_role("link").focus()

    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Take it")).to_be_focused()
    page.keyboard.press("Escape")
    row(page, number).get_by_role("link").focus()
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    expect(state(page)).to_contain_text("Snoozed until the next text")
    page.keyboard.press("e")
    expect(page.get_by_role("status").filter(has_text="Closed:")).to_be_visible()


def test_a_key_says_that_no_reply_is_needed(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Thanks!")
    row(page, number).get_by_role("link").focus()

    page.keyboard.press("d")

    expect(log(page)).to_contain_text("said that no reply is needed")


def test_the_card_of_keys_comes_and_goes_and_nothing_fires_behind_it(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Hello")

    page.keyboard.press("?")
    expect(card(page)).to_contain_text("Snooze")
    page.keyboard.press("e")
    page.keyboard.press("Escape")

    expect(card(page)).to_be_hidden()
    expect(state(page).get_by_role("button", name="Close")).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


def test_u_puts_it_back_among_the_unread_and_goes_to_the_list(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Read me later")
    expect(page.locator(".row--unread").filter(has_text="later")).to_have_count(0)

    page.keyboard.press("u")

    expect(page.get_by_text("Choose a conversation")).to_be_visible()
    expect(page.locator(".row--unread").filter(has_text="later")).to_be_visible()


def test_the_command_box_goes_anywhere_and_focus_returns(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Hello")
    box = page.get_by_role("combobox", name="Go anywhere")
    choices = page.get_by_role("listbox", name="Choices").get_by_role("option")
    composer(page).fill("Half a sen")
    composer(page).focus()

    page.keyboard.press("Control+k")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(composer(page)).to_be_focused()

    page.keyboard.press("Control+k")
    page.keyboard.type("add a note")
    expect(choices).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_placeholder("Write a note")).to_be_focused()

    page.keyboard.press("Control+k")
    page.keyboard.type("assign me")
    expect(choices.filter(has_text="Assign to me")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".owner__words")).to_contain_text("You")
    expect(composer(page)).to_have_value("Half a sen")

    page.keyboard.press("Control+k")
    page.keyboard.type(number[-7:])
    expect(choices).to_have_count(1)
    page.keyboard.press("Control+k")
    expect(box).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(choices.nth(2)).to_be_visible()
    page.keyboard.type("profile")
    expect(choices).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Profile")).to_be_visible()


def test_who_switched_single_letters_off_is_left_alone(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit("ben")
    page.goto("/profile")
    page.get_by_label("Single letters do things").uncheck()
    page.get_by_role("button", name="Keep the choice").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto("/conversations")
    open_thread(page, desk, number, "Hello")

    page.keyboard.press("?")
    page.keyboard.press("e")

    expect(card(page)).to_be_hidden()
    expect(state(page).get_by_role("button", name="Close")).to_be_visible()
    page.keyboard.press("Alt+n")
    expect(page.get_by_placeholder("Write a note")).to_be_focused()
    page.goto("/profile")
    page.get_by_label("Single letters do things").check()
    page.get_by_role("button", name="Keep the choice").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
