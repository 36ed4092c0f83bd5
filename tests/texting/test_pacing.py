"""A line that Kaleyra asks for less goes at half its pace, and ever faster again."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from conversations.db import db, utcnow
from conversations.kaleyra.answers import Answer, NotSent
from conversations.models import Message
from conversations.texting import line_state
from tests.support.cast import Customer, we_reply, writing
from tests.support.line import GOOD, THE_LINE, change_line, claimed, learn, line, told
from tests.support.stage import Stage

TOO_MUCH = NotSent("429", "Slow down.")
COME_LATER = NotSent("503", "Not now.", 3)
NOBODY_THERE = NotSent("unreachable", "Nobody answered.")
MINUTE = timedelta(minutes=1)


def pace() -> float:
    return round(line().slowed(utcnow()) or 0, 2)


@pytest.mark.parametrize("asking", [TOO_MUCH, COME_LATER])
def test_it_goes_at_half_the_rate(queue: Sequence[int], asking: Answer) -> None:
    change_line(rate=4.0)

    learn(asking)
    change_line(held_until=None)

    assert len(claimed()) == 2
    assert [what for what, _, _ in told()] == ["slowed"]


@pytest.mark.parametrize(("left", "half"), [(2, 5.0), (140, 7.0)])
def test_without_a_rate_it_goes_at_half_of_what_left_just_now(
    stage: Stage, ada: Customer, left: int, half: float
) -> None:
    text = alike(we_reply(ada, "Hello"))
    with writing():
        db.session.execute(insert(Message), [text] * (left - 1))
        ours = update(Message).where(Message.direction == "outbound")
        db.session.execute(ours.values(sent_at=utcnow()))

    learn(TOO_MUCH)

    assert pace() == half


def alike(message: Message) -> dict[str, object]:
    """A text more like this one."""
    once = {"id", "arrival_key", "submission_key", "reference"}
    names = Message.__table__.columns.keys()
    return {name: getattr(message, name) for name in names if name not in once}


def test_who_cannot_be_reached_asks_for_nothing(stage: Stage) -> None:
    change_line(rate=4.0)

    learn(NOBODY_THERE)

    assert pace() == 0


def test_calls_made_at_the_same_time_ask_once(stage: Stage) -> None:
    change_line(rate=4.0)

    learn(*[TOO_MUCH] * 3)
    learn(TOO_MUCH)

    assert pace() == 2.0


def test_asked_again_it_halves_again_but_something_always_leaves(
    queue: Sequence[int],
) -> None:
    change_line(rate=4.0)

    for expected in (2.0, 1.0, 0.5, 0.25, 0.2, 0.2):
        learn(TOO_MUCH)
        assert pace() == expected
        change_line(slowed_at=utcnow() - timedelta(seconds=3), held_until=None)

    assert len(claimed()) == 1


def test_each_minute_it_is_a_tenth_faster_until_it_is_as_fast_as_before(
    stage: Stage,
) -> None:
    change_line(rate=4.0)
    learn(TOO_MUCH)

    change_line(slowed_at=utcnow() - MINUTE)
    assert pace() == 2.2
    change_line(slowed_at=utcnow() - 7 * MINUTE)
    learn(GOOD)
    assert pace() == 3.9
    change_line(slowed_at=utcnow() - 8 * MINUTE)
    learn(GOOD)

    assert line().slowed_at is None


def test_one_left_alone_for_years_is_as_fast_as_before(stage: Stage) -> None:
    learn(TOO_MUCH)

    change_line(slowed_at=utcnow() - timedelta(days=1000))

    assert line().slowed(utcnow()) is None


@pytest.mark.parametrize("admin", ["resumes", "sets a rate"])
def test_an_admin_knows_better(stage: Stage, admin: str) -> None:
    change_line(rate=4.0)
    learn(TOO_MUCH)
    change_line(held_until=utcnow() + MINUTE)

    with writing():
        if admin == "resumes":
            line_state.resume(db.session.scalars(THE_LINE).one(), "Ana")
        else:
            line_state.set_rate(db.session.scalars(THE_LINE).one(), 8.0, "Ana")

    assert line().slowed_at is None
