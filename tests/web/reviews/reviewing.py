"""What tests of reviews share."""

from datetime import timedelta

from sqlalchemy import select

from conversations.db import db, utcnow
from conversations.models import (
    Episode,
    ReviewItem,
)
from tests.support.cast import Customer, everything, writing
from tests.support.pages import Browser, Page

SECRET = "Rude on the second line"


def make(browser: Browser, *, expect: int = 200, **fields: object) -> Page:
    page = browser.get("/reviews")
    return browser.submit(page, ".review__form", expect=expect, **fields)


def judge(browser: Browser, page: Page, verdict: str, comment: str = "") -> Page:
    return browser.submit(page, ".review__verdict", verdict=verdict, body=comment)


def end_episode(customer: Customer, days_ago: int, **columns: object) -> None:
    here, then = customer.conversation.id, utcnow() - timedelta(days=days_ago)
    with writing():
        db.session.add(Episode(conversation_id=here, closed_at=then, **columns))


def chosen() -> list[int]:
    return everything(select(ReviewItem.conversation_id).order_by(ReviewItem.place))
