"""Texts that waited too long: they fail, so that a stuck queue texts nobody at night.

The outbox asks the same before every call. This finds those it does not come to, as on
a line that is paused.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from conversations import db as database
from conversations.db import db
from conversations.models import Message
from conversations.models.message import waiting
from conversations.texting import settling, thread
from conversations.texting.consent import Refusal
from conversations.texting.status import Status
from conversations.words import N_

MOST_AT_ONCE = 500

EXPIRED = Refusal(
    "expired",
    N_("It waited too long and was not sent. Send it again if it still matters."),
)


def expired(expires_at: datetime | None, now: datetime) -> bool:
    return expires_at is not None and expires_at <= now


def overdue() -> dict[int, int]:
    """Waiting texts whose time is over, each with its conversation."""
    rows = db.session.execute(
        select(Message.id, Message.conversation_id)
        .where(
            waiting(),
            Message.status == Status.QUEUED,
            Message.expires_at <= database.clock(),
        )
        .order_by(Message.id)
        .limit(MOST_AT_ONCE)
    )
    return {row.id: row.conversation_id for row in rows}


def expire(texts: dict[int, int]) -> int:
    """Let these `overdue` texts fail; how many. One that is being sent is let be."""
    if not texts:
        return 0
    thread.hold(texts.values())
    ids = still_queued(texts)
    now = database.clock()
    settling.apply(settling.refused(id, EXPIRED, now) for id in ids)
    return len(ids)


def still_queued(ids: Collection[int]) -> list[int]:
    """Those that no worker has claimed meanwhile, locked so that none can."""
    query = (
        select(Message.id)
        .where(Message.id.in_(ids), Message.status == Status.QUEUED)
        .with_for_update(skip_locked=True)
    )
    return list(db.session.scalars(query))
