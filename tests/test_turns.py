"""Writers wait in line, and the line moves."""

import threading
import time
from pathlib import Path

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app import create_app
from conversations.db import db
from conversations.turns import Turns
from tests.support.stage import config_for, until


def test_those_who_wait_get_their_turns_in_order() -> None:
    turns, came = Turns(), []
    turns.take(0)

    def wait(n: int) -> None:
        assert turns.take(5)
        came.append(n)
        turns.give()

    for n in range(5):
        threading.Thread(target=wait, args=(n,)).start()
        until(lambda n=n: len(turns.waiting) == n + 1)
    turns.give()

    until(lambda: came == [0, 1, 2, 3, 4])
    assert not turns.taken


def test_who_gives_up_waiting_leaves_the_line() -> None:
    turns = Turns()
    turns.take(0)

    assert not turns.take(0.01)

    turns.give()
    assert turns.take(0)


def test_a_writer_that_never_rests_does_not_keep_the_others_waiting(
    tmp_path: Path,
) -> None:
    app = create_app(config_for(f"sqlite:///{tmp_path / 'parley.db'}", 1, 2))
    with app.app_context():
        engine = db.engine
    over = threading.Event()

    def restless() -> None:
        while not over.is_set():
            with engine.begin() as connection:
                connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS t (n INT)")
                connection.exec_driver_sql("INSERT INTO t VALUES (1)")

    other = threading.Thread(target=restless)
    other.start()
    began = time.monotonic()
    for _ in range(10):
        with engine.begin():
            pass
    waited = time.monotonic() - began
    over.set()
    other.join()

    assert waited < 2


def test_a_line_that_does_not_move_is_an_error_in_the_end(tmp_path: Path) -> None:
    app = create_app(config_for(f"sqlite:///{tmp_path / 'parley.db'}", 1, 2))
    with app.app_context():
        engine = db.engine
    engine.pool._timeout = 0.05

    with engine.begin(), pytest.raises(PoolTimeout), engine.begin():
        pass

    with engine.begin():
        pass
