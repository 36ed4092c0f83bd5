"""Databases that one test has for itself, and copies of the migrations to spoil."""

import os
import shutil
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask

from app import create_app
from conversations import schema
from conversations.config import ROOT, Config
from conversations.db import db
from tests.support.postgres import PostgresServer

numbers = count(1)


@pytest.fixture
def sqlite_database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'parley.db'}"


@pytest.fixture
def postgres_database(postgres: PostgresServer) -> Iterator[str]:
    name = f"parley_fresh_{os.getpid()}_{next(numbers)}"
    yield postgres.create_database(name)
    postgres.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def own_database(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind that nobody else uses."""
    kind = "sqlite" if request.param == "sqlite" else "postgres"
    return request.getfixturevalue(f"{kind}_database")


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A copy of the migrations, to which a test adds its own."""
    return copied_migrations(tmp_path)


def copied_migrations(folder: Path) -> Path:
    copy = folder / "migrations"
    shutil.copytree(ROOT / "migrations", copy, ignore=shutil.ignore_patterns("*.pyc"))
    return copy


def app_on(url: str, **settings: Any) -> Flask:
    return create_app(Config(database_url=url, **settings))


def migrated(url: str) -> Flask:
    app = app_on(url)
    with app.app_context():
        schema.migrate()
        release()
    return app


def with_tables(url: str) -> Flask:
    """An app on a migrated database, which on SQLite is a copy of one."""
    if not url.startswith("sqlite"):
        return migrated(url)
    Path(url.removeprefix("sqlite:///")).write_bytes(migrated_file())
    return app_on(url)


@cache
def migrated_file() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "parley.db")
        migrated(f"sqlite:///{path}")
        return path.read_bytes()


def release() -> None:
    """Let go of the database, as a process that ends does."""
    db.session.remove()
    for engine in db.engines.values():
        engine.dispose()


def add_migration(migrations: Path, *upgrades: str) -> None:
    """The next migrations after ours, each in these words of Python."""
    before = schema.newest()
    for number, upgrade in enumerate(upgrades, start=9001):
        (migrations / "versions" / f"{number}_a_test.py").write_text(
            "from alembic import op\nimport sqlalchemy as sa\n"
            f"revision = '{number}'\ndown_revision = {before!r}\n\n\n"
            f"def upgrade() -> None:\n{upgrade}\n\n\ndef downgrade() -> None: ...\n"
        )
        before = str(number)


def another_home(folder: Path, migrations: Path) -> Path:
    """The app in another folder, with these migrations, which move there."""
    home = folder / "home"
    home.mkdir()
    shutil.copy(ROOT / "app.py", home)
    shutil.copytree(ROOT / "conversations", home / "conversations")
    for name in ("templates", "static"):
        (home / name).symlink_to(ROOT / name)
    shutil.move(migrations, home / "migrations")
    return home
