"""What tests of the states of a conversation share."""

from datetime import timedelta

from conversations.db import db, utcnow
from conversations.models import Conversation, Tag
from tests.support.cast import Customer, writing
from tests.support.pages import Browser, Page

TAGS = "#state form[action$='/tags']"


def thread(browser: Browser, customer: Customer, query: str = "") -> Page:
    return browser.get(f"/conversations/{customer.conversation.id}{query}")


def state_of(page: Page) -> str:
    return page.select_one("#state").get_text(" ", strip=True)


def events(page: Page) -> list[str]:
    return [e.get_text(" ", strip=True) for e in page.select(".message__event")]


def waits_since(customer: Customer, minutes: int) -> None:
    with writing():
        row = db.session.get_one(Conversation, customer.conversation.id)
        row.waiting_since = utcnow() - timedelta(minutes=minutes)


def tag_named(name: str) -> None:
    with writing():
        db.session.add(Tag(name=name))
