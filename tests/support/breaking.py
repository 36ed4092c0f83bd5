"""A database that refuses some rows, or lacks a table, for as long as a test wants."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from conversations import db as database
from conversations.db import db
from tests.support.cast import writing

Run = Callable[[str], object]


@contextmanager
def refusing_messages(like: str = "%") -> Iterator[None]:
    """Those with such bodies break a rule; PostgreSQL then quotes the whole row."""
    with on_writer() as run:
        run(trigger(like) if database.on_sqlite() else check(like))
    yield
    with on_writer() as run:
        undo = "ALTER TABLE message DROP CONSTRAINT no"
        run("DROP TRIGGER no" if database.on_sqlite() else undo)


def trigger(like: str) -> str:
    return f"""
        CREATE TRIGGER no BEFORE INSERT ON message WHEN NEW.body LIKE '{like}'
        BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: no'); END
    """


def check(like: str) -> str:
    like = like.replace("%", "%%")  # the driver looks for placeholders
    rule = f"CHECK (body NOT LIKE '{like}') NOT VALID"
    return f"ALTER TABLE message ADD CONSTRAINT no {rule}"


@contextmanager
def without_table(name: str) -> Iterator[None]:
    with on_writer() as run:
        run(f"ALTER TABLE {name} RENAME TO lost")
    yield
    with on_writer() as run:
        run(f"ALTER TABLE lost RENAME TO {name}")


@contextmanager
def on_writer() -> Iterator[Run]:
    with writing():
        yield db.session.connection().exec_driver_sql
