"""PostgreSQL's own archives: written by pg_dump, brought back by pg_restore."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url

from conversations.engines import database_url
from conversations.keeping.contents import Contents, contents

MAGIC = b"PGDMP"
SNAPSHOT = text("SELECT pg_export_snapshot()")
INSTALL = (
    "It comes with PostgreSQL's client programs (Debian and Ubuntu: "
    "`apt-get install postgresql-client`), of the server's version or a newer one."
)


class DumpFailed(Exception):
    """A program of PostgreSQL's is missing or gave up; the message says why."""


def write(url: str, target: Path) -> Contents:
    """Dump the database as it stands at one moment, and say what it held then."""
    with connected(url, isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.execute(SNAPSHOT).scalar_one()
        held = contents(connection)
        at = f"--snapshot={snapshot}"
        run("pg_dump", url, "--format=custom", at, f"--file={target}")
    run("pg_restore", None, "--list", str(target))
    return held


@contextmanager
def restored(dump: Path, server: str) -> Iterator[Connection]:
    """The dump, brought back in a database of its own that is dropped at the end."""
    name = f"parley_restore_check_{token_hex(4)}"
    url = make_url(database_url(server)).set(database=name)
    target = url.render_as_string(hide_password=False)
    as_ours = ("--no-owner", "--no-privileges", "--exit-on-error")
    order(server, "CREATE DATABASE {}", name)
    try:
        run("pg_restore", target, *as_ours, str(dump))
        with connected(target) as connection:
            yield connection
    finally:
        order(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@contextmanager
def connected(url: str, **options: Any) -> Iterator[Connection]:
    engine = create_engine(database_url(url), hide_parameters=True, **options)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def order(server: str, statement: str, name: str) -> None:
    with psycopg.connect(libpq_url(server), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def run(program: str, url: str | None, *words: str) -> None:
    """Run it against `url`. The password is in its environment: ps shows no secrets."""
    path = shutil.which(program)
    if path is None:
        raise DumpFailed(f"{program} is not installed here. {INSTALL}")
    database, secrets = split(url) if url else ([], {})
    done = subprocess.run(
        [path, *database, *words],
        env=os.environ | secrets,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DumpFailed(done.stderr.strip() or f"{program} failed without a word")


def split(url: str) -> tuple[list[str], dict[str, str]]:
    """Where the database is, as an option; and the password, for the environment."""
    known = conninfo_to_dict(libpq_url(url))
    password = known.pop("password", None)
    option = f"--dbname={make_conninfo('', **known)}"
    return [option], {"PGPASSWORD": str(password)} if password else {}


def libpq_url(url: str) -> str:
    plain = make_url(database_url(url)).set(drivername="postgresql")
    return plain.render_as_string(hide_password=False)
