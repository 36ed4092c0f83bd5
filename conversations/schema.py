"""Whether the database has the tables that this version of the code expects."""

from functools import cache

from alembic import command
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app

from conversations.config import ROOT
from conversations.db import db

MIGRATIONS = str(ROOT / "migrations")


class MigrationFailed(Exception):
    """A migration went wrong, and the database is as it was before."""


@cache
def newest() -> str | None:
    """The revision this code was written for."""
    return ScriptDirectory(MIGRATIONS).get_current_head()


@cache
def revisions() -> frozenset[str]:
    """Every revision that a database of ours may be at."""
    walked = ScriptDirectory(MIGRATIONS).walk_revisions()
    return frozenset(script.revision for script in walked)


def current() -> bool:
    """Whether every migration has been applied, and none that we do not know."""
    context = MigrationContext.configure(db.session.connection())
    return context.get_current_revision() == newest()


def migrate(directory: str = MIGRATIONS) -> None:
    """Bring the database to the newest revision; several processes may try at once."""
    config = current_app.extensions["migrate"].migrate.get_config(directory)
    try:
        command.upgrade(config, "head")
    except Exception as error:
        reason = str(error).partition("\n")[0]
        raise MigrationFailed(
            "migrating the database failed and left it as it was: "
            f"{type(error).__name__}: {reason}"
        ) from error
