"""The journal forgets what was read long ago, and nothing that somebody may need."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from conversations.db import db, utcnow
from conversations.models import Callback, Message
from conversations.texting.forgetting import Pass
from tests.support import cast
from tests.support.cast import Customer
from tests.support.stage import Stage

pytestmark = pytest.mark.usefixtures("stage")

DAYS = 90


def heard(outcome: str, days_ago: float, count: int = 1) -> None:
    row = {
        "address": "inbound", "received_at": utcnow() - timedelta(days=days_ago),
        "method": "POST", "content_type": "", "query": "", "body": b"{}",
        "outcome": outcome,
    }  # fmt: skip
    with cast.writing():
        db.session.execute(insert(Callback), [row] * count)


def forget(days: int = DAYS) -> int:
    """One whole pass; in how many steps."""
    walk = Pass(days)
    walk.begin()
    steps = 0
    while walk.reached is not None:
        with cast.writing():
            walk.forget_some()
        steps += 1
    return steps


def left() -> list[str]:
    return cast.everything(select(Callback.outcome).order_by(Callback.id))


@pytest.mark.parametrize("outcome", ["read", "duplicate"])
def test_what_was_read_is_forgotten_after_its_days(outcome: str) -> None:
    heard(outcome, DAYS + 1)
    heard(outcome, DAYS - 1)

    forget()

    assert left() == [outcome]


@pytest.mark.parametrize("outcome", ["odd", "unreadable", "parked"])
def test_what_was_set_aside_is_kept_twice_as_long(outcome: str) -> None:
    heard(outcome, 2 * DAYS + 1)
    heard(outcome, 2 * DAYS - 1)

    forget()

    assert left() == [outcome]


def test_what_nobody_has_read_is_never_forgotten() -> None:
    heard("new", 20 * DAYS)

    forget()

    assert left() == ["new"]


def test_with_no_days_nothing_is_ever_forgotten() -> None:
    heard("read", 20 * DAYS)

    forget(days=0)

    assert left() == ["read"]


def test_it_goes_a_few_at_a_time_past_what_it_keeps() -> None:
    heard("odd", DAYS + 1, 250)
    heard("read", DAYS + 1, 250)
    heard("read", 1)

    assert forget() == 3

    assert left() == ["odd"] * 250 + ["read"]


def test_a_text_stays_and_is_known_again_when_its_callback_is_forgotten(
    stage: Stage, ada: Customer
) -> None:
    ada.texts("On my way", id="90e1-again")
    stage.read()
    with cast.writing():
        then = utcnow() - timedelta(days=DAYS + 1)
        db.session.execute(update(Callback).values(received_at=then))

    forget()
    ada.texts("On my way", id="90e1-again")
    stage.read()

    assert left() == ["duplicate"]
    bodies = cast.everything(select(Message.body).order_by(Message.id))
    assert bodies == [*ada.texted[:1], "On my way"]
