"""The audit trail as it stands, and how it comes to have rows and seals."""

from sqlalchemy import insert, select

from conversations.db import db
from conversations.desk.audit import Act, sealing
from conversations.desk.audit.noting import row_of
from conversations.models import Audit
from tests.support.cast import everything, writing
from tests.support.pages import Browser

WORD = "Quokka"


def trail() -> list[Audit]:
    return everything(select(Audit).order_by(Audit.id))


def acts() -> list[str]:
    return [row.act for row in trail()]


def token(browser: Browser) -> str:
    page = browser.get("/conversations/new")
    return str(page.select_one("input[name=csrf_token]")["value"])


def post(browser: Browser, address: str, status: int = 303, **form: str) -> None:
    sent = form | {"csrf_token": token(browser)}
    assert browser.client.post(address, data=sent).status_code == status


def note_some(count: int) -> None:
    with writing():
        rows = [row_of(Act.REPLIED, "conversation", n, None, {}) for n in range(count)]
        db.session.execute(insert(Audit), rows)


def seal() -> None:
    with writing():
        sealing.seal()
