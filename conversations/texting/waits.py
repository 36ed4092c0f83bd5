"""Noting how long customers waited, in the moment in which a person answers."""

from datetime import datetime

from sqlalchemy import Select, exists, func, insert, select

from conversations.db import db
from conversations.models import Conversation, Episode, Message, Wait
from conversations.models.message import OUTBOUND
from conversations.texting.status import Status


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


def goes_on(message_id: int) -> datetime | None:
    """The answer was undone: since when the customer waits, if it ended a wait.

    None also when a person has answered again since; that answer ended it.
    """
    found = db.session.get(Wait, message_id)
    if found is None:
        return None
    answer = db.session.scalars(next_answer(found)).first()
    if answer is None:
        since = found.since
        db.session.delete(found)
        db.session.flush()
        return since
    found.message_id, found.agent_id = answer.id, answer.author_id or 0
    found.ended_at = answer.created_at
    found.seconds = max(int((answer.created_at - found.since).total_seconds()), 0)
    db.session.flush()
    return None


def next_answer(wait: Wait) -> Select[Message]:
    return (
        select(Message)
        .where(
            Message.conversation_id == wait.conversation_id,
            Message.id > wait.message_id,
            Message.direction == OUTBOUND,
            Message.author_id.is_not(None),
            Message.status != Status.CANCELLED,
        )
        .order_by(Message.id)
        .limit(1)
    )
