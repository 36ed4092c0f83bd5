"""The database: does it answer, is it sound, and does it keep what it is given?"""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from conversations import db as database
from conversations import schema
from conversations.db import db
from conversations.inside.doctor.finding import Findings, ok, problem, warning

SAFE_SQLITE = (3, 51, 3)
OLDEST_SERVER = 130_000
APART_SECONDS = 2.0

FAR_AWAY = {
    "9p", "afs", "ceph", "cifs", "fuse.glusterfs", "fuse.s3fs", "fuse.sshfs", "gfs2",
    "glusterfs", "lustre", "nfs", "nfs4", "ocfs2", "smb3", "smbfs",
}  # fmt: skip
MOUNTS = Path("/proc/mounts")

WAL_RESET = (
    "Before 3.51.3 SQLite can, very rarely, damage a file that several connections use "
    "at once. Make backups often and run `flask doctor --deep` on them; update SQLite "
    "with the system, or take PostgreSQL."
)


def examine(*, deep: bool = False) -> Findings:
    if database.on_sqlite():
        yield from sqlite_itself()
        yield from sqlite_file(Path(db.engine.url.database or ""))
        if deep:
            yield from sqlite_content()
    else:
        yield from postgresql()


def answer(statement: str) -> Any:
    return db.session.execute(text(statement)).scalar_one()


def sqlite_itself() -> Findings:
    found = f"SQLite {sqlite3.sqlite_version}"
    if sqlite3.sqlite_version_info < SAFE_SQLITE:
        yield warning(f"{found} answers, which has a known fault.", WAL_RESET)
    else:
        yield ok(f"{found} answers.")
    mode = answer("PRAGMA journal_mode")
    if mode != "wal":
        yield problem(
            f"Its journal mode is {mode}, so readers and writers block each other.",
            "See that its folder can be written and is on a disk of this machine.",
        )


def sqlite_file(file: Path) -> Findings:
    kind = file_system(file.resolve(), MOUNTS)
    if kind in FAR_AWAY:
        yield problem(
            f"{file} is on a network mount ({kind}), where SQLite is not safe.",
            "Move it to a disk of this machine, or take PostgreSQL.",
        )
    else:
        yield ok(f"It is in {file}, {file.stat().st_size // 1024:,} KiB large.")


def file_system(path: Path, mounts: Path) -> str:
    """What kind of file system a path is on, where the machine tells."""
    if not mounts.exists():
        return ""
    rows = [line.split() for line in mounts.read_text(errors="replace").splitlines()]
    under = [
        (len(where), kind)
        for _, where, kind, *_ in rows
        if path.is_relative_to(where.replace("\\040", " "))
    ]
    return max(under, default=(0, ""))[1]


def sqlite_content() -> Findings:
    rows = [row[0] for row in db.session.execute(text("PRAGMA quick_check(10)"))]
    if rows == ["ok"]:
        yield ok("All of the file was read, and it is sound.")
    else:
        yield problem(
            f"The file is damaged in {len(rows)} places or more.",
            "Stop Parley, keep a copy of the file, and restore the last good backup.",
        )


def postgresql() -> Findings:
    version = answer("SHOW server_version")
    if int(answer("SHOW server_version_num")) < OLDEST_SERVER:
        yield problem(f"PostgreSQL {version} answers.", "Take version 13 or newer.")
    else:
        yield ok(f"PostgreSQL {version} answers.")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        if answer(f"SHOW {setting}") == "off":
            yield warning(
                f"Its setting {setting} is off: a power cut would lose texts.",
                f"Set {setting} to on, for the server, the database and our user.",
            )


def migrations() -> Findings:
    if schema.current():
        yield ok("The tables are those of this version.")
    else:
        yield problem(
            "The tables are those of another version of Parley.",
            "Make a backup, then run `flask db upgrade`.",
        )


def clocks() -> Findings:
    """Several hosts share the server's clock; ours should not be far from it."""
    if database.on_sqlite():
        yield ok("SQLite goes by the clock of this machine.")
        return
    apart = abs((datetime.now(UTC) - database.clock()).total_seconds())
    words = f"This clock and the database server's are {apart:.1f} s apart."
    if apart > APART_SECONDS:
        yield warning(words, "Let both machines take the time from a time server.")
    else:
        yield ok(words)
