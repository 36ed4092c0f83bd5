"""What an agent sees of a text that nobody could confirm, and can do about it."""

import pytest
from flask import Flask
from sqlalchemy import update

from conversations.db import db
from conversations.models import Message
from conversations.texting.status import Status
from tests.support.cast import Customer, now, we_reply, writing
from tests.support.pages import Browser, Page
from tests.support.stage import Stage
from tests.web.conftest import signed_in


def change(message: Message, **values: object) -> None:
    with writing():
        this = Message.id == message.id
        db.session.execute(update(Message).where(this).values(**values))


def thread(browser: Browser, customer: Customer) -> Page:
    return browser.get(f"/conversations/{customer.conversation.id}")


def ours(page: Page) -> str:
    return page.select_one(".message--out").get_text(" ", strip=True)


@pytest.fixture
def doubtful(ada: Customer) -> Message:
    """Our text to Ada, of which nobody knows whether it arrived."""
    message = we_reply(ada, "It is ready")
    change(message, status=Status.UNCONFIRMED, failure_text="No answer came.")
    return message


def report(stage: Stage, ada: Customer, message: Message, status: str) -> None:
    ada.caller.status({"status": status}, f"ref={message.reference}")
    stage.read()


def test_it_offers_to_send_again_with_a_warning_or_to_mark_it(
    ben: Browser, ada: Customer, doubtful: Message
) -> None:
    said = ours(thread(ben, ada))

    for words in ("may have arrived", "twice", "Send again", "Mark as sent"):
        assert words in said


def test_marking_it_as_sent_is_recorded_with_the_name(
    ben: Browser, ada: Customer, doubtful: Message
) -> None:
    page = ben.submit(thread(ben, ada), ".settling")

    assert "Marked as sent by Ben Okafor" in ours(page)
    assert not page.select(".settling, .retry")
    assert now(doubtful).status == Status.SENT


def test_a_script_gets_the_message_alone(
    ben: Browser, ada: Customer, doubtful: Message
) -> None:
    form = thread(ben, ada).select_one(".settling")
    token = form.select_one("[name=csrf_token]")["value"]

    answer = ben.client.post(
        form["action"], data={"csrf_token": token}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 201
    assert answer.text.count('<li class="message ') == 1
    assert "Marked as sent by Ben Okafor" in answer.text


@pytest.mark.parametrize("form", [".settling", ".retry"])
def test_a_stale_click_is_told_what_happened(
    stage: Stage, ben: Browser, ada: Customer, doubtful: Message, form: str
) -> None:
    page = thread(ben, ada)
    report(stage, ada, doubtful, "DELIVERED")

    page = ben.submit(page, form, expect=422)

    said = page.select_one("#problem").get_text()
    assert said == "Meanwhile a report came: this text was delivered."
    assert not page.select(".settling, .retry")
    assert len(ada.messages) == 2


def test_sending_again_twice_is_one_text_and_then_it_cannot_be_marked(
    ben: Browser, ada: Customer, doubtful: Message
) -> None:
    page = thread(ben, ada)

    ben.submit(page, ".retry")
    ben.submit(page, ".retry")
    refused = ben.submit(page, ".settling", expect=422)

    assert len(ada.messages) == 3
    assert "already been tried again" in refused.select_one("#problem").get_text()


def test_what_another_agent_said_is_told_by_name(
    app: Flask, ben: Browser, ada: Customer, doubtful: Message
) -> None:
    page = thread(ben, ada)
    cleo = signed_in(app, "Cleo Park", "agent")
    cleo.submit(thread(cleo, ada), ".settling")

    page = ben.submit(page, ".settling", expect=422)

    assert "Cleo Park has marked" in page.select_one("#problem").get_text()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.SENT, "Sent — no report"),
        (Status.ACCEPTED, "Accepted by Kaleyra — no report"),
    ],
)
def test_a_text_that_no_report_came_for_says_so(
    ben: Browser, ada: Customer, status: Status, words: str
) -> None:
    change(we_reply(ada, "It is"), status=status, asks=3, ask_at=None)

    page = thread(ben, ada)

    assert page.select_one(".message--out .mark").get_text(strip=True) == words
    assert "never said whether it arrived" in ours(page)


def test_what_a_person_marked_is_not_said_to_lack_a_report(
    ben: Browser, ada: Customer
) -> None:
    message = we_reply(ada, "It is")
    change(message, status=Status.SENT, asks=3, ask_at=None, settled_by="Cleo")

    assert "no report" not in ours(thread(ben, ada))
