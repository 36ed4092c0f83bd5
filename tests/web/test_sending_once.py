"""One press is one text, whichever button the page or the network makes of it."""

from datetime import timedelta

from sqlalchemy import select, update

from conversations.db import db, utcnow
from conversations.models import Agent, ScheduledText
from conversations.models import Conversation as Row
from conversations.worker.sweeper import Sweeper
from tests.support.cast import Customer, everything, the, we_reply, writing
from tests.support.pages import Browser
from tests.support.stage import Stage


def posted(browser: Browser, path: str, expect: int, **fields: str) -> None:
    page = browser.get("/conversations")
    token = page.select_one("input[name=csrf_token]")["value"]
    answer = browser.client.post(path, data={"csrf_token": token, **fields})
    assert answer.status_code == expect


def ours(customer: Customer) -> list[str]:
    return [m.body for m in customer.messages if m.outbound]


def schedule(browser: Browser, customer: Customer, key: str, expect: int = 303) -> None:
    path = f"/conversations/{customer.conversation.id}/scheduled"
    seen = str(customer.conversation.last_message_id)
    said = {"body": "See you", "key": key, "seen": seen, "when": "hour"}
    posted(browser, path, expect, **said)


def send(browser: Browser, customer: Customer, key: str, expect: int = 303) -> None:
    path = f"/conversations/{customer.conversation.id}/replies"
    seen = str(customer.conversation.last_message_id)
    posted(browser, path, expect, body="See you", key=key, seen=seen)


def waiting() -> list[ScheduledText]:
    return everything(select(ScheduledText).where(ScheduledText.fate == ""))


def test_what_was_scheduled_is_not_sent_as_well(ben: Browser, ada: Customer) -> None:
    schedule(ben, ada, "one press")

    send(ben, ada, "one press", expect=422)

    assert len(waiting()) == 1
    assert not ours(ada)


def test_what_was_sent_is_not_scheduled_as_well(ben: Browser, ada: Customer) -> None:
    send(ben, ada, "one press")

    schedule(ben, ada, "one press", expect=422)

    assert not waiting()
    assert ours(ada) == ["See you"]


def test_sending_now_waits_for_what_the_customer_just_wrote_to_be_read(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    schedule(ben, ada, "one press")
    (text,) = waiting()
    seen = str(ada.conversation.last_message_id)
    ada.texts("Do not come!")
    stage.read()

    posted(ben, f"/scheduled/{text.id}/sending", 409, seen=seen)

    assert not ours(ada)


def test_a_new_conversation_with_somebody_who_just_wrote_shows_what_they_wrote(
    ben: Browser, ada: Customer
) -> None:
    page = ben.get("/conversations/new")
    line = str(ada.conversation.line_id)

    page = ben.submit(page, number=ada.number, body="Hello Ada", line=line)

    assert not ours(ada)
    assert "Hello Ada" in page.select_one("textarea[name=body]").get_text()


def test_what_somebody_who_left_had_scheduled_becomes_a_note(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    schedule(ben, ada, "one press")
    with writing():
        db.session.execute(
            update(ScheduledText).values(due_at=utcnow() - timedelta(seconds=1))
        )
        db.session.execute(update(Agent).values(disabled_at=utcnow()))

    stage.step(Sweeper("w", lambda: True).step)

    assert not ours(ada)
    assert [m.body for m in ada.messages if m.direction == "note"] == ["See you"]


def test_undoing_after_closing_opens_it_again(ben: Browser, ada: Customer) -> None:
    with writing():
        db.session.execute(update(Agent).values(undo_seconds=10))
    send(ben, ada, "one press")
    conversation = ada.conversation
    seen = str(conversation.last_message_id)
    posted(ben, f"/conversations/{conversation.id}/closed", 303, seen=seen)

    posted(ben, f"/messages/{ada.messages[-2].id}/undoing", 303)

    row = the(select(Row).where(Row.id == conversation.id))
    assert row.closed_at is None
    assert row.waiting_since is not None


def test_going_back_to_what_was_undone_sends_it_only_when_said_again(
    ben: Browser, ada: Customer
) -> None:
    with writing():
        db.session.execute(update(Agent).values(undo_seconds=10))
    page = ben.get(f"/conversations/{ada.conversation.id}")
    seen = str(page.select_one("[name=seen]")["value"])
    undone = ben.submit(page, ".composer__form", body="See you")
    ben.submit(undone, ".undo__form")

    told = ben.submit(page, ".composer__form", body="See you", seen=seen, expect=422)

    assert "then undone" in told.select_one("#problem").get_text()
    assert told.select_one("#body").get_text().strip() == "See you"
    ben.submit(told, ".composer__form")
    assert [m.status for m in ada.messages if m.outbound] == ["cancelled", "queued"]


def test_going_back_to_what_was_called_off_schedules_it_only_when_said_again(
    ben: Browser, ada: Customer
) -> None:
    page = ben.get(f"/conversations/{ada.conversation.id}")
    choice = {"body": "See you", "button": "In 1 hour"}
    ben.submit(
        ben.submit(page, ".composer__form", **choice), ".later__ways", button="Edit"
    )

    told = ben.submit(page, ".composer__form", **choice, expect=422)

    assert "called off before" in told.select_one("#problem").get_text()
    ben.submit(told, ".composer__form", button="In 1 hour")
    assert len(waiting()) == 1


def test_a_retry_waits_for_what_the_customer_just_wrote_to_be_read(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    reply = we_reply(ada, "It is ready")
    with writing():
        message = db.session.get_one(type(reply), reply.id)
        message.status = "failed"
    ada.texts("Never mind")
    stage.read()

    posted(ben, f"/messages/{reply.id}/retries", 409)

    assert ours(ada) == ["It is ready"]
