"""What a database holds: how many rows of each kind, its revision, its newest news."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, func, inspect, select

from conversations.db import Base
from conversations.models import Callback, Message

NEWEST = {"message": Message.created_at, "callback": Callback.received_at}


@dataclass(frozen=True)
class Contents:
    """`counts` and `newest` name the tables that are there; others may be missing."""

    revision: str | None
    counts: Mapping[str, int]
    newest: Mapping[str, datetime | None]


def contents(connection: Connection) -> Contents:
    present = set(inspect(connection).get_table_names())
    return Contents(
        revision=revision(connection),
        counts=counts(connection, present),
        newest={
            name: connection.scalar(select(func.max(column)))
            for name, column in NEWEST.items()
            if name in present
        },
    )


def revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def counts(connection: Connection, present: set[str]) -> dict[str, int]:
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
        if table.name in present
    }


def in_words(counts: Mapping[str, int]) -> str:
    """Such as "3 conversation, 12 message"; tables without a row are left out."""
    words = [f"{count} {name}" for name, count in counts.items() if count]
    return ", ".join(words) or "no rows"
