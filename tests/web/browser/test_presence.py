"""Two agents at one conversation see each other come, type, pause and go."""

from playwright.sync_api import Locator, Page, expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import composer, formatted, open_thread


def others(page: Page) -> Locator:
    return page.locator("agent-presence")


def dot(page: Page, number: str) -> Locator:
    return page.locator(".row").filter(has_text=formatted(number)).locator(".presence")


def test_two_agents_see_each_other_look_type_pause_and_leave(
    desk: Desk, visit: Visit, number: str
) -> None:
    ana, ben = visit("ana"), visit("ben")
    open_thread(ana, desk, number, "Is it ready?")
    open_thread(ben, desk, number, "Is it ready?")
    expect(others(ana)).to_have_text("Ben is looking")
    expect(others(ben)).to_have_text("Ana is looking")

    composer(ana).press_sequentially("Rea")
    expect(others(ben)).to_have_text("Ana is typing a reply")
    expect(dot(ben, number)).to_have_text("Ana is typing a reply")
    composer(ana).fill("")
    expect(others(ben)).to_have_text("Ana is looking")
    composer(ana).fill("Ready")
    expect(others(ben)).to_have_text("Ana is typing a reply")
    composer(ana).press("Enter")
    expect(others(ben)).to_have_text("Ana is looking")

    ana.goto("/profile")
    expect(others(ben)).to_have_text("")
    expect(dot(ben, number)).to_have_text("")


def test_typing_stops_by_itself(desk: Desk, visit: Visit, number: str) -> None:
    ana, ben = visit("ana"), visit("ben")
    open_thread(ana, desk, number, "Hi")
    open_thread(ben, desk, number, "Hi")
    ana.clock.install()
    ana.reload()
    composer(ana).press_sequentially("Well")
    expect(others(ben)).to_have_text("Ana is typing a reply")

    ana.clock.fast_forward("00:09")

    expect(others(ben)).to_have_text("Ana is looking")


def test_going_to_another_conversation_is_leaving_this_one(
    desk: Desk, visit: Visit, number: str
) -> None:
    ana, ben = visit("ana"), visit("ben")
    open_thread(ana, desk, number, "Hi")
    expect(dot(ben, number)).to_have_text("Ana is looking")

    ana.get_by_role("link", name="New conversation").click()

    expect(dot(ben, number)).to_have_text("")


def test_nobody_sees_themselves_in_another_tab_nor_goes_with_it(
    desk: Desk, visit: Visit, number: str
) -> None:
    ana, ben = visit("ana"), visit("ben")
    open_thread(ana, desk, number, "Hi")
    open_thread(ben, desk, number, "Hi")
    other = ana.context.new_page()
    other.goto(ana.url)
    expect(others(other)).to_have_text("Ben is looking")
    expect(others(ana)).to_have_text("Ben is looking")

    other.close(run_before_unload=True)

    ana.wait_for_timeout(1500)
    expect(others(ben)).to_have_text("Ana is looking")
