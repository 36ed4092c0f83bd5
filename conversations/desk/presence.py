"""Who looks at which conversation, and who types a reply in it, by what browsers say.

A browser says so again and again while its page is before somebody's eyes. What it says
holds for a while only, so that one that died is gone soon; the sweeper says who went.
Only a change is news for others: the same said again is one update and no more.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select, update

from conversations.db import db, upsert
from conversations.desk import visibility
from conversations.live import changes
from conversations.models import Agent, Conversation, Presence

LOOKS_FOR = timedelta(seconds=45)
TYPES_FOR = timedelta(seconds=10)


@dataclass
class Around:
    """The colleagues at one conversation, by id; `here` is whether oneself is."""

    typing: list[int] = field(default_factory=list)
    looking: list[int] = field(default_factory=list)
    here: bool = False


def beat(
    agent: Agent, conversation: Conversation, now: datetime, *, typing: bool
) -> None:
    """This agent looks at the conversation, or is `typing` a reply in it."""
    still = (
        update(Presence)
        .where(its(agent, conversation), Presence.typing.is_(typing))
        .where(Presence.seen_at > now - lasts(typing=typing))
        .values(seen_at=now)
        .execution_options(synchronize_session=False)
    )
    if not db.session.connection().execute(still).rowcount:
        come(agent, conversation, now, typing=typing)


def come(
    agent: Agent, conversation: Conversation, now: datetime, *, typing: bool
) -> None:
    row = upsert(Presence).values(
        conversation_id=conversation.id, agent_id=agent.id, typing=typing, seen_at=now
    )
    db.session.execute(
        row.on_conflict_do_update(
            index_elements=["conversation_id", "agent_id"],
            set_={"typing": row.excluded.typing, "seen_at": row.excluded.seen_at},
        )
    )
    changes.note_presence([conversation.id])


def leave(agent: Agent, conversation: Conversation) -> None:
    went = delete(Presence).where(its(agent, conversation))
    if db.session.connection().execute(went).rowcount:
        changes.note_presence([conversation.id])


def over(now: datetime) -> Select[int]:
    """The conversations where something that was said does not hold any more."""
    return select(Presence.conversation_id).where(or_(gone(now), paused(now)))


def expire(conversation_ids: Collection[int], now: datetime) -> bool:
    """Forget it, and tell; whether there was anything to tell."""
    if not conversation_ids:
        return False
    here = Presence.conversation_id.in_(conversation_ids)
    db.session.execute(delete(Presence).where(here, gone(now)))
    db.session.execute(
        update(Presence)
        .where(here, paused(now))
        .values(typing=False)
        .execution_options(synchronize_session=False)
    )
    changes.note_presence(conversation_ids)
    return True


def around(
    agent: Agent, conversation_ids: Collection[int], now: datetime
) -> Mapping[int, Around]:
    """Who is at these conversations, as far as the agent may see them."""
    query = (
        select(Presence)
        .join(Conversation, Conversation.id == Presence.conversation_id)
        .where(Presence.conversation_id.in_(conversation_ids))
        .where(Presence.seen_at > now - LOOKS_FOR)
        .order_by(Presence.agent_id)
    )
    found: dict[int, Around] = defaultdict(Around)
    for row in db.session.scalars(visibility.visible_to(agent, query)):
        there = found[row.conversation_id]
        if row.agent_id == agent.id:
            there.here = True
        elif row.typing and row.seen_at > now - TYPES_FOR:
            there.typing.append(row.agent_id)
        else:
            there.looking.append(row.agent_id)
    return found


def its(agent: Agent, conversation: Conversation) -> ColumnElement[bool]:
    return and_(
        Presence.conversation_id == conversation.id, Presence.agent_id == agent.id
    )


def gone(now: datetime) -> ColumnElement[bool]:
    return Presence.seen_at <= now - LOOKS_FOR


def paused(now: datetime) -> ColumnElement[bool]:
    return and_(Presence.typing, Presence.seen_at <= now - TYPES_FOR)


def lasts(*, typing: bool) -> timedelta:
    return TYPES_FOR if typing else LOOKS_FOR
