"""What a browser fetches when the desk is opened for the first time."""

import gzip

from playwright.sync_api import Response

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
    fetched: list[Response] = []
    fresh = page.context.new_page()
    fresh.on("response", fetched.append)

    fresh.goto(page.url)

    sizes = {
        response.url: len(gzip.compress(response.body()))
        for response in fetched
        if not response.url.endswith("/live")
    }
    assert len(sizes) > 20
    assert sum(sizes.values()) < MOST_BYTES, sizes
