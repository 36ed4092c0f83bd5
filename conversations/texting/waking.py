"""What was put away comes back: by the customer's text, or when its time has come.

A text to a closed conversation opens it again, and with it the next episode: the tags
of the last one, and how long somebody waited in it, are over.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, delete, or_, select

from conversations.db import db
from conversations.many import among
from conversations.models import Conversation, ConversationTag
from conversations.texting import events, owners, thread
from conversations.texting.events import Kind
from conversations.texting.thread import Added

AT_ONCE = 500


def by_texts(heard: Iterable[Added]) -> None:
    """Bring back the conversations of these texts; who only opts out opens nothing."""
    asked: dict[int, datetime | None] = {}
    for text in heard:
        at = asked.get(text.conversation_id)
        asked[text.conversation_id] = at or (text.at if text.waits else None)
    for conversation in found(put_away().where(among(Conversation.id, asked))):
        at = asked[conversation.id]
        if conversation.closed_at is None:
            wake(conversation)
        elif at:
            open_next(conversation, at)


def put_away() -> Select[Conversation]:
    closed, snoozed = Conversation.closed_at, Conversation.snoozed_at
    return select(Conversation).where(or_(closed.is_not(None), snoozed.is_not(None)))


def found(wanted: Select[Conversation]) -> list[Conversation]:
    """As they stand now, in the order in which everybody holds conversations."""
    ordered = wanted.order_by(Conversation.id)
    fresh = {"populate_existing": True}
    return list(db.session.scalars(ordered, execution_options=fresh))


def wake(conversation: Conversation) -> None:
    conversation.snoozed_at = conversation.snoozed_until = None


def open_next(conversation: Conversation, at: datetime) -> None:
    """The customer wrote at `at`: a new matter, which waits since then."""
    wake(conversation)
    conversation.closed_at = conversation.episode_id = None
    conversation.waiting_since = at
    tags = ConversationTag.conversation_id == conversation.id
    db.session.execute(delete(ConversationTag).where(tags))
    events.say(conversation, Kind.WROTE_AGAIN)


def wake_due(now: datetime) -> None:
    """Those snoozed until now or earlier; at most so many at once."""
    due = select(Conversation.id).where(
        Conversation.snoozed_at.is_not(None), Conversation.snoozed_until <= now
    )
    ids = db.session.scalars(due.order_by(Conversation.id).limit(AT_ONCE)).all()
    if not ids:
        return
    thread.hold(ids)
    still = Conversation.id.in_(ids), Conversation.snoozed_until <= now
    woken = found(select(Conversation).where(*still))
    for conversation in woken:
        wake(conversation)
        events.say(conversation, Kind.TIME_CAME)
    owners.put_back(conversation.id for conversation in woken)
