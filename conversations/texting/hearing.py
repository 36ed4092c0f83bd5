"""Counting what each line hears, hour by hour, along the new messages only.

The walk stays one look behind: an id it has passed can belong to no message that is
still being written.
"""

from datetime import datetime, timedelta

from sqlalchemy import Insert, func, select, update

from conversations.db import db, upsert
from conversations.live import changes
from conversations.models import Conversation, Hearing, Line, Message, Walk
from conversations.models.message import INBOUND
from conversations.texting import directory

WALK = "hearing"
AT_ONCE = 10_000
HOUR = timedelta(hours=1)
KEPT = timedelta(weeks=5)


def count_up(now: datetime) -> bool:
    """Take the walk further; whether it has come to where the last look was."""
    newest = db.session.scalar(select(func.max(Message.id))) or 0
    walk = db.session.get(Walk, WALK, with_for_update=True)
    if walk is None:
        row = {"name": WALK, "reached": newest, "newest": newest}
        db.session.execute(directory.insert_new(Walk), [row])
        return True
    until = min(walk.newest, walk.reached + AT_ONCE)
    take_down(heard_between(walk.reached, until, now - KEPT))
    caught_up = until == walk.newest
    walk.reached = until
    walk.newest = max(walk.newest, newest) if caught_up else walk.newest
    return caught_up


def heard_between(after: int, until: int, since: datetime) -> list[dict[str, object]]:
    """The texts among these messages, by line and hour."""
    query = (
        select(Conversation.line_id, Message.created_at)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Message.id > after, Message.id <= until)
        .where(Message.direction == INBOUND, Message.created_at > since)
    )
    times: dict[tuple[int, datetime], list[datetime]] = {}
    for line_id, at in db.session.execute(query):
        times.setdefault((line_id, hour_of(at)), []).append(at)
    return [
        {"line_id": line, "hour": hour, "texts": len(some), "last_at": max(some)}
        for (line, hour), some in sorted(times.items())
    ]


def take_down(rows: list[dict[str, object]]) -> None:
    """Add to what these hours had; a line that is heard again is quiet no more."""
    if not rows:
        return
    db.session.execute(addition(), rows)
    for row in rows:
        heard_again(row["line_id"], row["last_at"])


def heard_again(line_id: object, last_at: object) -> None:
    lines = update(Line).where(Line.id == line_id, Line.quiet_since < last_at)
    ended = db.session.execute(
        lines.values(quiet_since=None).returning(Line.id),
        execution_options={"synchronize_session": False},
    )
    if ended.first():
        changes.note_lines()


def addition() -> Insert:
    row = upsert(Hearing)
    added: Insert = row.on_conflict_do_update(
        index_elements=["line_id", "hour"],
        set_={
            "texts": Hearing.texts + row.excluded.texts,
            "last_at": row.excluded.last_at,
        },
    )
    return added


def hour_of(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
