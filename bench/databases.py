"""Where a measure takes place: new databases, in SQLite or a PostgreSQL of our own."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import psycopg

from bench.serving import Parley
from tests.support.postgres import PostgresServer, running_server

SQLITE = "sqlite"
POSTGRESQL = "postgresql"


class Databases(Protocol):
    """Makes databases of one kind."""

    kind: str
    name: str

    def __hash__(self) -> int: ...

    def description(self) -> str:
        """The version, and how it keeps what is committed."""

    def migrated(self) -> str:
        """The URL of a new database with our tables in it."""

    def kept(self, name: str) -> str:
        """The URL of the database of this name, with our tables, old or new."""

    def copy(self, url: str) -> str:
        """The URL of a new database like this one, which nobody has open."""


class Files:
    """SQLite, with a folder for its files."""

    kind, name = SQLITE, "SQLite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count(1)

    def description(self) -> str:
        return f"SQLite {sqlite3.sqlite_version}, WAL, synchronous=FULL"

    def migrated(self) -> str:
        return upgraded(self.next_url())

    def kept(self, name: str) -> str:
        return upgraded(f"sqlite:///{self.folder}/{name}.db")

    def copy(self, url: str) -> str:
        copied = self.next_url()
        shutil.copy(*(each.removeprefix("sqlite:///") for each in (url, copied)))
        return copied

    def next_url(self) -> str:
        return f"sqlite:///{self.folder}/bench-{next(self.numbers)}.db"


class Server:
    """PostgreSQL, on a server of our own that keeps what it has committed."""

    kind, name = POSTGRESQL, "PostgreSQL"

    def __init__(self, server: PostgresServer) -> None:
        self.server = server
        self.numbers = count(1)

    def description(self) -> str:
        return f"PostgreSQL {self.shown('server_version')}, fsync {self.shown('fsync')}"

    def shown(self, setting: str) -> str:
        with psycopg.connect(self.server.address) as connection:
            query = "SELECT current_setting(%s)"
            (value,) = connection.execute(query, (setting,)).fetchone() or ("",)
        return str(value).partition(" ")[0]

    def migrated(self) -> str:
        return upgraded(self.server.create_database(self.next_name()))

    def kept(self, name: str) -> str:
        with psycopg.connect(self.server.address) as connection:
            known = "SELECT 1 FROM pg_database WHERE datname = %s"
            there = connection.execute(known, (name,)).fetchone()
        url = self.server.url(name) if there else self.server.create_database(name)
        return upgraded(url)

    def copy(self, url: str) -> str:
        like = url.rpartition("/")[2]
        copied = self.server.create_database(self.next_name(), like=like)
        self.write_down()
        return copied

    def write_down(self) -> None:
        """A crash takes the sequences of a copied database back, up to here."""
        with psycopg.connect(self.server.address, autocommit=True) as connection:
            connection.execute("CHECKPOINT")

    def next_name(self) -> str:
        return f"bench_{os.getpid()}_{next(self.numbers)}"


def upgraded(url: str) -> str:
    Parley(url).flask("db", "upgrade")
    return url


@contextmanager
def databases(kind: str, folder: Path | None = None) -> Iterator[Databases]:
    """With a `folder`, SQLite's files stay there; a server that was named has them."""
    if kind == SQLITE and folder:
        yield Files(folder)
    elif kind == SQLITE:
        with TemporaryDirectory(prefix="parley-bench-") as passing:
            yield Files(Path(passing))
    else:
        with running_server(durable=True) as server:
            yield Server(server)
