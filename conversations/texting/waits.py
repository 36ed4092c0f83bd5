"""Noting how long customers waited, in the moment in which a person answers.

An answer that comes to nothing gives the wait back.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, and_, exists, func, insert, or_, select, update

from conversations.db import db
from conversations.many import among
from conversations.models import Conversation, Episode, Message, Wait
from conversations.models.message import INBOUND, OUTBOUND
from conversations.texting import events
from conversations.texting.events import Kind
from conversations.texting.opting import OPTED_OUT
from conversations.texting.status import CAME_TO_NOTHING


def ended_by(message: Message) -> None:
    """A person wrote `message`. If the customer waited, that is over; before the
    conversation itself says so, and while it is held."""
    since = begun(message.conversation_id) if message.author_id else None
    if since is None:
        return
    row = {
        "message_id": message.id,
        "conversation_id": message.conversation_id,
        "agent_id": message.author_id,
        "since": since,
        "ended_at": message.created_at,
        "seconds": max(int((message.created_at - since).total_seconds()), 0),
    }
    db.session.execute(insert(Wait), [row | circumstances(message.conversation_id)])


def begun(conversation_id: int) -> datetime | None:
    """Since when the customer waits; whoever closed it said that nobody does."""
    return db.session.scalar(
        select(Conversation.waiting_since).where(
            Conversation.id == conversation_id, Conversation.closed_at.is_(None)
        )
    )


def circumstances(conversation_id: int) -> dict[str, object]:
    last = select(func.max(Episode.last_message_id)).where(
        Episode.conversation_id == conversation_id
    )
    earlier = exists().where(
        Wait.conversation_id == conversation_id,
        Wait.message_id > func.coalesce(last.scalar_subquery(), 0),
    )
    team = func.coalesce(Conversation.team_id, 0)
    one = select(Conversation.line_id, team.label("team_id"), (~earlier).label("first"))
    row = db.session.execute(one.where(Conversation.id == conversation_id)).one()
    return dict(row._mapping)


def go_on(message_ids: Iterable[int]) -> None:
    """These answers were undone or did not get through, so they ended no wait.

    Whoever waited waits as before, or until what else has ended it since. Only while
    the conversations are held.
    """
    ids = set(message_ids)
    if not ids:
        return
    # The latest first, so that what is given back in the end is the longest wait.
    ended = select(Wait).where(among(Wait.message_id, ids))
    for wait in db.session.scalars(ended.order_by(Wait.message_id.desc())).all():
        end = db.session.scalars(next_end(wait)).first()
        if end is None:
            wait_since(wait.conversation_id, wait.since)
        elif end.outbound:
            hand_on(wait, end)
        db.session.delete(wait)
        db.session.flush()


def ended_after_all(message_ids: Iterable[int]) -> None:
    """These answers had failed, and now a report says that they arrived."""
    ids = set(message_ids)
    if not ids:
        return
    said = select(Message, Conversation.waiting_since).join(Message.conversation)
    answers = said.where(among(Message.id, ids), Message.author_id.is_not(None))
    for message, since in db.session.execute(answers.order_by(Message.id)).all():
        if since and since <= message.created_at:
            ended_by(message)
            asked = db.session.scalar(asked_after(message))
            wait_since(message.conversation_id, asked)


def hand_on(wait: Wait, answer: Message) -> None:
    """It was this later answer that ended the wait, and with it any that it ended."""
    ended = db.session.get(Wait, answer.id) or Wait(
        message_id=answer.id,
        conversation_id=wait.conversation_id,
        line_id=wait.line_id,
        team_id=wait.team_id,
        first=wait.first,
    )
    ended.agent_id = answer.author_id or 0
    ended.since, ended.ended_at = wait.since, answer.created_at
    ended.seconds = max(int((answer.created_at - wait.since).total_seconds()), 0)
    ended.first = ended.first or wait.first
    db.session.add(ended)


def wait_since(conversation_id: int, since: datetime | None) -> None:
    row = update(Conversation).where(Conversation.id == conversation_id)
    db.session.execute(row.values(waiting_since=since))


def next_end(wait: Wait) -> Select[Message]:
    """What has ended the wait besides its answer: a later one of a person's, or that
    somebody said nobody must answer, or closed it and the customer began anew."""
    answered = and_(
        Message.direction == OUTBOUND,
        Message.author_id.is_not(None),
        Message.status.not_in(CAME_TO_NOTHING),
    )
    over = map(events.of_kind, (Kind.NO_REPLY_NEEDED, Kind.WROTE_AGAIN))
    return (
        select(Message)
        .where(
            Message.conversation_id == wait.conversation_id,
            Message.id > wait.message_id,
            or_(answered, *over),
        )
        .order_by(Message.id)
        .limit(1)
    )


def asked_after(answer: Message) -> Select[datetime]:
    """When the customer wrote first after this answer, if they wanted another."""
    asks = or_(Message.consent.is_(None), Message.consent != OPTED_OUT)
    return (
        select(Message.created_at)
        .where(
            Message.conversation_id == answer.conversation_id,
            Message.id > answer.id,
            Message.direction == INBOUND,
            Message.repeat_of_id.is_(None),
            asks,
        )
        .order_by(Message.id)
        .limit(1)
    )
