"""What came from or for somebody we do not know: wrong secrets, unknown numbers."""

from datetime import datetime, timedelta

from sqlalchemy import Select, func, select

from conversations.models import Conversation, Line, TurnedAway

MOST = 10
LATELY = timedelta(days=7)


def turned_away(now: datetime) -> Select[str, str, str, str, int, datetime]:
    """Callbacks with a wrong secret in the last week, alike ones together.

    Rows of (address, source, place, hint, times, last_at), the latest first.
    """
    alike = (
        TurnedAway.address,
        TurnedAway.source,
        TurnedAway.place,
        TurnedAway.hint,
    )
    last_at = func.max(TurnedAway.last_at)
    return (
        select(*alike, func.sum(TurnedAway.times), last_at)
        .where(TurnedAway.hour > now - LATELY)
        .group_by(*alike)
        .order_by(last_at.desc())
        .limit(MOST)
    )


def times_turned_away(now: datetime) -> Select[int]:
    since = TurnedAway.hour > now - LATELY
    return select(func.coalesce(func.sum(TurnedAway.times), 0)).where(since)


def unknown_numbers() -> Select[str, int, datetime | None]:
    """Numbers that texts named and that are not ours: (address, customers, last_at)."""
    last_at = func.max(Conversation.last_message_at)
    return (
        select(Line.address, func.count(Conversation.id), last_at)
        .join(Conversation, Conversation.line_id == Line.id)
        .where(Line.sender == "")
        .group_by(Line.id)
        .order_by(last_at.desc())
        .limit(MOST)
    )


def count_of_unknown_numbers() -> Select[int]:
    return select(func.count(Line.id)).where(Line.sender == "")
