"""A SQLite installation grows up: everything moves to PostgreSQL, or nothing does."""

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask_migrate import Migrate
from sqlalchemy import Connection, exists, inspect, select, text
from sqlalchemy.engine import make_url

from conversations import db as database
from conversations import engines, schema
from conversations.config import Config
from conversations.db import Base, db, utcnow
from conversations.keeping import sqlite_file
from conversations.keeping.carrying import Carried, carry
from conversations.keeping.contents import revision
from conversations.models import Heartbeat

ALIVE_FOR = timedelta(seconds=60)

STOP_FIRST = (
    "Parley is running on this database. Stop it and every `flask worker` first, "
    "so that nothing arrives that would be left behind."
)


class CannotMove(Exception):
    """Nothing was moved; the message says why, and what to do."""


def move(config: Config, target_url: str) -> list[Carried]:
    """Carry every row to an empty PostgreSQL database, in one transaction there."""
    if not engines.sqlite(engines.database_url(config.database_url)):
        raise CannotMove("DATABASE_URL is not a SQLite file; there is nothing to move.")
    if engines.sqlite(engines.database_url(target_url)):
        raise CannotMove("The target must be a postgresql:// address.")
    with alone(Path(make_url(config.database_url).database or "")) as source:
        refuse_old(source)
        refuse_busy(source)
        with new_home(config, target_url) as target:
            refuse_full(target)
            return everything(source, target)


@contextmanager
def alone(path: Path) -> Iterator[Connection]:
    """The file, with nobody else in it from here on, not even to read."""
    driver = sqlite_file.connected(path, "mode=rw", patience=2)
    try:
        driver.execute("PRAGMA locking_mode=EXCLUSIVE")
        driver.execute("BEGIN IMMEDIATE")
        driver.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as error:
        driver.close()
        raise CannotMove(STOP_FIRST) from error
    with sqlite_file.through(driver) as connection:
        yield connection


def refuse_old(source: Connection) -> None:
    if revision(source) != schema.newest():
        raise CannotMove("Run `flask db upgrade` first: these tables are of old.")


def refuse_busy(source: Connection) -> None:
    """Whoever works on this host would have the file open; but a container may not."""
    lately = select(Heartbeat.worker).where(Heartbeat.seen_at > utcnow() - ALIVE_FOR)
    for worker in source.scalars(lately):
        if worker.partition(":")[0] != socket.gethostname():
            raise CannotMove(
                f"{worker} said within the last minute that it works here. Stop it; "
                "if you just did, try again in a minute."
            )


@contextmanager
def new_home(config: Config, url: str) -> Iterator[Connection]:
    """A transaction in the target, migrated; it is kept if all goes well."""
    app = Flask(__name__)
    database.init_app(app, replace(config, database_url=url))
    Migrate(app, db)
    with app.app_context():
        try:
            refuse_strange()
            schema.migrate()
            with db.engine.begin() as connection:
                yield connection
        finally:
            for engine in db.engines.values():
                engine.dispose()


def refuse_strange() -> None:
    """Leave another program's tables alone."""
    with db.engine.connect() as connection:
        present = inspect(connection).get_table_names()
    if present and "alembic_version" not in present:
        raise CannotMove(f"The target has tables of something else: {present[0]}.")


def refuse_full(target: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        if target.scalar(select(exists().select_from(table))):
            raise CannotMove(
                f"The target has rows already, in {table.name}. Name an empty database."
            )


def everything(source: Connection, target: Connection) -> list[Carried]:
    tables = Base.metadata.sorted_tables
    for table in tables:
        target.execute(text(f'LOCK TABLE "{table.name}" IN EXCLUSIVE MODE'))
    carried = [carry(table, source, target) for table in tables]
    target.execute(text("ANALYZE"))
    return carried
