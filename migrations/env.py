"""Migrating: one process at a time, each upgrade whole or not at all.

SQLite's foreign keys are off while tables are rebuilt: with them on, rebuilding a
parent table would delete its children.
"""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, TypeDecorator, text

import conversations.models  # noqa: F401  (fills the metadata)
from conversations.db import Base

MIGRATION_LOCK = 7_411_001


def render_item(kind: str, item: object, _: object) -> str | bool:
    """Migrations name plain types: they must not change when our classes do."""
    return f"sa.{item.impl!r}" if isinstance(item, TypeDecorator) else False


def include_name(name: str | None, kind: str, _: object) -> bool:
    """The indexes of the search are not of the models; each database has its own."""
    return not (name or "").startswith(("search_words", "search_people"))


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
        include_name=include_name,
        transactional_ddl=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            lock = text("SELECT pg_advisory_xact_lock(:lock)")
            connection.execute(lock, {"lock": MIGRATION_LOCK})
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            check_foreign_keys(connection)


def check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"The migration would break foreign keys: {broken[:3]}")


def main() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        driver = connection.connection.driver_connection
        if sqlite:
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            run(connection)
            connection.commit()
        finally:
            connection.rollback()
            if sqlite:
                driver.execute("PRAGMA foreign_keys=ON")


main()
