"""An admin looks into a callback in a real browser, by keyboard and without scripts."""

import pytest
import requests
from playwright.sync_api import expect

from tests.support.stage import HOOK_TOKEN
from tests.web.browser.conftest import OUR_NUMBER, Desk, Visit

NARROW = {"viewport": {"width": 320, "height": 640}}


def comes(desk: Desk, said: dict[str, str]) -> None:
    requests.post(
        f"{desk.url}/hooks/kaleyra/inbound",
        json=said,
        headers={"X-Hook-Token": HOOK_TOKEN},
        timeout=5,
    ).raise_for_status()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_what_could_not_be_read_is_found_corrected_and_read(
    desk: Desk, visit: Visit, number: str, scripts: bool
) -> None:
    comes(desk, {"who": number, "what": "Is anybody there?"})
    page = visit(java_script_enabled=scripts, **NARROW)

    page.goto("/callbacks")
    page.get_by_label("Number or words").fill(number)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="It does not say which number").press("Enter")
    page.get_by_text("It is a text from a customer").press("Enter")
    page.get_by_label("From", exact=True).fill(f"+{number}")
    page.get_by_label("To our line").select_option(OUR_NUMBER)
    page.get_by_label("Text", exact=True).fill("Is anybody there?")
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.get_by_role("button", name="Read it as this text").press("Enter")

    expect(page.get_by_text("by Ana")).to_be_visible()
    assert wide <= NARROW["viewport"]["width"]
    page.wait_for_timeout(500)
    page.reload()
    page.get_by_role("link", name="See it in its thread").click()
    expect(page.get_by_role("log")).to_contain_text("Is anybody there?")
