"""What backups are called, and which of them are kept: some days, and some weeks."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from glob import escape
from pathlib import Path

from conversations.desk.room import abandoned

STAMP = "%Y-%m-%dT%H%M%SZ"
NAME = re.compile(r"(?P<stem>.+)-(?P<at>\d{4}-\d\d-\d\dT\d{6}Z)\.(db|dump)")

Dated = tuple[datetime, Path]


def named(stem: str, suffix: str, now: datetime) -> str:
    return f"{stem}-{now.astimezone(UTC).strftime(STAMP)}{suffix}"


def outdated(
    folder: Path, stem: str, *, keep_daily: int, keep_weekly: int
) -> list[Path]:
    """The backups of `stem` to remove: not the last of a kept day, nor of a kept week.

    Days and weeks without any backup do not count, and the newest always stays.
    """
    newest_first = sorted(backups(folder, stem), reverse=True)
    kept = {
        *[path for _, path in newest_first[:1]],
        *last_of_each(newest_first, datetime.date, keep_daily),
        *last_of_each(newest_first, week, keep_weekly),
    }
    return [path for _, path in newest_first if path not in kept]


def left_behind(folder: Path, stem: str) -> list[Path]:
    """What backups that were killed have begun and nobody will end."""
    begun = folder.glob(f".{escape(stem)}-*.partial")
    return [path for path in begun if abandoned(path)]


def backups(folder: Path, stem: str) -> Iterable[Dated]:
    for path in folder.iterdir():
        match = NAME.fullmatch(path.name)
        if match and match["stem"] == stem:
            yield datetime.strptime(match["at"], STAMP).replace(tzinfo=UTC), path


def week(at: datetime) -> tuple[int, int]:
    return at.isocalendar()[:2]


def last_of_each(
    newest_first: Iterable[Dated], period: Callable[[datetime], object], limit: int
) -> list[Path]:
    last: dict[object, Path] = {}
    for at, path in newest_first:
        last.setdefault(period(at), path)
    return list(last.values())[:limit]
