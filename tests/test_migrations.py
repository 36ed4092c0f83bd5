"""Migrations: from nothing to what the models say, and never halfway."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask_migrate import downgrade
from sqlalchemy import insert, inspect, text

from conversations import schema
from conversations.config import ROOT
from conversations.db import Base, db
from conversations.models import Conversation, Customer, Line, Message
from tests.support.fresh import add_migration, app_on, migrated, release
from tests.support.server import Server

HALFWAY = """
    op.create_table("half", sa.Column("id", sa.Integer()))
    op.add_column("line", sa.Column("half", sa.String()))
    raise ValueError("the second half is missing")
"""
PARENTS = """
    op.create_table("shelf", sa.Column("id", sa.Integer(), primary_key=True))
    shelf = sa.ForeignKey("shelf.id", name="fk_book_shelf", ondelete="CASCADE")
    op.create_table("book", sa.Column("shelf_id", sa.Integer(), shelf))
    op.execute("INSERT INTO shelf VALUES (1)")
    for _ in range(1000):
        op.execute("INSERT INTO book VALUES (1)")
"""
REBUILD = """
    for parent in ("shelf", "conversation"):
        with op.batch_alter_table(parent, recreate="always") as batch:
            batch.add_column(sa.Column("added", sa.String()))
"""
THREE_MIGRATE = """
import multiprocessing, sys
from app import create_app
from conversations import schema
from conversations.config import Config

def migrate(url):
    with create_app(Config(database_url=url)).app_context():
        schema.migrate()

fork = multiprocessing.get_context("fork")
three = [fork.Process(target=migrate, args=sys.argv[1:]) for _ in range(3)]
[one.start() for one in three]
[one.join() for one in three]
print([one.exitcode for one in three])
"""


def test_from_nothing_it_comes_to_what_the_models_say(own_database: str) -> None:
    app = migrated(own_database)

    with app.app_context(), db.engine.connect() as connection:
        assert (
            compare_metadata(MigrationContext.configure(connection), Base.metadata)
            == []
        )
    with app.app_context():
        release()


def test_migrating_again_changes_nothing(own_database: str) -> None:
    app = migrated(own_database)

    with app.app_context():
        schema.migrate()

        assert schema.current()
        release()


def test_three_processes_may_migrate_at_once(own_database: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", THREE_MIGRATE, own_database], cwd=ROOT,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert (done.stdout, done.stderr) == ("[0, 0, 0]\n", "")
    app = app_on(own_database)
    with app.app_context():
        assert schema.current()
        release()


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


def test_rebuilding_a_parent_table_keeps_its_children(
    sqlite_database: str, migrations: Path
) -> None:
    """With foreign keys on, SQLite deletes them: dropping a table deletes its rows."""
    app = migrated(sqlite_database)
    with app.app_context():
        fill()
        add_migration(migrations, PARENTS, REBUILD)
        schema.migrate(str(migrations))

        for table in ("book", "message"):
            assert db.session.scalar(text(f"SELECT count(*) FROM {table}")) == 1000
        assert db.session.scalar(text("PRAGMA foreign_keys")) == 1
        release()


def fill() -> None:
    line, customer = Line(address="+1", sender="1"), Customer(address="+2", digits="2")
    conversation = Conversation(line=line, customer=customer)
    db.session.add(conversation)
    db.session.flush()
    row = {
        "conversation_id": conversation.id, "direction": "inbound", "body": "",
        "status": "received", "segments": 1, "encoding": "gsm7",
    }  # fmt: skip
    db.session.execute(insert(Message), [row] * 1000)
    db.session.commit()


def test_an_empty_database_can_go_back_to_nothing(own_database: str) -> None:
    app = migrated(own_database)

    with app.app_context():
        downgrade(directory=schema.MIGRATIONS, revision="base")

        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        release()
