"""The database: sessions that read and sessions that write, UTC times, nothing hidden.

Everything that depends on which database we run on is here, in `engines`, `many` or
`live/`. A request that only reads uses the reader (`read_only`), which cannot write;
everything else uses the writer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    String,
    TypeDecorator,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase

from conversations import engines
from conversations.config import Config
from conversations.texting.clean import clean_text

LARGEST_ID = 2**63 - 1

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
        return None if value is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """A page reads very many times, and SQLite's, as text, in one call each."""
        if dialect.name == "sqlite":
            return from_text
        return super().result_processor(dialect, coltype)


def from_text(time: str | None) -> datetime | None:
    return None if time is None else datetime.fromisoformat(time + "+00:00")


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
    url = engines.database_url(config.database_url)
    if engines.sqlite(url):
        engines.make_private(make_url(url).database)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engines.writer_options(url)
    app.config["SQLALCHEMY_BINDS"] = {
        "reader": {"url": url, **engines.reader_options(url)}
    }
    db.init_app(app)
    if engines.sqlite(url):
        with app.app_context():
            engines.prepare_writer(db.engines[None])
            engines.prepare_reader(db.engines["reader"])


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


def upsert(noun: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what becomes of a row that is there already."""
    return sqlite.insert(noun) if on_sqlite() else postgresql.insert(noun)


def change(
    noun: type[Base], /, *conditions: ColumnElement[bool], **values: object
) -> bool:
    """Change the rows that meet all of these; False when there are none, or no more.

    Of several processes that try at once, one hears True. The session is not told.
    """
    query = update(noun).where(*conditions).values(**values)
    changed = db.session.execute(
        query.returning(*noun.__table__.primary_key),
        execution_options={"synchronize_session": False},
    )
    return changed.first() is not None
