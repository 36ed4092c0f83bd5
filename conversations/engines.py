"""How we connect: one writer in line and many readers, on SQLite and on PostgreSQL.

On SQLite the writer's pool holds a single connection: writers wait in line for it,
fairly, instead of sleeping and retrying on SQLite's lock (docs/adr/0003).
"""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from conversations.turns import OneByOne

LOCK_TIMEOUT_SECONDS = 10
POOL_SIZE = 8
POOL_OVERFLOW = 56
# PostgreSQL serves 100 by default; several of our processes must fit in.
SERVER_POOL_OVERFLOW = 8


def database_url(given: str) -> str:
    """The URL with the driver we ship: `postgresql://` means psycopg 3."""
    for prefix in ("postgres://", "postgresql://"):
        if given.startswith(prefix):
            return "postgresql+psycopg://" + given.removeprefix(prefix)
    return given


def sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def make_private(path: str | None) -> None:
    """Make the file, and its folder, before SQLite does: conversations are in it."""
    if path and path != ":memory:" and not path.startswith("file:"):
        file = Path(path)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)


def writer_options(url: str) -> dict[str, Any]:
    if sqlite(url):
        return {
            "poolclass": OneByOne,
            "pool_size": 1,
            "max_overflow": 0,
            "pool_timeout": LOCK_TIMEOUT_SECONDS,
            "connect_args": {"check_same_thread": False},
            "hide_parameters": True,
        }
    return {
        "pool_size": POOL_SIZE,
        "max_overflow": SERVER_POOL_OVERFLOW,
        "pool_pre_ping": True,
        "hide_parameters": True,
        "connect_args": {"connect_timeout": 5},
    }


def reader_options(url: str) -> dict[str, Any]:
    if sqlite(url):
        return {
            "pool_size": POOL_SIZE,
            "max_overflow": POOL_OVERFLOW,
            "connect_args": {"check_same_thread": False},
            "hide_parameters": True,
        }
    return {
        **writer_options(url),
        "execution_options": {"postgresql_readonly": True},
    }


def prepare_writer(engine: Engine) -> None:
    """For SQLite: transactions that have the lock from the beginning."""
    prepare_sqlite(engine, begin_writing, A_MOMENT)


def prepare_reader(engine: Engine) -> None:
    """For SQLite: transactions that cannot write."""
    prepare_sqlite(engine, begin_reading, READ_ONLY)


def prepare_sqlite(
    engine: Engine, begin: Callable[[Connection], None], *pragmas: str
) -> None:
    """Take transactions from the driver, which loses updates, and begin our own."""

    def on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        for pragma in (*SQLITE_PRAGMAS, *pragmas):
            connection.cursor().execute(pragma)

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", begin)


def begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def begin_writing(connection: Connection) -> None:
    """Wait for the other processes' writers, asking again every moment.

    SQLite itself would sleep ever longer, and of several busy processes one would
    hardly get its turn.
    """
    ends_at = time.monotonic() + LOCK_TIMEOUT_SECONDS
    while time.monotonic() < ends_at:
        try:
            connection.connection.cursor().execute(BEGIN_WRITING)
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                break
    connection.exec_driver_sql(BEGIN_WRITING)


BEGIN_WRITING = "BEGIN IMMEDIATE"
A_MOMENT = "PRAGMA busy_timeout=3"
READ_ONLY = "PRAGMA query_only=ON"
SQLITE_PRAGMAS = (
    f"PRAGMA busy_timeout={LOCK_TIMEOUT_SECONDS * 1000}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
)
