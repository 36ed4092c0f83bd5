"""Noting how long customers waited, in the moment in which a person answers."""

from datetime import datetime

from sqlalchemy import delete, exists, func, insert, select

from conversations.db import db
from conversations.models import Conversation, Episode, Message, Wait


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


def goes_on(message_id: int) -> None:
    """The answer was undone: the wait is not over."""
    db.session.execute(
        delete(Wait).where(Wait.message_id == message_id),
        execution_options={"synchronize_session": False},
    )
