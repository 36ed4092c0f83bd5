"""Counting that stops in time, however many messages there are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, literal_column, select

from conversations.db import db
from conversations.models import Message
from conversations.texting.status import Status

MOST = 10_000


def up_to_most(query: Select[int]) -> int:
    """How many rows there are; beyond `MOST` nobody needs to know exactly."""
    some = query.limit(MOST).subquery()
    return db.session.execute(select(func.count()).select_from(some)).scalar_one()


def groups(
    query: Select[*tuple[Any, ...]], *by: ColumnElement[Any]
) -> Sequence[Row[*tuple[Any, ...]]]:
    """How many rows there are of each sort; the number comes last."""
    return db.session.execute(query.add_columns(func.count()).group_by(*by)).all()


def in_state(status: Status) -> ColumnElement[bool]:
    """In a literal, so that SQLite sees its partial index fits."""
    return Message.status == literal_column(f"'{status}'")


def seconds_since(at: datetime | None, now: datetime) -> float:
    return max(0.0, (now - at).total_seconds()) if at else 0.0
