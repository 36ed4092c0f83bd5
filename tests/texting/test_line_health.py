"""A line that only makes trouble is held back; a rate is kept; people go first."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from conversations.db import db, utcnow
from conversations.kaleyra.answers import Accepted, NotSent, Unconfirmed
from conversations.models import Line, Message
from conversations.texting import line_health, outbox
from tests.support.cast import Customer, everything, the, we_reply, writing
from tests.support.stage import LINE, Stage

TROUBLE = Unconfirmed("no_answer", "No answer came.")
GOOD = Accepted("id:1", "id")
LEASE = timedelta(seconds=60)


def line() -> Line:
    return the(select(Line).where(Line.address == LINE))


def learn(*answers: object) -> None:
    id = line().id
    with writing():
        line_health.learn([(id, answer) for answer in answers], utcnow())


def change(**columns: object) -> None:
    with writing():
        db.session.execute(update(Line).where(Line.address == LINE).values(columns))


def claimed(limit: int = 10) -> list[int]:
    with writing():
        return [call.text.message_id for call in outbox.claim("w", limit, LEASE)]


@pytest.fixture
def queue(stage: Stage, ada: Customer) -> list[int]:
    """Ten texts to ten customers."""
    customers = [Customer(f"+120255502{n:02}", LINE, ada.caller) for n in range(10)]
    for customer in customers:
        customer.texts("Hello")
    stage.read()
    return [we_reply(customer, "Hello").id for customer in customers]


def test_five_troubles_in_a_minute_hold_the_line_for_half_a_minute(
    queue: list[int],
) -> None:
    learn(*[TROUBLE] * 4)
    assert line().held_until is None

    learn(TROUBLE)

    held_for = line().held_until - utcnow()
    assert timedelta(seconds=25) < held_for <= timedelta(seconds=30)
    assert claimed() == []


def test_many_good_answers_outweigh_a_few_troubles(stage: Stage) -> None:
    learn(*[GOOD] * 10, *[TROUBLE] * 5)

    assert line().held_until is None


def test_a_held_line_is_tried_with_a_single_text(queue: list[int]) -> None:
    learn(*[TROUBLE] * 5)
    change(held_until=utcnow())

    assert claimed() == queue[:1]
    assert claimed() == []


def test_a_good_answer_opens_the_line_again(queue: list[int]) -> None:
    learn(*[TROUBLE] * 5)
    change(held_until=utcnow())

    learn(GOOD)

    assert not line().probing
    assert claimed() == queue


def test_another_trouble_holds_it_twice_as_long(stage: Stage) -> None:
    learn(*[TROUBLE] * 5)
    change(held_until=utcnow())

    learn(TROUBLE)

    assert line().held_until - utcnow() > timedelta(seconds=55)


def test_being_asked_to_wait_holds_the_line_for_as_long(queue: list[int]) -> None:
    learn(NotSent("429", "Slow down.", 7))

    assert timedelta(seconds=5) < line().held_until - utcnow() < timedelta(seconds=8)
    assert claimed() == []


def test_a_rate_is_kept_by_all_workers_together(queue: list[int]) -> None:
    change(rate=3.0)

    assert len(claimed()) == 3
    assert claimed() == []


def test_a_rate_lets_more_through_as_time_goes_by(stage: Stage) -> None:
    with writing():
        now = utcnow()
        assert line_health.allowed("k", 2.0, 5, now) == 2
        assert line_health.allowed("k", 2.0, 5, now) == 0
        assert line_health.allowed("k", 2.0, 5, now + timedelta(seconds=0.5)) == 1
        assert line_health.allowed("k", 2.0, 5, now + timedelta(hours=1)) == 2


def test_a_person_goes_before_a_program(queue: list[int]) -> None:
    with writing():
        some = update(Message).where(Message.id.in_(queue[:9]))
        db.session.execute(some.values(priority=1))

    assert claimed(1) == queue[9:]
    assert len(everything(select(Message).where(Message.status == "queued"))) == 9
