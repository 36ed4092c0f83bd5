"""The outbox: the database is the queue. Claim, commit, call, commit.

Several threads, processes and hosts may work it. Within a conversation one text goes at
a time and in order; no lock and no connection is held during a call to Kaleyra.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    select,
    text,
    update,
)
from sqlalchemy.orm import aliased

from conversations import db as database
from conversations.db import UtcDateTime, db
from conversations.kaleyra.answers import Answer, Blocked, OutgoingText
from conversations.live import changes
from conversations.models import Conversation, Customer, Line, Message
from conversations.models.message import waiting
from conversations.texting import (
    aftermath,
    consent,
    expiry,
    line_health,
    line_state,
    settling,
)
from conversations.texting.aftermath import Call
from conversations.texting.segments import Encoding
from conversations.texting.settling import News
from conversations.texting.status import Status
from conversations.words import N_

DueRow = Row[*tuple[Any, ...]]

NOW = bindparam("now", type_=UtcDateTime())
WORKER_LOST = N_("Sending was interrupted; the text may or may not have left.")


def claim(worker: str, limit: int, lease: timedelta) -> list[Call]:
    """Take up to `limit` texts that are due, each the first of its conversation."""
    now = database.clock()
    db.session.flush()
    if not database.on_sqlite():
        db.session.connection().execute(WALK_THE_INDEX)
    free: list[DueRow] = []
    full: set[int] = set()
    while len(free) < limit:
        due = due_elsewhere(full, limit - len(free), now)
        passed = passable(due, now)
        free += passed
        if len(passed) == len(due):
            break
        # Lines that may send no more just now must not keep others from sending.
        kept = {row.id for row in passed}
        full |= {row.line_id for row in due if row.id not in kept}
    if free:
        take(free, worker, now + lease)
    return [call(row) for row in free]


def due_elsewhere(full: Collection[int], limit: int, now: datetime) -> list[DueRow]:
    """What is due on other lines than these; what may not leave at all is ended."""
    query = due_apart() if full else due_texts()
    values = {"now": now, "limit": limit} | ({"full": list(full)} if full else {})
    due = db.session.connection().execute(query, values).all()
    refused = {row.id: why for row in due if (why := refusal(row, now))}
    settling.apply(settling.refused(id, why, now) for id, why in refused.items())
    return [row for row in due if row.id not in refused]


def next_due_at(now: datetime) -> datetime | None:
    """When the next waiting text is due; None when none waits on an open line."""
    return db.session.scalar(first_due(), {"now": now})


@cache
def first_due() -> Select[datetime | None]:
    return (
        select(Message.due_at)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(Line, Line.id == Conversation.line_id)
        .where(waiting(), Message.status == Status.QUEUED, open_now())
        .order_by(Message.due_at)
        .limit(1)
    )


@cache
def due_texts() -> Select[*tuple[object, ...]]:
    """What is due, oldest first, with everything the call and the gate need.

    Put together once: that takes several times as long as asking.
    """
    query = (
        select(
            Message.id,
            Message.conversation_id,
            Message.body,
            Message.encoding,
            Message.reference,
            Message.ref1,
            Message.ref2,
            Message.template_id,
            Message.attempts,
            Message.expires_at,
            Conversation.opted_out_at,
            Customer.address,
            Line.id.label("line_id"),
            Line.sender,
            Line.retired_at,
            Line.hold_seconds,
            Line.rate,
            Line.slowed_at,
        )
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(Customer, Customer.id == Conversation.customer_id)
        .join(Line, Line.id == Conversation.line_id)
        .where(
            waiting(),
            Message.status == Status.QUEUED,
            Message.due_at <= NOW,
            open_now(),
            Message.id == first_waiting(),
        )
        .order_by(Message.priority, Message.due_at, Message.id)
        .limit(bindparam("limit"))
    )
    return query.with_for_update(of=Message, skip_locked=True)


@cache
def due_apart() -> Select[*tuple[object, ...]]:
    """What is due on lines that may still send, when others are `full`."""
    return due_texts().where(Line.id.not_in(bindparam("full", expanding=True)))


def open_now() -> ColumnElement[bool]:
    """The line is neither paused nor held back by its breaker."""
    held = and_(Line.held_until.is_not(None), Line.held_until > NOW)
    return and_(Line.paused_at.is_(None), ~held)


def passable(rows: Sequence[DueRow], now: datetime) -> list[DueRow]:
    """As many of these, in their order, as their lines may send at once."""
    if not any(row.hold_seconds or row.rate or row.slowed_at for row in rows):
        return list(rows)
    wanted = Counter(row.line_id for row in rows)
    room = line_health.passable(wanted, now)
    taken: Counter[int] = Counter()
    passed = []
    for row in rows:
        taken[row.line_id] += 1
        if taken[row.line_id] <= room[row.line_id]:
            passed.append(row)
    return passed


def first_waiting() -> ScalarSelect[int]:
    """The text that goes next in the same conversation.

    It reads one row, whatever the planner believes; `NOT EXISTS` read the whole queue
    for each text of it when the statistics were from before the queue was filled.
    """
    first = aliased(Message)
    return (
        select(first.id)
        .where(first.conversation_id == Message.conversation_id, waiting(first))
        .order_by(first.conversation_id, first.id)
        .limit(1)
        .scalar_subquery()
    )


def refusal(row: DueRow, now: datetime) -> consent.Refusal | None:
    if expiry.expired(row.expires_at, now):
        return expiry.EXPIRED
    return consent.refusal_for(
        row.address,
        opted_out=row.opted_out_at is not None,
        retired=row.retired_at is not None,
    )


def take(rows: Sequence[DueRow], worker: str, until: datetime) -> None:
    """Write down that these calls are about to be made, before they are."""
    ids = [row.id for row in rows]
    taken = {"messages": ids, "worker": worker, "until": until}
    db.session.connection().execute(TAKE, taken)
    changes.note_all((row.conversation_id, row.id) for row in rows)


# For the same reason: sorting a queue that is thought to be empty looks cheap.
WALK_THE_INDEX = text("SET LOCAL enable_sort = off")

TABLE = Message.__table__
TAKE = (
    update(TABLE)  # type: ignore[arg-type]
    .where(TABLE.c.id.in_(bindparam("messages", expanding=True)))
    .values(
        status=Status.SENDING,
        claimed_by=bindparam("worker"),
        lease_until=bindparam("until", type_=TABLE.c.lease_until.type),
        attempts=TABLE.c.attempts + 1,
    )
)


def call(row: DueRow) -> Call:
    text = OutgoingText(
        message_id=row.id,
        line_id=row.line_id,
        reference=row.reference,
        sender=row.sender,
        to=row.address,
        body=row.body,
        unicode=row.encoding == Encoding.UCS2,
        ref1=row.ref1,
        ref2=row.ref2,
        template_id=row.template_id,
    )
    return Call(text, row.attempts + 1)


def settle(answered: Sequence[tuple[Call, Answer]]) -> None:
    """Write down what came of these calls."""
    if not answered:
        return
    now = database.clock()
    settling.apply(aftermath.news(call, answer, now) for call, answer in answered)
    by_line = [(call.text.line_id, answer) for call, answer in answered]
    pause_lines(by_line)
    uncount([c.text.message_id for c, a in answered if isinstance(a, Blocked)])
    line_health.learn(by_line, now)


def queue_again(calls: Sequence[Call]) -> None:
    """These claimed texts were not called and surely have not left: they wait again."""
    if not calls:
        return
    now = database.clock()
    ids = [call.text.message_id for call in calls]
    queued = partial(News, status=Status.QUEUED, at=now, due_at=now)
    settling.apply(queued(message_id=id) for id in ids)
    uncount(ids)


def uncount(message_ids: Sequence[int]) -> None:
    """A call that was not made, or refused by a closed line, was no try of the text."""
    if message_ids:
        statement = update(Message).where(Message.id.in_(message_ids))
        db.session.execute(
            statement.values(attempts=Message.attempts - 1),
            execution_options={"synchronize_session": False},
        )


def pause_lines(blocked: Iterable[tuple[int, Answer]]) -> None:
    for line_id, answer in blocked:
        if isinstance(answer, Blocked):
            line_state.pause(db.session.get_one(Line, line_id), answer.sentence)


def sweep() -> int:
    """Give up on calls whose worker is gone: their texts are unconfirmed. How many."""
    now = database.clock()
    lost = db.session.scalars(
        select(Message.id).where(
            waiting(), Message.status == Status.SENDING, Message.lease_until < now
        )
    ).all()
    settling.apply(
        News(
            message_id=id,
            status=Status.UNCONFIRMED,
            at=now,
            failure_code="interrupted",
            failure_text=WORKER_LOST,
        )
        for id in lost
    )
    return len(lost)
