"""A migration that fails: nothing has changed, and starting says so in one line."""

import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect

from conversations import schema
from conversations.db import db
from tests.support.fresh import add_migration, another_home, app_on, migrated, release
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


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--first-run"], "second half is missing"),
        ([], "the database needs migrating"),
    ],
)
def test_after_a_failed_migration_it_refuses_to_start_in_one_line(
    own_database: str, tmp_path: Path, migrations: Path, words: list[str], reason: str
) -> None:
    app = migrated(own_database)
    before = tables(app)
    add_migration(migrations, HALFWAY)
    home = another_home(tmp_path, migrations)
    server = Server(own_database, tmp_path)

    done = subprocess.run(
        [sys.executable, "app.py", *words], env=server.env, cwd=home,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("Parley cannot start: ")
    assert reason in line
    assert tables(app) == before


def tables(app: Flask) -> dict[str, list[str]]:
    """Every table of the database, with its columns."""
    with app.app_context():
        found = inspect(db.engine)
        names = found.get_table_names()
        shape = {n: [column["name"] for column in found.get_columns(n)] for n in names}
        release()
    return shape
