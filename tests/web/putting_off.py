"""What tests of texts put off share."""

from datetime import timedelta

from sqlalchemy import select, update

from conversations.db import db, utcnow
from conversations.models import ScheduledText
from conversations.worker.sweeper import Sweeper
from tests.support.cast import Customer, the, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage

FORM = ".composer__form"


def thread(browser: Browser, customer: Customer) -> Page:
    return browser.get(f"/conversations/{customer.conversation.id}")


def put_off(browser: Browser, customer: Customer, body: str = "Good morning") -> Page:
    page = thread(browser, customer)
    return browser.submit(page, FORM, button="Tomorrow, 9:00", body=body)


def its_time_comes(stage: Stage) -> None:
    with writing():
        then = utcnow() - timedelta(seconds=1)
        db.session.execute(update(ScheduledText).values(due_at=then))
    stage.step(Sweeper("w", lambda: True).step)


def box(page: Page) -> str:
    return str(page.select_one("#body").get_text().strip())


def fate() -> str:
    return str(the(select(ScheduledText)).fate)
