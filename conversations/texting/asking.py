"""Asking Kaleyra what became of texts that nothing was heard of, a few times, then not.

After that a text stays as it is and is said to have had no report, which on some routes
is normal and no failure (SMS status, "Sent").
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import select, update

from conversations import db as database
from conversations.db import db
from conversations.live import changes
from conversations.models import Message

PATIENCE = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=6))
MOST_AT_ONCE = 20


class Question(NamedTuple):
    """A text to ask after, by Kaleyra's id of it."""

    message_id: int
    provider_id: str


def anything_due() -> bool:
    """Whether there is a text to ask after now."""
    due = select(Message.id).where(
        Message.ask_at.is_not(None), Message.ask_at <= database.clock()
    )
    return db.session.scalar(due.limit(1)) is not None


def take_due(limit: int = MOST_AT_ONCE) -> list[Question]:
    """The texts to ask after now; each is not due again until the next time."""
    now = database.clock()
    due = (
        select(Message.id, Message.conversation_id, Message.provider_id, Message.asks)
        .where(Message.ask_at.is_not(None), Message.ask_at <= now)
        .order_by(Message.ask_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = db.session.execute(due).all()
    for asks in {row.asks for row in rows}:
        ids = [row.id for row in rows if row.asks == asks]
        next_time = now + PATIENCE[asks + 1] if asks + 1 < len(PATIENCE) else None
        postpone(ids, asks + 1, next_time)
    changes.note_all(
        (row.conversation_id, row.id) for row in rows if row.asks + 1 >= len(PATIENCE)
    )
    return [Question(row.id, row.provider_id) for row in rows if row.provider_id]


def postpone(ids: Sequence[int], asks: int, ask_at: object) -> None:
    statement = update(Message).where(Message.id.in_(ids))
    db.session.execute(
        statement.values(asks=asks, ask_at=ask_at),
        execution_options={"synchronize_session": False},
    )
