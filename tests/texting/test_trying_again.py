"""What surely never left is tried again: when, for how long, and when not."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from conversations.db import db, utcnow
from conversations.kaleyra.practice import Fault, PracticeKaleyra, faults
from conversations.models import Line, Message
from conversations.texting import aftermath
from tests.support.cast import Customer, now, we_reply, writing
from tests.support.line import THE_LINE, line
from tests.support.stage import Stage


def test_what_surely_never_left_is_tried_again(stage: Stage, ada: Customer) -> None:
    reply = we_reply(ada, "Nobody listens at Kaleyra's")

    stage.work()

    waiting = now(reply)
    assert (waiting.status, waiting.attempts) == ("queued", 1)
    assert timedelta(seconds=3) < waiting.due_at - utcnow() < timedelta(seconds=7)


def test_it_leaves_once_kaleyra_can_be_reached_again(
    stage: Stage, ada: Customer, request: pytest.FixtureRequest
) -> None:
    reply = we_reply(ada, "Hello again")
    stage.work()
    kaleyra = request.getfixturevalue("kaleyra")

    make_due(reply)
    stage.work()

    assert now(reply).status in ("accepted", "sent", "delivered")
    assert len(kaleyra.requests) == 1


def test_trying_ends_after_a_while_and_says_so(stage: Stage, ada: Customer) -> None:
    reply = we_reply(ada, "Nobody listens at Kaleyra's")

    for _ in range(aftermath.MAX_ATTEMPTS):
        make_due(reply)
        stage.work()

    assert now(reply).status == "failed"
    assert aftermath.GAVE_UP in now(reply).failure_text


def make_due(message: Message) -> None:
    with writing():
        statement = update(Message).where(Message.id == message.id)
        db.session.execute(statement.values(due_at=utcnow()))
        db.session.execute(update(Line).values(held_until=None))


@pytest.mark.parametrize("fault", [faults.throttle(7), faults.unavailable(7)])
def test_retry_after_is_honoured(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra, fault: Fault
) -> None:
    kaleyra.script(fault)
    reply = we_reply(ada, "Hello")

    stage.work()

    assert now(reply).status == "queued"
    assert now(reply).due_at - utcnow() > timedelta(seconds=6)


@pytest.mark.parametrize("fault", [faults.unauthorised(), faults.not_found()])
def test_a_wrong_key_or_address_pauses_the_line_and_keeps_the_texts(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra, fault: Fault
) -> None:
    kaleyra.script(fault)
    first, second = we_reply(ada, "first"), we_reply(ada, "second")

    stage.work()

    assert line().paused
    assert "Check KALEYRA_" in line().pause_reason
    assert now(first).attempts == 0
    assert (now(first).status, now(second).status) == ("queued", "queued")
    assert len(kaleyra.requests) == 1


def test_a_resumed_line_sends_what_waited(
    stage: Stage, ada: Customer, kaleyra: PracticeKaleyra
) -> None:
    kaleyra.script(faults.unauthorised())
    reply = we_reply(ada, "Hello")
    stage.work()

    with writing():
        db.session.scalars(THE_LINE).one().resume()
    stage.work()

    assert now(reply).status in ("accepted", "sent", "delivered")
