"""A window that is lower than a page shows all of it, to who scrolls."""

from tests.web.browser.conftest import Visit

LOW = {"viewport": {"width": 1280, "height": 400}}


def test_a_list_gives_no_room_away_and_covers_nothing(visit: Visit) -> None:
    page = visit(**LOW)

    page.goto("/audit")

    listed = page.locator(".events")
    assert listed.evaluate("list => list.scrollHeight - list.clientHeight") <= 0
    rows, ways = listed.bounding_box(), page.locator(".journal__ways").bounding_box()
    assert rows is not None
    assert ways is not None
    assert rows["y"] + rows["height"] <= ways["y"]
