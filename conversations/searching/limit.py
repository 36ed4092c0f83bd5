"""A time limit on reading: what takes longer is given up, and the reader says so."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Executable, text
from sqlalchemy.exc import OperationalError

from conversations import db as database
from conversations.db import db

# How many steps of its machine SQLite takes between two looks at the clock.
STEPS_PER_LOOK = 5_000
TIMEOUT = "SELECT set_config('statement_timeout', :milliseconds, true)"
NO_HELPERS = ", set_config('max_parallel_workers_per_gather', '0', true)"
HELPED, ALONE = text(TIMEOUT), text(TIMEOUT + NO_HELPERS)
AS_ALWAYS = text("SET LOCAL statement_timeout TO DEFAULT")


class OutOfTime(Exception):
    """The limit was reached before the database had an answer."""


class Limit:
    """So many seconds from now, for all that is asked through it.

    Where the newest few are wanted, PostgreSQL had better look for them `alone`: its
    helpers run on far past them. That then counts until its transaction is over.
    """

    def __init__(self, seconds: float, *, alone: bool = False) -> None:
        self.ends_at = time.monotonic() + seconds
        self.alone = alone

    def part(self, share: float) -> "Limit":
        """A limit on this share of the time that is left."""
        return Limit(self.left * share, alone=self.alone)

    @property
    def left(self) -> float:
        return self.ends_at - time.monotonic()

    def over(self) -> bool:
        return self.left <= 0

    def rows(self, query: Executable) -> Sequence[Any]:
        """What the query finds. Raises `OutOfTime`; the session then starts afresh."""
        if self.over():
            raise OutOfTime
        try:
            with self.on_sqlite() if database.on_sqlite() else self.on_server():
                return db.session.execute(query).all()
        except OperationalError as error:
            db.session.rollback()
            if not self.over():
                raise
            raise OutOfTime from error

    @contextmanager
    def on_sqlite(self) -> Iterator[None]:
        driver: Any = db.session.connection().connection.driver_connection
        driver.set_progress_handler(self.over, STEPS_PER_LOOK)
        try:
            yield
        finally:
            driver.set_progress_handler(None, 0)

    @contextmanager
    def on_server(self) -> Iterator[None]:
        """What is asked outside has the time it always has."""
        milliseconds = max(int(self.left * 1000), 1)
        timeout = ALONE if self.alone else HELPED
        db.session.execute(timeout, {"milliseconds": str(milliseconds)})
        yield
        db.session.execute(AS_ALWAYS)
