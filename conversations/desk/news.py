"""What is worth telling an agent who looks elsewhere: each text or note, once.

A text in a conversation of theirs, or in one that nobody has; that one is nobody's
again because its owner did not answer; a note that names them.
Not what they have read, and nothing of a conversation that is before their eyes.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, or_, select

from conversations.db import db
from conversations.desk import filters, preferences, visibility
from conversations.desk.presence import LOOKS_FOR
from conversations.models import (
    Agent,
    Conversation,
    Mention,
    Message,
    Presence,
    ReadMark,
)
from conversations.models.message import INBOUND
from conversations.texting import events
from conversations.texting.events import Kind

FRESH_FOR = timedelta(minutes=10)
MOST_TOLD = 20
MOST_LOOKED_AT = 500
SHOWS_TEXT = "notice_text"


class About(StrEnum):
    """What an agent may want to be told about; the names of their preferences too."""

    MINE = "notice_mine"
    MENTIONS = "notice_mentions"
    UNASSIGNED = "notice_unassigned"


def wants(agent: Agent, about: About) -> bool:
    """Everybody wants to be told of everything until they say otherwise."""
    return preferences.chosen(agent, about, unless_said=True)


def choose(agent: Agent, chosen: Collection[str]) -> None:
    """Be told of what is among `chosen`, and of nothing else."""
    for name in (*About, SHOWS_TEXT):
        preferences.choose(agent, name, value=name in chosen)


def since(agent: Agent, after: int, now: datetime) -> list[Row[Message, Conversation]]:
    """The latest news of what came after this message, oldest first, for a page that
    may have missed some. It looks no further back than the last few hundred messages.
    """
    later = select(Message.id).where(Message.id > after)
    few = later.order_by(Message.id.desc()).limit(MOST_LOOKED_AT)
    latest = among(agent, few, now).order_by(None).order_by(Message.id.desc())
    return list(db.session.execute(latest.limit(MOST_TOLD)))[::-1]


def among(
    agent: Agent, message_ids: Collection[int] | Select[int], now: datetime
) -> Select[Message, Conversation]:
    """Which of these messages are news to this agent, oldest first."""
    mention = and_(Mention.message_id == Message.id, Mention.agent_id == agent.id)
    return (
        select(Message, Conversation)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .outerjoin(ReadMark, filters.marked_by(agent))
        .outerjoin(Mention, mention)
        .where(Message.id.in_(message_ids), Message.created_at > now - FRESH_FOR)
        .where(or_(*worth_telling(agent)), ~looking(agent, now))
        .where(visibility.may_see(agent))
        .order_by(Message.id)
    )


def new_text(agent: Agent) -> ColumnElement[bool]:
    mine = Conversation.assignee_id == agent.id
    nobodys = Conversation.assignee_id.is_(None)
    return and_(
        Message.direction == INBOUND,
        Message.repeat_of_id.is_(None),
        Message.id > filters.read_up_to(agent),
        or_(
            mine if wants(agent, About.MINE) else false(),
            nobodys if wants(agent, About.UNASSIGNED) else false(),
        ),
    )


def worth_telling(agent: Agent) -> list[ColumnElement[bool]]:
    return [new_text(agent), given_back(agent), names(agent)]


def given_back(agent: Agent) -> ColumnElement[bool]:
    if not wants(agent, About.UNASSIGNED):
        return false()
    nobodys = Conversation.assignee_id.is_(None)
    return and_(events.of_kind(Kind.OWNER_LATE), nobodys)


def names(agent: Agent) -> ColumnElement[bool]:
    named = and_(Mention.agent_id.is_not(None), Mention.seen_at.is_(None))
    return named if wants(agent, About.MENTIONS) else false()


def looking(agent: Agent, now: datetime) -> ColumnElement[bool]:
    """Whether the conversation is open before this agent, in any browser of theirs."""
    return exists().where(
        Presence.conversation_id == Conversation.id,
        Presence.agent_id == agent.id,
        Presence.seen_at > now - LOOKS_FOR,
    )
