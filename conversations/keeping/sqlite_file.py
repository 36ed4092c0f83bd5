"""A SQLite file apart from the app: opened for reading only, copied, looked through."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, StaticPool, create_engine

MAGIC = b"SQLite format 3\x00"


@contextmanager
def opened(path: Path) -> Iterator[Connection]:
    """A finished file, which nobody writes to and where nothing is left beside it."""
    with through(connected(path, "mode=ro&immutable=1")) as connection:
        yield connection


@contextmanager
def through(driver: sqlite3.Connection) -> Iterator[Connection]:
    """SQLAlchemy's view of this connection, which is closed at the end."""
    engine = create_engine(
        "sqlite://", creator=lambda: driver, poolclass=StaticPool, hide_parameters=True
    )
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def connected(path: Path, how: str, patience: float = 10) -> sqlite3.Connection:
    return sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?{how}",
        uri=True,
        timeout=patience,
        isolation_level=None,
    )


def copy(source: Path, target: Path) -> None:
    """A whole and consistent copy while others write, who do not wait for us."""
    with closing(connected(source, "mode=ro")) as driver:
        driver.execute("VACUUM INTO ?", (str(target),))


def damage(connection: Connection) -> list[str]:
    """What SQLite finds wrong with the file and between its tables."""
    found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    orphans = [f"{len(broken)} rows refer to rows that are not there"] if broken else []
    return [str(line) for line in found if line != "ok"] + orphans
