"""A migration that fails: nothing has changed, and starting says so in one line."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect

from conversations import schema
from conversations.config import ROOT
from conversations.db import db
from tests.support.fresh import add_migration, app_on, migrated, release
from tests.support.server import Server

HALFWAY = """
    op.create_table("half", sa.Column("id", sa.Integer()))
    op.add_column("line", sa.Column("half", sa.String()))
    raise ValueError("the second half is missing")
"""


def test_a_migration_that_fails_leaves_everything_as_it_was(
    own_database: str, migrations: Path
) -> None:
    app = migrated(own_database)
    add_migration(migrations, HALFWAY)

    with app.app_context():
        with pytest.raises(schema.MigrationFailed, match="second half is missing"):
            schema.migrate(str(migrations))

        assert schema.current()
        found = inspect(db.session.connection())
        assert "half" not in found.get_table_names()
        assert "half" not in [column["name"] for column in found.get_columns("line")]
        release()


def test_of_several_migrations_none_stays_when_the_last_fails(
    own_database: str, migrations: Path
) -> None:
    app = app_on(own_database)
    add_migration(migrations, HALFWAY)

    with app.app_context():
        with pytest.raises(schema.MigrationFailed):
            schema.migrate(str(migrations))

        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        release()


def test_after_a_failed_migration_it_refuses_to_start_in_one_line(
    sqlite_database: str, tmp_path: Path, migrations: Path
) -> None:
    migrated(sqlite_database)
    add_migration(migrations, HALFWAY)
    home = another_home(tmp_path, migrations)
    server = Server(sqlite_database, tmp_path)

    done = subprocess.run(
        [sys.executable, "app.py", "--first-run"], env=server.env, cwd=home,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("Parley cannot start: ")
    assert "second half is missing" in line


def another_home(tmp_path: Path, migrations: Path) -> Path:
    """The app in another folder, with these migrations."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(ROOT / "app.py", home)
    shutil.copytree(ROOT / "conversations", home / "conversations")
    for name in ("templates", "static"):
        (home / name).symlink_to(ROOT / name)
    return migrations.rename(home / "migrations").parent
