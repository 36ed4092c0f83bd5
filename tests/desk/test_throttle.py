"""How often anybody may try something."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask
from sqlalchemy import select

from conversations.desk import throttle
from conversations.desk.throttle import Limit
from conversations.models import Allowance
from tests.support.cast import everything, writing

LIMIT = Limit("test", 3, timedelta(hours=1))
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def take(who: str = "ada") -> bool:
    with writing():
        return throttle.take(LIMIT, who)


def test_tries_run_out_and_come_back_with_time(app: Flask) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        assert [take() for _ in range(4)] == [True, True, True, False]

        clock.shift(timedelta(minutes=19))
        assert not take()

        clock.shift(timedelta(minutes=2))
        assert take()
        assert not take()


def test_nobody_saves_up_more_than_the_limit(app: Flask) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        take()
        clock.shift(timedelta(days=30))

        assert [take() for _ in range(4)] == [True, True, True, False]


def test_everybody_has_tries_of_their_own_whatever_the_case(app: Flask) -> None:
    assert [take("Ada") for _ in range(2)] == [True, True]

    assert [take("ADA") for _ in range(2)] == [True, False]
    assert take("bob")


def test_a_try_that_turned_out_well_is_given_back(app: Flask) -> None:
    for _ in range(10):
        assert take()
        with writing():
            throttle.give_back(LIMIT, "ada")


def test_two_at_once_never_share_a_try(app: Flask) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: take(), range(12)))

    assert taken.count(True) == 3


def test_old_buckets_are_forgotten_and_names_are_never_kept(app: Flask) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        take("ada@example.com")
        (key,) = everything(select(Allowance.key))
        assert "ada" not in key

        clock.shift(timedelta(days=2))
        with writing():
            throttle.forget_old()

    assert everything(select(Allowance)) == []
