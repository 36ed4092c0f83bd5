"""What waits too long is not sent any more: a stuck queue texts nobody at night."""

from datetime import timedelta

from sqlalchemy import select, update

from conversations.db import db, utcnow
from conversations.kaleyra.practice import PracticeKaleyra
from conversations.models import Conversation, Line, Message
from conversations.texting import expiry, outbox, sending
from conversations.worker.sweeper import Sweeper
from tests.support.cast import Customer, now, we_reply, writing
from tests.support.stage import Stage

LEASE = timedelta(seconds=60)
OVER = timedelta(seconds=-1)


def pause_the_lines() -> None:
    with writing():
        db.session.execute(update(Line).values(paused_at=utcnow()))


def sweep(stage: Stage) -> None:
    stage.step(Sweeper("w", lambda: True).step)


def test_a_text_may_wait_for_an_hour(ada: Customer) -> None:
    reply = we_reply(ada, "Hello")

    assert reply.expires_at - reply.due_at == timedelta(hours=1)


def test_a_text_whose_time_is_over_is_never_sent(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    late = we_reply(ada, "Good morning!", valid_for=OVER)
    fresh = we_reply(ada, "Still there?")

    stage.work()
    stage.work()

    assert (now(late).status, now(late).failure_code) == ("failed", "expired")
    assert "waited too long" in now(late).failure_text
    assert now(fresh).status in ("accepted", "sent", "delivered")
    assert [text.body for text in kaleyra.texts] == ["Still there?"]


def test_on_a_paused_line_it_fails_too_and_does_not_come_back(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    pause_the_lines()
    late = we_reply(ada, "Good morning!", valid_for=OVER)
    waits = we_reply(ada, "Still there?")

    sweep(stage)

    assert now(late).failure_code == "expired"
    assert ada.conversation.failed is False
    assert now(waits).status == "queued"
    with writing():
        db.session.execute(update(Line).values(paused_at=None))
    stage.work()
    assert [text.body for text in kaleyra.texts] == ["Still there?"]


def test_a_text_that_is_being_sent_does_not_expire(stage: Stage, ada: Customer) -> None:
    reply = we_reply(ada, "Hello")
    with stage.app.app_context():
        seen = {reply.id: reply.conversation_id}
    with writing():
        outbox.claim("w", 1, LEASE)

    with writing():
        assert expiry.expire(seen) == 0

    assert now(reply).status == "sending"


def test_trying_again_gives_it_a_new_time(stage: Stage, ada: Customer) -> None:
    late = we_reply(ada, "Good morning!", valid_for=OVER)
    pause_the_lines()
    sweep(stage)

    with writing():
        old = db.session.get_one(Message, late.id)
        conversation = db.session.get_one(Conversation, old.conversation_id)
        draft = sending.again(old, author="Ana", author_id=None)
        id = sending.retry(old, conversation, draft).id

    assert now(id).expires_at > utcnow() + timedelta(minutes=59)


def test_many_are_swept_up_at_once(stage: Stage, ada: Customer) -> None:
    pause_the_lines()
    for n in range(20):
        we_reply(ada, f"{n}", valid_for=OVER)

    sweep(stage)

    with stage.app.app_context():
        statuses = set(db.session.scalars(select(Message.status)))
    assert statuses == {"received", "failed"}
    assert ada.conversation.failed
