"""How fast texts leave a line: as its admin said, slower when Kaleyra asks for less.

Then it goes at half its pace, and a tenth faster each minute until it is as fast as it
was. Kept in the database, so that every process on every host agrees.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from conversations.db import db
from conversations.models import Conversation, Line, Message
from conversations.texting import line_state

# Answers to what was called at the same time ask for the same once.
ONE_ASKING = timedelta(seconds=2)
# In texts a second. However often Kaleyra asks, a text still leaves now and then.
SLOWEST = 0.2
# What a line surely can otherwise, however little there was to send just now.
USUAL = 10.0
LOOKED_AT = timedelta(seconds=10)
# What was written longer ago and left just now is not counted; it is all the slower.
WRITTEN_WITHIN = timedelta(hours=1)


def pace(line: Line, now: datetime) -> float | None:
    """In texts a second; None for as fast as they come."""
    return line.slowed(now) or line.rate


def slow_down(line: Line, now: datetime) -> None:
    """Kaleyra asked for less: halve its pace, once for calls made at the same time."""
    if line.held(now) or (line.slowed_at and line.slowed_at > now - ONE_ASKING):
        return
    before = pace(line, now) or measured(line, now)
    line_state.slow(line, max(before, 2 * SLOWEST), now)


def measured(line: Line, now: datetime) -> float:
    """How many texts a second left the line just now, or could have."""
    left = (
        select(func.count())
        .select_from(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Conversation.line_id == line.id,
            Message.created_at > now - WRITTEN_WITHIN,
            Message.sent_at > now - LOOKED_AT,
        )
    )
    return max(USUAL, (db.session.scalar(left) or 0) / LOOKED_AT.total_seconds())


def speed_up(line: Line, now: datetime) -> None:
    """Forget that it was slowed, once it is as fast as it was."""
    if line.slowed_at and line.slowed(now) is None:
        line.slowed_at = None
