"""What admins set for the desk, and an agent finds there, in real browsers."""

from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.test_live_inbox import state
from tests.web.browser.thread_page import open_thread


def test_a_tag_that_an_admin_makes_is_put_on_by_an_agent(
    desk: Desk, visit: Visit, number: str
) -> None:
    admin, agent = visit("ana"), visit("ben")
    tag = f"T{number}"
    admin.goto("/settings/desk")
    admin.get_by_label("New tag").fill(tag)
    admin.get_by_role("button", name="Make it").click()
    expect(admin.get_by_role("textbox", name=tag)).to_be_visible()
    agent.reload()
    open_thread(agent, desk, number, "Which pump?")

    state(agent).locator("summary").filter(has_text="Tag").click()
    agent.locator("#tag-name").fill(tag)
    agent.get_by_role("button", name="Put on").click()

    expect(
        state(agent).get_by_role("button", name=f"Take off the tag {tag}")
    ).to_be_visible()
    expect(agent.locator(".row").filter(has_text=tag)).to_have_count(1)


def test_the_goal_says_who_waits_too_long(
    desk: Desk, visit: Visit, number: str
) -> None:
    page = visit("ana")
    set_goal(page, "600")
    page.clock.install()
    page.goto("/conversations")
    open_thread(page, desk, number, "How long?")

    page.clock.fast_forward("40:00")

    expect(state(page).locator(".wait time")).to_have_text("40 min")
    expect(state(page).locator(".wait--late")).to_have_count(0)
    set_goal(page, "30")


def set_goal(page: Page, minutes: str) -> None:
    page.goto("/settings/desk")
    page.get_by_label("Minutes until").fill(minutes)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Minutes until")).to_have_value(minutes)
