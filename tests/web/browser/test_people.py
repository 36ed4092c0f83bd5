"""Agents in real browsers: somebody invited begins, and two who assign see it live."""

from playwright.sync_api import Browser, Page, expect

from tests.support.browser import window
from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import composer, formatted, log, open_thread

PASSWORD = "seven otters upstream"


def invite(page: Page, name: str) -> str:
    """The link that an admin gets for a new colleague."""
    page.goto("/agents")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Email").fill(f"{name.lower()}@practice.example")
    page.get_by_role("button", name="Make a link").click()
    return page.get_by_label("Link").input_value()


def test_an_invited_colleague_opens_the_link_and_begins(
    desk: Desk, visit: Visit, chromium: Browser
) -> None:
    link = invite(visit(), "Cleo")
    path = link.partition("/invitations/")[2]

    # Who signs out may have asked for something just before.
    with window(
        chromium, desk.url, timezone_id="Europe/Rome", expected=["401"]
    ) as page:
        page.goto(f"/invitations/{path}")
        expect(page.get_by_label("Time zone")).to_have_value("Europe/Rome")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_label("Password again").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("region", name="Conversations")).to_be_visible()

        page.get_by_role("link", name="Profile").click()
        expect(page.get_by_label("Name", exact=True)).to_have_value("Cleo")
        page.locator(".rail__out button").click()
        page.get_by_label("Email").fill("cleo@practice.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("region", name="Conversations")).to_be_visible()


def test_an_assignment_shows_at_once_on_the_other_desk(
    desk: Desk, visit: Visit, number: str
) -> None:
    ana, ben = visit(), visit("ben")
    open_thread(ana, desk, number, "Who looks into this?")
    open_thread(ben, desk, number, "Who looks into this?")
    composer(ben).fill("I was about to")

    ana.locator(".owner > summary").click()
    ana.get_by_label("Agent").select_option(label="Ben")
    ana.get_by_role("button", name="Assign", exact=True).click()

    expect(log(ben)).to_contain_text("Ana assigned this conversation to Ben")
    expect(ben.locator(".owner__words")).to_have_text("Yours")
    expect(ben.get_by_label("Take this conversation")).to_have_count(0)
    expect(composer(ben)).to_have_value("I was about to")
    row = ana.locator(".row").filter(has_text=formatted(number))
    expect(row).to_contain_text("Owner: Ben")


def test_a_reply_takes_what_nobody_had(desk: Desk, visit: Visit, number: str) -> None:
    page = visit()
    open_thread(page, desk, number, "Anybody?")

    composer(page).fill("Yes, me")
    page.get_by_label("Take this conversation").check()
    page.get_by_role("button", name="Send").click()

    expect(log(page)).to_contain_text("Ana took this conversation")
    expect(page.locator(".owner__words")).to_have_text("Yours")


def test_what_goes_to_another_team_leaves_an_open_desk(
    desk: Desk, visit: Visit, number: str
) -> None:
    ana, ben = visit(), visit("ben", expected=["404"])
    ana.goto("/agents/teams")
    ana.get_by_label("Name").fill(f"Team {number}")
    ana.get_by_role("button", name="Make the team").click()
    expect(ana.get_by_role("heading", name=f"Team {number}")).to_be_visible()
    ana.goto("/conversations")
    open_thread(ana, desk, number, "Between us")
    open_thread(ben, desk, number, "Between us")

    ana.locator(".owner > summary").click()
    ana.get_by_label("Team").select_option(label=f"Team {number}")
    ana.get_by_role("button", name="Give").click()

    expect(ana.locator(".owner__words")).to_contain_text(f"Team {number}")
    expect(ben.get_by_text("Choose a conversation")).to_be_visible()
    row = ben.locator(".row").filter(has_text=formatted(number))
    expect(row).to_have_count(0)


def test_the_owners_menu_works_by_keyboard(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit()
    open_thread(page, desk, number, "Keys only")

    page.locator(".owner > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Take it")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Take it")).to_be_hidden()
    page.keyboard.press("Shift+Tab")
    page.locator(".owner > summary").press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(".owner__words")).to_have_text("Yours")
