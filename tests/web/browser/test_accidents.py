"""What a hand in a hurry could do by mistake, in a real browser."""

import pytest
from playwright.sync_api import Locator, expect

from tests.web.browser.conftest import Desk, Visit
from tests.web.browser.test_live_inbox import state
from tests.web.browser.thread_page import open_thread

A_FINGER_PX = 44


@pytest.mark.parametrize("width", [390, 1280])
def test_marking_as_unread_is_not_hit_instead_of_closing(
    desk: Desk, visit: Visit, number: str, width: int
) -> None:
    page = visit(viewport={"width": width, "height": 844})
    open_thread(page, desk, number, "Hello")
    unread = page.get_by_role("button", name="Mark as unread")
    close = state(page).get_by_role("button", name="Close")
    expect(unread).to_be_visible()

    assert gap(unread, close) > A_FINGER_PX


def gap(one: Locator, other: Locator) -> float:
    """The space between two boxes, in pixels; below nought they overlap."""
    first, second = one.bounding_box(), other.bounding_box()
    assert first is not None
    assert second is not None
    sides = [
        max(a[place] for a in (first, second))
        - min(a[place] + a[size] for a in (first, second))
        for place, size in (("x", "width"), ("y", "height"))
    ]
    return max(sides)
