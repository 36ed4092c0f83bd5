"""The locks of the audit trail, which a test must open to begin with nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from conversations import db as database
from conversations.db import db

TRIGGERS = text(
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
)


@contextmanager
def unlocked() -> Iterator[None]:
    """In the present transaction, which the caller commits inside or after this."""
    if database.on_sqlite():
        locks = db.session.execute(TRIGGERS).all()
        for lock in locks:
            db.session.execute(text(f"DROP TRIGGER {lock.name}"))
        yield
        for lock in locks:
            db.session.connection().exec_driver_sql(lock.sql)
    else:
        db.session.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        yield
        db.session.execute(text("ALTER TABLE audit ENABLE TRIGGER USER"))
    db.session.commit()
