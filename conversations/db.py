"""The database: one writer in line and many readers, UTC times, and nothing hidden.

Everything that depends on which database we run on is here or in `live/`. A request
that only reads uses the reader (`read_only`), which cannot write; everything else uses
the writer. On SQLite the writer's pool holds a single connection: writers wait in line
for it, fairly, instead of sleeping and retrying on SQLite's lock (docs/adr/0003).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    String,
    TypeDecorator,
    event,
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry

from conversations.config import Config
from conversations.texting.clean import clean_text
from conversations.turns import OneByOne

LOCK_TIMEOUT_SECONDS = 10
LARGEST_ID = 2**63 - 1
POOL_SIZE = 8
POOL_OVERFLOW = 56
# PostgreSQL serves 100 by default; several of our processes must fit in.
SERVER_POOL_OVERFLOW = 8

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time on both databases; SQLite itself knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


class StorableString(TypeDecorator[str]):
    """Text, less what no database can hold, so that nothing anybody types is a crash.

    It works in questions too: what cannot be stored is not found.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or (value.isascii() and "\x00" not in value):
            return value
        return clean_text(value)


Id = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """What every noun stands on."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcDateTime, int: Id, str: StorableString}  # noqa: RUF012


class Session(FlaskSession):
    """Reads and writes go to different engines; see `read_only`."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine:
        return db.engines["reader" if self.info.get("read_only") else None]


db = SQLAlchemy(session_options={"class_": Session})


def init_app(app: Flask, config: Config) -> None:
    """Give the app its two engines."""
    url = database_url(config.database_url)
    if sqlite(url):
        make_private(make_url(url).database)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = writer_options(url)
    app.config["SQLALCHEMY_BINDS"] = {"reader": {"url": url, **reader_options(url)}}
    db.init_app(app)
    if sqlite(url):
        with app.app_context():
            prepare_sqlite(db.engines[None], "BEGIN IMMEDIATE")
            prepare_sqlite(db.engines["reader"], "BEGIN", "PRAGMA query_only=ON")


def utcnow() -> datetime:
    return datetime.now(UTC)


def clock() -> datetime:
    """The time all processes agree on: the database server's, where there is one."""
    if db.session.get_bind().dialect.name == "sqlite":
        return utcnow()
    now: datetime = db.session.execute(text("SELECT clock_timestamp()")).scalar_one()
    return now


def read_only() -> None:
    """From here to the end of the request the session reads and cannot write."""
    db.session().info["read_only"] = True


@contextmanager
def reading() -> Iterator[None]:
    """Read outside the writer's line, on a session that this block opens and closes."""
    db.session.remove()
    read_only()
    try:
        yield
    finally:
        db.session.remove()


def on_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


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


def prepare_sqlite(engine: Engine, begin: str, *pragmas: str) -> None:
    """Take transactions from the driver, which loses updates, and begin our own."""

    def on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        for pragma in (*SQLITE_PRAGMAS, *pragmas):
            connection.cursor().execute(pragma)

    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)


SQLITE_PRAGMAS = (
    f"PRAGMA busy_timeout={LOCK_TIMEOUT_SECONDS * 1000}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
)
