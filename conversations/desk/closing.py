"""Closing a conversation, which ends an episode of it, and opening it again.

Closing loses nothing: the thread, the owner, the tags and a promise stay as they are.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, select

from conversations.db import db, utcnow
from conversations.desk import signals
from conversations.models import Agent, Conversation, Episode, Message
from conversations.models.message import texts
from conversations.models.work import ConversationTag, Tag
from conversations.texting import events, owners, waking
from conversations.texting.consent import Refusal
from conversations.texting.events import Kind
from conversations.words import N_

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CLOSED_SINCE = Refusal(
    "closed_since",
    N_("It was opened and closed again since, so it stays closed."),
)


def close(conversation: Conversation, by: Agent, seen: int) -> Refusal | None:
    """Nothing more is to be done, as far as `by` has `seen` the thread."""
    if problem := signals.more_came(conversation, seen):
        return problem
    if conversation.closed_at:
        return None
    waking.wake(conversation)
    conversation.closed_at = utcnow()
    episode = ended(conversation, by)
    db.session.add(episode)
    db.session.flush()
    conversation.episode_id = episode.id
    owner = conversation.assignee_id and db.session.get(Agent, conversation.assignee_id)
    events.say(
        conversation,
        Kind.CLOSED,
        by,
        since=episode.opened_at.isoformat(),
        owner=owner.name if owner else "",
        tags=episode.tags,
    )
    return None


def mark(conversation: Conversation) -> int:
    """What tells one closing of a conversation from the next: its microsecond.

    An episode's id does not, for it may be given again when the episode goes on.
    """
    at = conversation.closed_at
    return (at - EPOCH) // timedelta(microseconds=1) if at else 0


def reopen(conversation: Conversation, by: Agent, closing: int = 0) -> Refusal | None:
    """It was not over: the episode goes on as if nobody had closed it.

    With the `mark` of a `closing`, only if it is that one which is undone.
    """
    signals.look_closely(conversation)
    if conversation.closed_at is None:
        return None
    if closing and closing != mark(conversation):
        return CLOSED_SINCE
    if conversation.episode_id:
        db.session.delete(db.session.get_one(Episode, conversation.episode_id))
    conversation.closed_at = conversation.episode_id = None
    events.say(conversation, Kind.REOPENED, by)
    owners.put_back([conversation.id], by)
    return None


def reopen_if_closed_since(message: Message, by: Agent) -> None:
    """What was over before this message stays so; what was closed with it goes on."""
    conversation = db.session.get_one(Conversation, message.conversation_id)
    signals.look_closely(conversation)
    episode_id = conversation.episode_id
    episode = db.session.get(Episode, episode_id) if episode_id else None
    if episode and (episode.last_message_id or 0) >= message.id:
        reopen(conversation, by)


def ended(conversation: Conversation, by: Agent) -> Episode:
    """From the first text after the last episode until now."""
    first = db.session.execute(beginning(conversation)).first()
    return Episode(
        conversation_id=conversation.id,
        opened_at=first.created_at if first else conversation.created_at,
        first_message_id=first.id if first else None,
        last_message_id=conversation.last_message_id,
        owner_id=conversation.assignee_id,
        closed_at=conversation.closed_at,
        closed_by_id=by.id,
        tags=", ".join(db.session.scalars(tags_of(conversation))),
    )


def beginning(conversation: Conversation) -> Select[int, datetime]:
    last = (
        select(Episode.last_message_id)
        .where(Episode.conversation_id == conversation.id)
        .order_by(Episode.id.desc())
        .limit(1)
    )
    return (
        select(Message.id, Message.created_at)
        .where(Message.conversation_id == conversation.id, texts())
        .where(Message.id > (db.session.scalar(last) or 0))
        .order_by(Message.id)
        .limit(1)
    )


def tags_of(conversation: Conversation) -> Select[str]:
    return (
        select(Tag.name)
        .join(ConversationTag, ConversationTag.tag_id == Tag.id)
        .where(ConversationTag.conversation_id == conversation.id)
        .order_by(Tag.name)
    )
