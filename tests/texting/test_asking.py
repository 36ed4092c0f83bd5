"""A text that nothing is heard of is asked after, a few times, and then said to be."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from conversations.db import db, utcnow
from conversations.kaleyra.practice import PracticeKaleyra, faults
from conversations.live.hub import RESYNC, Hub
from conversations.models import Message
from conversations.texting.asking import PATIENCE
from conversations.worker.asker import Asker
from tests.support.cast import Customer, now, we_reply, writing
from tests.support.stage import Stage, until


@pytest.fixture
def silent(stage: Stage, ada: Customer, kaleyra: PracticeKaleyra) -> Message:
    """A text that Kaleyra took and that no report comes for."""
    kaleyra.script(faults.silent())
    reply = we_reply(ada, "Hello")
    stage.work()
    return now(reply)


def five_minutes_pass(stage: Stage, message: Message) -> None:
    with writing():
        statement = update(Message).where(Message.id == message.id)
        db.session.execute(statement.values(ask_at=utcnow()))
    stage.step(Asker(stage.config).step)


def test_it_is_asked_after_in_five_minutes(silent: Message) -> None:
    assert silent.status == "accepted"
    wait = silent.ask_at - utcnow()
    assert PATIENCE[0] - timedelta(seconds=30) < wait <= PATIENCE[0]


def test_what_kaleyra_answers_settles_it(
    stage: Stage, silent: Message, kaleyra: PracticeKaleyra
) -> None:
    until(lambda: kaleyra.texts[0].final)

    five_minutes_pass(stage, silent)

    assert now(silent).status == "delivered"
    assert now(silent).ask_at is None


def test_it_is_asked_after_three_times_and_then_said_to_be_without_report(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.script(faults.late(60))
    reply = we_reply(ada, "Hello")
    stage.work()

    for _ in PATIENCE:
        assert not now(reply).unreported
        five_minutes_pass(stage, reply)

    assert now(reply).unreported
    assert now(reply).status == "accepted"


def test_open_pages_hear_that_asking_has_ended(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.script(faults.late(60))
    reply = we_reply(ada, "Hello")
    stage.work()
    with writing():
        last = update(Message).where(Message.id == reply.id)
        db.session.execute(last.values(asks=len(PATIENCE) - 1, ask_at=utcnow()))
    hub = Hub(stage.app)
    listener = hub.listen()
    hub.start()
    assert listener.take(5) == RESYNC

    stage.step(Asker(stage.config).step)

    assert f'"message": {reply.id}' in (listener.take(5) or b"").decode()
    hub.stop()
    hub.join()


def test_when_kaleyra_cannot_be_asked_it_is_asked_again_later(
    stage: Stage, silent: Message, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.stop()

    five_minutes_pass(stage, silent)

    assert now(silent).asks == 1
    assert now(silent).ask_at - utcnow() > timedelta(minutes=20)


def test_a_text_that_is_settled_is_not_asked_after(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    reply = we_reply(ada, "Hello")
    stage.work()
    until(lambda: stage.read() or now(reply).status == "delivered")

    assert now(reply).ask_at is None
