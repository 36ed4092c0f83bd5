"""A text that takes very many parts is sent once its author has said so."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from conversations.db import db
from conversations.desk import tokens
from conversations.models import Line, Message, ScheduledText
from tests.support.cast import Customer, everything, the, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage

SEVEN = "x" * (6 * 153 + 1)
EIGHT = "x" * (7 * 153 + 1)
FORM = ".composer__form"


@pytest.fixture(autouse=True)
def priced(ada: Customer) -> None:
    with writing():
        db.session.get_one(Line, ada.conversation.line_id).prices = "0.0075 EUR"


def thread(browser: Browser, customer: Customer) -> Page:
    return browser.get(f"/conversations/{customer.conversation.id}")


def asked(page: Page) -> str:
    return page.select_one("#many-parts").get_text(" ", strip=True)


def test_a_text_of_many_parts_is_sent_once_its_author_has_said_so(
    ben: Browser, ada: Customer
) -> None:
    page = ben.submit(thread(ben, ada), FORM, body=SEVEN, expect=422)

    assert "Not sent yet: this text takes 7 parts" in asked(page)
    assert "together about 0.0525 EUR" in asked(page)
    assert page.select_one("#body").get_text().strip() == SEVEN
    assert len(ada.messages) == 1

    ben.submit(page, FORM, button="Send all 7 parts")

    assert [each.body for each in ada.messages[1:]] == [SEVEN]


def test_six_parts_are_sent_without_asking_and_without_a_price_none_is_said(
    ben: Browser, ada: Customer
) -> None:
    with writing():
        db.session.get_one(Line, ada.conversation.line_id).prices = ""

    page = ben.submit(thread(ben, ada), FORM, body=SEVEN, expect=422)
    ben.submit(page, FORM, body="x" * 6 * 153)

    assert "about" not in asked(page)
    assert len(ada.messages) == 2


def test_who_agreed_to_some_and_writes_more_is_asked_again(
    ben: Browser, ada: Customer
) -> None:
    page = ben.submit(thread(ben, ada), FORM, body=SEVEN, expect=422)

    said = {"button": "Send all 7 parts", "body": EIGHT}
    page = ben.submit(page, FORM, **said, expect=422)

    assert "takes 8 parts" in asked(page)
    assert len(ada.messages) == 1


def test_who_agreed_and_is_told_of_news_need_not_agree_again(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    page = ben.submit(thread(ben, ada), FORM, body=SEVEN, expect=422)
    ada.texts("Hello?")
    stage.read()

    page = ben.submit(page, FORM, button="Send all 7 parts", expect=409)
    ben.submit(page, FORM, button="Send anyway")

    assert ada.messages[-1].body == SEVEN


def test_what_is_put_off_is_asked_about_and_keeps_its_time(
    ben: Browser, ada: Customer
) -> None:
    said = {"body": SEVEN, "button": "Tomorrow, 9:00"}
    page = ben.submit(thread(ben, ada), FORM, **said, expect=422)
    assert everything(select(ScheduledText)) == []

    page = ben.submit(page, FORM, button="Schedule all 7 parts")

    assert the(select(ScheduledText)).body == SEVEN
    assert "09:00" in page.select_one("#scheduled").get_text()


def test_the_first_text_to_a_number_is_asked_about_too(ben: Browser) -> None:
    page = ben.get("/conversations/new")
    said = {"number": "+44 20 7946 0018", "body": SEVEN}

    page = ben.submit(page, **said, expect=422)
    assert "this text takes 7 parts" in asked(page)
    assert everything(select(Message).where(Message.direction == "outbound")) == []
    page = ben.submit(page, number="nobody", button="Send all 7 parts", expect=422)
    ben.submit(page, number="+44 20 7946 0018")

    text = select(Message.body).where(Message.direction == "outbound")
    assert the(text) == SEVEN


def test_where_nobody_is_to_be_asked_nobody_is(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    usual = stage.app.extensions["parley"]
    stage.app.extensions["parley"] = replace(usual, most_parts=0)

    ben.submit(thread(ben, ada), FORM, body=EIGHT)

    stage.app.extensions["parley"] = usual
    assert ada.messages[-1].body == EIGHT


def test_programs_are_not_asked(client: FlaskClient, ada: Customer) -> None:
    with writing():
        token = tokens.create("crm")
    said = {"to": ada.number, "from": ada.line, "body": EIGHT}

    headers = {"Authorization": f"Bearer {token}"}
    answer = client.post("/api/v1/messages", headers=headers, json=said)

    assert answer.status_code == 202, answer.json
    assert ada.messages[-1].body == EIGHT
