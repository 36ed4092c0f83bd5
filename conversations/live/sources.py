"""Where the hub learns of commits: SQLite's data version, or PostgreSQL's NOTIFY.

`wait` returns None when nothing happened, the changes when there are any, and an empty
list when something was committed that concerns no open browser.
"""

import time
from typing import Any, Protocol, Self

import psycopg
from flask import Flask
from psycopg import sql
from psycopg.conninfo import make_conninfo

from conversations import db as database
from conversations.db import db
from conversations.live.changes import CHANNEL, Pair, pairs_in

POLL_SECONDS = 0.005
LISTEN_SECONDS = 0.5
# A listener that hears nothing must find out when the server is gone without a word.
NOTICE_DEATH = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}

CHANGES_AFTER = """
    SELECT id, conversation_id, message_id FROM change WHERE id > ? ORDER BY id
"""


class Source(Protocol):
    def __enter__(self) -> Self: ...
    def __exit__(self, *args: object) -> None: ...
    def wait(self) -> list[Pair] | None: ...


def source_for(app: Flask) -> Source:
    return DataVersion() if database.on_sqlite() else Notifications()


class DataVersion:
    """SQLite counts the commits of other connections; asking costs microseconds."""

    def __enter__(self) -> Self:
        self.connection: Any = db.engines["reader"].raw_connection()
        self.connection.detach()
        self.version = self.data_version()
        self.newest = self.ask("SELECT coalesce(max(id), 0) FROM change")[0][0]
        return self

    def __exit__(self, *args: object) -> None:
        self.connection.close()

    def wait(self) -> list[Pair] | None:
        version = self.data_version()
        if version == self.version:
            time.sleep(POLL_SECONDS)
            return None
        self.version = version
        return self.changes()

    def changes(self) -> list[Pair]:
        rows = self.ask(CHANGES_AFTER, self.newest)
        self.newest = rows[-1][0] if rows else self.newest
        return list(
            dict.fromkeys((conversation, message) for _, conversation, message in rows)
        )

    def data_version(self) -> int:
        return int(self.ask("PRAGMA data_version")[0][0])

    def ask(self, statement: str, *values: object) -> list[Any]:
        return list(self.connection.cursor().execute(statement, values).fetchall())


class Notifications:
    """PostgreSQL delivers each note at its commit, to every process on every host."""

    def __enter__(self) -> Self:
        url = db.engine.url.set(drivername="postgresql")
        address = make_conninfo(
            url.render_as_string(hide_password=False), **NOTICE_DEATH
        )
        self.connection: psycopg.Connection[Any] = psycopg.connect(
            address, autocommit=True
        )
        listen = sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL))
        self.connection.execute(listen)
        return self

    def __exit__(self, *args: object) -> None:
        self.connection.close()

    def wait(self) -> list[Pair] | None:
        notices = list(self.connection.notifies(timeout=LISTEN_SECONDS, stop_after=1))
        if not notices:
            return None
        return [pair for notice in notices for pair in pairs_in(notice.payload)]
