"""The journal's pages, and what they are filled with."""

from sqlalchemy import insert

from conversations.db import db, utcnow
from conversations.models import Callback
from tests.support.pages import Browser, Page

NONSENSE = {"weather": "fine", "note": "I'd like a refund, please"}


def first_of(browser: Browser, page: Page) -> Page:
    """The page of the callback that stands first in the list."""
    return browser.get(page.select_one(".event__link")["href"])


def notes(page: Page) -> list[str]:
    """What the list says about each callback."""
    return [" ".join(each.get_text().split()) for each in page.select(".event")]


def keep(count: int = 1, **more: object) -> None:
    """As if callbacks had come that were read already."""
    row = {
        "address": "inbound", "received_at": utcnow(), "method": "POST",
        "content_type": "", "query": "", "body": b"", "outcome": "odd", "note": "",
    }  # fmt: skip
    db.session.execute(insert(Callback), [row | more] * count)
