"""Which backups are kept: the last of each of some days, and of some weeks."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from conversations.keeping import rotation

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
DAY = timedelta(days=1)


def made(folder: Path, *ages: timedelta) -> list[Path]:
    paths = [folder / rotation.named("parley", ".db", NOW - age) for age in ages]
    for path in paths:
        path.touch()
    return paths


def kept(folder: Path, daily: int, weekly: int) -> set[Path]:
    old = rotation.outdated(folder, "parley", keep_daily=daily, keep_weekly=weekly)
    return set(folder.iterdir()) - set(old)


def test_each_kept_day_keeps_its_last_backup(tmp_path: Path) -> None:
    hour = timedelta(hours=1)
    today, _, yesterday, _ = made(tmp_path, 0 * hour, hour, 4 * hour, 5 * hour)

    assert kept(tmp_path, daily=2, weekly=0) == {today, yesterday}


def test_a_month_of_nightly_backups_leaves_seven_days_and_four_weeks(
    tmp_path: Path,
) -> None:
    nights = made(tmp_path, *(n * DAY for n in range(30)))

    # The 22nd is a Sunday: each week's last backup is a Sunday's.
    assert kept(tmp_path, daily=7, weekly=4) == {*nights[:7], *nights[:28:7]}


def test_days_without_a_backup_take_nothing_away(tmp_path: Path) -> None:
    old = made(tmp_path, 200 * DAY, 300 * DAY)

    assert kept(tmp_path, daily=7, weekly=4) == set(old)


def test_the_newest_always_stays(tmp_path: Path) -> None:
    newest, _ = made(tmp_path, DAY, 2 * DAY)

    assert kept(tmp_path, daily=0, weekly=0) == {newest}


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    others = [tmp_path / "notes.txt", tmp_path / "practice-2026-01-01T000000Z.db"]
    for path in others:
        path.touch()
    made(tmp_path, DAY, 2 * DAY)

    assert set(others) < kept(tmp_path, daily=1, weekly=0)
