"""Making a backup: consistent while everybody writes, whole or not there at all."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from conversations import engines
from conversations.db import utcnow
from conversations.keeping import dumps, rotation, sqlite_file
from conversations.keeping.contents import Contents, contents


class BackupFailed(Exception):
    """There is no backup; the message says why."""


@dataclass(frozen=True)
class Backup:
    """A finished backup and what is in it."""

    path: Path
    size: int
    contents: Contents


def in_folder(
    url: str, folder: Path, *, keep_daily: int, keep_weekly: int
) -> tuple[Backup, list[Path]]:
    """A backup named for the time, and which older ones were removed for it."""
    stem = Path(make_url(url).database or "parley").stem
    suffix = ".db" if engines.sqlite(url) else ".dump"
    for partial in rotation.left_behind(folder, stem):
        partial.unlink(missing_ok=True)
    made = make(url, folder / rotation.named(stem, suffix, utcnow()))
    old = rotation.outdated(
        folder, stem, keep_daily=keep_daily, keep_weekly=keep_weekly
    )
    for path in old:
        path.unlink(missing_ok=True)
    return made, old


def make(url: str, target: Path) -> Backup:
    """A backup in `target`, which must not be there yet."""
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with partial_file(target) as partial:
            held = write(url, partial)
            put_in_place(partial, target)
        return Backup(target, target.stat().st_size, held)
    except FileExistsError as error:
        name = error.filename2 or error.filename
        raise BackupFailed(f"{name} is there already") from error
    except (OSError, sqlite3.Error, SQLAlchemyError, dumps.DumpFailed) as error:
        raise BackupFailed(str(error)) from error


@contextmanager
def partial_file(target: Path) -> Iterator[Path]:
    """An empty file beside the target, gone afterwards if it kept its name."""
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    reserve(partial)
    try:
        yield partial
    finally:
        partial.unlink(missing_ok=True)


def write(url: str, partial: Path) -> Contents:
    if not engines.sqlite(url):
        return dumps.write(url, partial)
    sqlite_file.copy(Path(make_url(url).database or ""), partial)
    with sqlite_file.opened(partial) as connection:
        if damage := sqlite_file.damage(connection):
            raise BackupFailed(f"the copy is damaged: {damage[0]}")
        return contents(connection)


def put_in_place(partial: Path, target: Path) -> None:
    """Give the file its name once the disk has it, never in place of another.

    In one step: an empty file under that name would pass for a backup by its name, and
    older ones be removed for it.
    """
    flush(partial)
    try:
        target.hardlink_to(partial)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no second name for a file
        reserve(target)
        partial.replace(target)
    flush(target.parent)


def reserve(path: Path) -> None:
    """Make an empty file that only we may read, unless there is one."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
