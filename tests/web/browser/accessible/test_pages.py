"""Every page keeps WCAG 2.2 AA as far as axe-core can tell, in each size and scheme."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.support.axe import look_everywhere
from tests.web import routes
from tests.web.browser.accessible.furnishing import furnish, signed_in
from tests.web.browser.conftest import Desk

STRANGERS = {"signing_in.show", "invitation.show"}
NO_PAGES = {
    # They lead elsewhere at once.
    *("inbox.home", "jumps.go", "messages.show", "settings.index"),
    # Pieces of a page, which the page is looked at with.
    *("inbox.rows", "inbox.row", "inbox.side", "inbox.tabs", "inbox.notices"),
    *("thread.messages", "states.show", "presence.show", "notes.names"),
    *("saved_replies.offered", "unsent.kept"),
    # Files, and answers for programs.
    *("inbox.unread_count", "news.show", "metrics.show", "health.healthz"),
    *("health.readyz", "takeaway.fetch", "reports.file", "reviews.take"),
    "imports.rejected",
}
NONE_OF_THESE = {
    "message_id": 1,
    "export_id": 1,
    "name": "days",
    "mode": "reply",
}
PARTS = 4

Addresses = dict[str, str]
"""Where each endpoint is that answers GET."""


@pytest.fixture(scope="session")
def addresses(desk: Desk) -> Addresses:
    """Those of everything that a desk in use answers with."""
    app = signed_in(desk).client.application
    return dict(found(app, furnish(desk, "12025550990") | NONE_OF_THESE))


def found(app: Flask, ids: dict[str, object]) -> Iterator[tuple[str, str]]:
    """A new kind of id fails here: make one of its things in `furnish`."""
    for rule in routes.rules(app, "GET"):
        values = {name: ids[name] for name in rule.arguments}
        yield rule.endpoint, app.url_map.bind("").build(rule.endpoint, values)


def test_what_is_said_to_be_no_page_is_none(desk: Desk, addresses: Addresses) -> None:
    browser = signed_in(desk)
    assert addresses.keys() > NO_PAGES

    for endpoint in NO_PAGES:
        answer = browser.client.get(addresses[endpoint])
        whole = answer.status_code == 200 and "<html" in answer.text
        assert not whole, f"{endpoint} is a page"


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_can_be_used_by_everybody(
    ana_looks: Page, addresses: Addresses, part: int
) -> None:
    pages = [
        address
        for endpoint, address in addresses.items()
        if endpoint not in NO_PAGES | STRANGERS
    ]

    look_at(ana_looks, pages[part::PARTS])


def test_whoever_is_not_signed_in_can_use_the_doors(
    stranger_looks: Page, addresses: Addresses
) -> None:
    doors = [addresses[endpoint] for endpoint in STRANGERS]

    look_at(stranger_looks, doors)


def look_at(page: Page, addresses: list[str]) -> None:
    """Fail with all that is wrong with all of these."""
    faults: list[str] = []
    for address in addresses:
        answer = page.goto(address, wait_until="load")
        assert answer is not None
        assert answer.status == 200, address
        assert page.url.endswith(address), f"{address} leads elsewhere"
        faults += look_everywhere(page)
    assert not faults, "\n".join(["axe-core finds:", *faults])
