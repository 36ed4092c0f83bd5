"""Whether the database has the tables that this version of the code expects."""

from functools import cache

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import upgrade

from conversations.config import ROOT
from conversations.db import db

MIGRATIONS = str(ROOT / "migrations")


@cache
def newest() -> str | None:
    """The revision this code was written for."""
    return ScriptDirectory(MIGRATIONS).get_current_head()


def current() -> bool:
    """Whether every migration has been applied, and none that we do not know."""
    context = MigrationContext.configure(db.session.connection())
    return context.get_current_revision() == newest()


def migrate() -> None:
    """Bring the database to the newest revision; several processes may try at once."""
    upgrade(directory=MIGRATIONS)
