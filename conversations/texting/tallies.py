"""Counting texts once they have come to rest, a quarter of an hour at a time.

What is younger than three hours is counted by whoever asks (`counted`), so it is always
right; older quarters are counted once and kept. Whoever changes an old text, as a late
delivery report does, says so with `late`, and its quarter is counted again.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Delete,
    Integer,
    Select,
    case,
    cast,
    delete,
    extract,
    func,
    insert,
    literal_column,
    select,
)

from conversations import db as database
from conversations.db import db, utcnow
from conversations.models import Conversation, Message, Recount, Tally, Walk
from conversations.models.message import OUTBOUND, texts
from conversations.texting import directory
from conversations.texting.status import Status

WALK = "tally"
SECONDS = 900
REST = timedelta(hours=3)
# Earlier than `REST`, for a change may be committed while the quarter is counted.
LATE = timedelta(hours=1)
QUARTERS_AT_ONCE = 24
CHANGES_AT_ONCE = 50

KEYS = (
    *("quarter", "line_id", "team_id", "author_id"),
    *("direction", "status", "code", "currency"),
)
COLUMNS = (*KEYS, "micros", "texts", "segments")


def quarter_of(at: datetime) -> int:
    return int(at.timestamp()) // SECONDS


def start_of(quarter: int) -> datetime:
    return datetime.fromtimestamp(quarter * SECONDS, UTC)


def counted(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The texts themselves, counted as a tally has them. A cancelled one is none, and
    one that a gateway handed over twice is one."""
    failed = Message.status.in_((Status.FAILED, Status.UNDELIVERED))
    out = Message.direction == OUTBOUND
    author = case((out, Message.author_id))
    return (
        select(
            quarter().label("quarter"),
            Conversation.line_id,
            func.coalesce(Conversation.team_id, 0).label("team_id"),
            func.coalesce(author, 0).label("author_id"),
            Message.direction,
            Message.status,
            func.coalesce(case((failed, Message.failure_code)), "").label("code"),
            func.coalesce(case((out, Message.cost_currency)), "").label("currency"),
            cast(func.coalesce(func.sum(Message.cost_micros), 0), BigInteger).label(
                "micros"
            ),
            func.count().label("texts"),
            cast(func.sum(Message.segments), BigInteger).label("segments"),
        )
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(*of_note(), *conditions)
        .group_by(*map(literal_column, map(str, range(1, len(KEYS) + 1))))
    )


def of_note() -> tuple[ColumnElement[bool], ...]:
    """What is a text that is counted at all."""
    once = Message.repeat_of_id.is_(None)
    return texts(), once, Message.status != Status.CANCELLED


def quarter() -> ColumnElement[int]:
    """That in which a text was stored. In literals, for it is grouped by."""
    seconds: ColumnElement[int] = literal_column(str(SECONDS), Integer)
    if database.on_sqlite():
        stamp = func.strftime(literal_column("'%s'"), Message.created_at)
        return cast(stamp, Integer) // seconds
    epoch = extract("epoch", Message.created_at)
    return cast(func.floor(epoch / seconds), BigInteger)


def between(since: int, until: int) -> tuple[ColumnElement[bool], ...]:
    """Stored from the quarter `since` on and before `until`."""
    at = Message.created_at
    return at >= start_of(since), at < start_of(until)


def reached() -> int:
    """The first quarter that is not counted yet."""
    return db.session.scalar(select(Walk.reached).where(Walk.name == WALK)) or 0


def count_up(now: datetime) -> bool:
    """Count some of what has come to rest, and what moved; whether that is all."""
    walk = db.session.get(Walk, WALK, with_for_update=True)
    if walk is None:
        row = {"name": WALK, "reached": 0, "newest": 0}
        db.session.execute(directory.insert_new(Walk), [row])
        return False
    at_rest = quarter_of(now - REST)
    if at_rest > walk.reached:
        start = next_quarter(walk.reached, at_rest)
        until = min(at_rest, start + QUARTERS_AT_ONCE)
        count(start, until)
        walk.reached = until
    return count_again(walk.reached) and walk.reached >= at_rest


def next_quarter(reached: int, at_rest: int) -> int:
    """The next in which something was stored; times without texts are passed over."""
    later = Message.created_at >= start_of(reached)
    at = db.session.scalar(select(func.min(Message.created_at)).where(later))
    return min(quarter_of(at), at_rest) if at else at_rest


def count(since: int, until: int) -> None:
    found = counted(*between(since, until))
    db.session.execute(insert(Tally).from_select(list(COLUMNS), found))


def count_again(counted_up_to: int) -> bool:
    marks = db.session.execute(
        select(Recount.id, Recount.quarter).order_by(Recount.id).limit(CHANGES_AT_ONCE)
    ).all()
    for each in sorted({mark.quarter for mark in marks}):
        if each < counted_up_to:
            forget(delete(Tally).where(Tally.quarter == each))
            count(each, each + 1)
    if marks:
        forget(delete(Recount).where(Recount.id.in_([mark.id for mark in marks])))
    return len(marks) < CHANGES_AT_ONCE


def forget(rows: Delete) -> None:
    db.session.execute(rows, execution_options={"synchronize_session": False})


def late(stored: Iterable[datetime]) -> None:
    """Texts stored at these times are new or another now; of old ones that is noted."""
    before = utcnow() - LATE
    quarters = {quarter_of(at) for at in stored if at < before}
    if quarters:
        rows = [{"quarter": each} for each in sorted(quarters)]
        db.session.connection().execute(insert(Recount.__table__), rows)  # type: ignore[arg-type]
