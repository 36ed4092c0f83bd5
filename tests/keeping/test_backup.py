"""A backup holds what was there, for us alone, and takes nobody's place."""

import os
import stat
import time
from pathlib import Path

import pytest

from conversations.desk.room import ABANDONED_SECONDS
from tests.support.backups import backed_up, flask, found
from tests.support.stage import Stage

pytestmark = pytest.mark.usefixtures("ada")


def test_it_says_where_it_is_how_large_and_what_is_in_it(
    stage: Stage, tmp_path: Path
) -> None:
    done = flask(stage, "backup", tmp_path)

    path, held = done.output.splitlines()
    assert Path(path).exists()
    assert " MB: " in held
    assert "1 conversation, " in held
    assert "1 message" in held


def test_it_holds_what_the_database_held(stage: Stage, tmp_path: Path) -> None:
    finding = found(stage, backed_up(stage, tmp_path))

    assert finding.troubles == ()
    assert finding.contents.counts["message"] == 1


def test_only_we_may_read_it(stage: Stage, tmp_path: Path) -> None:
    backup = backed_up(stage, tmp_path)

    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_it_never_takes_the_place_of_a_file(stage: Stage, tmp_path: Path) -> None:
    target = tmp_path / "mine.db"
    target.write_text("mine")

    done = flask(stage, "backup", target)

    assert done.exit_code == 1
    assert f"{target} is there already" in done.output
    assert target.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [target]


def test_one_that_fails_leaves_nothing(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    done = flask(stage, "backup", tmp_path / "file" / "backup.db")

    assert done.exit_code == 1
    assert done.output.startswith("Error: No backup was made: ")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_in_a_folder_older_ones_make_room(stage: Stage, tmp_path: Path) -> None:
    first = backed_up(stage, tmp_path)
    old = first.rename(first.with_name(first.name.replace("2026", "2020")))

    done = flask(stage, "backup", tmp_path, "--keep-daily", 1, "--keep-weekly", 1)

    assert f"Removed {old.name}" in done.output
    assert not old.exists()


def test_what_a_killed_one_left_behind_goes_an_hour_later(
    stage: Stage, tmp_path: Path
) -> None:
    stem = backed_up(stage, tmp_path).name.rpartition("-20")[0]
    killed, at_work = (tmp_path / f".{stem}-{n}.db.{n}.partial" for n in (1, 2))
    for path in (killed, at_work):
        path.touch()
    long_ago = time.time() - 2 * ABANDONED_SECONDS
    os.utime(killed, (long_ago, long_ago))
    first = next(tmp_path.glob(f"{stem}-*"))
    first.rename(first.with_name(first.name.replace("2026", "2020")))

    backed_up(stage, tmp_path)

    assert not killed.exists()
    assert at_work.exists()
