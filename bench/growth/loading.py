"""Writing very many rows at once, without all that makes one row safe.

SQLite takes them in one transaction that no power cut would survive, PostgreSQL by
COPY. Indexes are dropped before and made again afterwards, sorted.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Protocol

import psycopg
from sqlalchemy import Index
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import CreateIndex, DropIndex

from conversations.db import Base

Values = Sequence[object]

FAST = (
    "PRAGMA journal_mode=OFF",
    "PRAGMA synchronous=OFF",
    "PRAGMA cache_size=-400000",
    "PRAGMA temp_store=MEMORY",
)
LINES_AT_ONCE = 2_000
# Stands for NULL in what COPY reads; no text of ours is this.
NOTHING = "~~"
ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Loader(Protocol):
    """Takes rows in; the ids come with them."""

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
        """All of these rows."""

    def change(self, statement: str) -> None:
        """Anything else that has to be said."""


class IntoFile:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
        places = ", ".join("?" * len(columns))
        into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"
        self.connection.executemany(into, rows)

    def change(self, statement: str) -> None:
        self.connection.execute(statement)


class IntoServer:
    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
        into = f"COPY {table} ({', '.join(columns)}) FROM STDIN WITH (NULL '{NOTHING}')"
        lines: list[str] = []
        with self.connection.cursor() as cursor, cursor.copy(into) as copy:  # type: ignore[arg-type]
            for row in rows:
                lines.append(line(row))
                if len(lines) == LINES_AT_ONCE:
                    copy.write("".join(lines))
                    lines.clear()
            copy.write("".join(lines))
        last = f"(SELECT max(id) FROM {table})"
        self.change(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {last})")

    def change(self, statement: str) -> None:
        self.connection.execute(statement)  # type: ignore[call-overload]


def line(row: Values) -> str:
    """A row as COPY reads it."""
    cells = [NOTHING if value is None else str(value) for value in row]
    whole = "\t".join(cells)
    if "\\" in whole or "\n" in whole or "\r" in whole or whole.count("\t") >= len(row):
        whole = "\t".join([cell.translate(ESCAPED) for cell in cells])
    return whole + "\n"


@contextmanager
def loading(url: str, nouns: Sequence[type[Base]]) -> Iterator[Loader]:
    """Load into the tables of these nouns, all in one transaction."""
    found = (index for noun in nouns for index in noun.__table__.indexes)  # type: ignore[attr-defined]
    # In the order in which migrations make them: of two that will do, SQLite takes the
    # one made last.
    indexes = sorted(found, key=lambda index: str(index.name))
    with into_file(url) if url.startswith("sqlite") else into_server(url) as loader:
        dialect = sqlite.dialect() if url.startswith("sqlite") else postgresql.dialect()
        rebuilt(loader, indexes, DropIndex, dialect)
        yield loader
        rebuilt(loader, indexes, CreateIndex, dialect)


def rebuilt(
    loader: Loader,
    indexes: Sequence[Index],
    how: type[CreateIndex] | type[DropIndex],
    dialect: Dialect,
) -> None:
    for index in indexes:
        loader.change(str(how(index).compile(dialect=dialect)))


@contextmanager
def into_file(url: str) -> Iterator[Loader]:
    path = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in FAST:
            connection.execute(pragma)
        connection.execute("BEGIN")
        yield IntoFile(connection)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")


@contextmanager
def into_server(url: str) -> Iterator[Loader]:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET maintenance_work_mem = '512MB'")
        yield IntoServer(connection)
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
