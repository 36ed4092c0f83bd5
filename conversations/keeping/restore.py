"""Looking a backup through before it is needed: can it be restored?"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from conversations import schema
from conversations.keeping import dumps, sqlite_file
from conversations.keeping.contents import Contents, contents

NO_SERVER = (
    "it is a dump of PostgreSQL's, which is proved by restoring it: name a server "
    "where a database may be made for a moment, with --server"
)


class NotRestorable(Exception):
    """This file does not bring our conversations back; the message says why."""


@dataclass(frozen=True)
class Finding:
    """What a backup holds, and what speaks against restoring it."""

    contents: Contents
    troubles: tuple[str, ...]
    behind: bool


def check(path: Path, server: str | None = None) -> Finding:
    """Read the whole of a backup without changing it."""
    try:
        with opened(path, server) as connection:
            return finding(connection)
    except (OSError, SQLAlchemyError, psycopg.Error, dumps.DumpFailed) as error:
        reason = str(getattr(error, "orig", None) or error)
        raise NotRestorable(reason) from error


def opened(path: Path, server: str | None) -> AbstractContextManager[Connection]:
    with path.open("rb") as file:
        start = file.read(len(sqlite_file.MAGIC))
    if start == sqlite_file.MAGIC:
        refuse_torn(path)
        return sqlite_file.opened(path)
    if not start.startswith(dumps.MAGIC):
        raise NotRestorable("it is neither a SQLite file nor a dump of PostgreSQL's")
    if server is None:
        raise NotRestorable(NO_SERVER)
    return dumps.restored(path, server)


def refuse_torn(path: Path) -> None:
    """A file copied while Parley ran has its newest rows in another file."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise NotRestorable(
            f"{log.name} lies beside it, so it is a database in use or a copy of one; "
            "`flask backup` makes a whole file"
        )


def finding(connection: Connection) -> Finding:
    held = contents(connection)
    return Finding(
        contents=held,
        troubles=tuple(troubles(connection, held)),
        behind=held.revision != schema.newest(),
    )


def troubles(connection: Connection, held: Contents) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        yield from sqlite_file.damage(connection)
    if "message" not in held.counts:
        yield "there is no table of messages in it"
    elif held.revision not in schema.revisions():
        yield f"this version of Parley does not know its revision, {held.revision}"
