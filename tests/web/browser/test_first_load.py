"""What a browser fetches when the desk is opened for the first time."""

import gzip

from playwright.sync_api import Page, Response

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.thread_page import formatted, log

MOST_BYTES = 150_000


def test_the_desk_with_a_thread_open_is_a_small_first_load(
    desk: Desk, visit: Visit, number: str
) -> None:
    desk.hears(number, "How big are you?")
    page = visit()
    page.locator(".row").filter(has_text=formatted(number)).click()
    log(page).wait_for()
    fresh = page.context.new_page()
    fetched = responses_to(fresh)

    fresh.goto(page.url)

    sizes = {
        response.url: len(gzip.compress(response.body()))
        for response in fetched
        if not response.url.endswith("/live")
    }
    assert len(sizes) > 20
    assert sum(sizes.values()) < MOST_BYTES, sizes


def responses_to(page: Page) -> list[Response]:
    """What `page` is answered from now on; the list grows."""
    fetched: list[Response] = []

    def note(response: Response) -> None:  # Playwright marks what it calls: no built-in
        fetched.append(response)

    page.on("response", note)
    return fetched
