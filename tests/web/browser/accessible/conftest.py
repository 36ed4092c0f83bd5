"""Windows for looking: one for each way of being, used again page after page."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import window
from tests.web.browser.conftest import Desk

STILL: dict[str, Any] = {"reduced_motion": "reduce"}


@pytest.fixture(scope="module")
def ana_looks(
    desk: Desk, chromium: Browser, signed_in: Callable[[str], Any]
) -> Iterator[Page]:
    """Ana's window, in which nothing moves."""
    cookies = signed_in("ana")
    with window(chromium, desk.url, storage_state=cookies, **STILL) as page:
        yield page


@pytest.fixture(scope="module")
def stranger_looks(desk: Desk, chromium: Browser) -> Iterator[Page]:
    """A window in which nobody is signed in, and in which nothing moves."""
    with window(chromium, desk.url, **STILL) as page:
        yield page
