"""The messages of one conversation, a page at a time.

Pages are read with a message to spare at one or both ends: it tells whether more
follow, and it is the neighbour that the outermost message shown is compared with.
"""

from collections.abc import Collection

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from conversations.models import Agent, Conversation, Message
from conversations.models.message import texts
from conversations.texting.status import Status

PAGE_SIZE = 50
AROUND = 20
NEWS_AT_ONCE = 20

# The message before another one; made once, because making an alias takes a while.
BEFORE, EARLIER = aliased(Message), aliased(Message)
ID_BEFORE = (
    select(func.max(EARLIER.id))
    .where(EARLIER.conversation_id == Message.conversation_id, EARLIER.id < Message.id)
    .correlate(Message)
    .scalar_subquery()
)


def all_of(conversation: Conversation) -> Select[Message]:
    return in_conversation(conversation).order_by(Message.id.desc())


def texts_of(conversation: Conversation) -> Select[Message]:
    """What the customer wrote and what they got, without our notes and events."""
    return all_of(conversation).where(texts())


def latest(conversation: Conversation) -> Select[Message]:
    """The newest page and one message more, to know whether older ones follow."""
    return all_of(conversation).limit(PAGE_SIZE + 1)


def before(conversation: Conversation, message_id: int) -> Select[Message]:
    """The page just older than `message_id`."""
    return older(latest(conversation), message_id)


def older(messages: Select[Message], message_id: int) -> Select[Message]:
    return messages.where(Message.id < message_id)


def around(conversation: Conversation, message_id: int) -> Select[Message]:
    """`message_id` with a few before and a page after it, oldest first."""
    a_few = older(latest(conversation), message_id + 1).limit(AROUND + 1)
    ids = a_few.with_only_columns(Message.id).subquery()
    first = select(func.min(ids.c.id)).scalar_subquery()
    return (
        in_conversation(conversation)
        .where(Message.id >= first)
        .order_by(Message.id)
        .limit(AROUND + PAGE_SIZE + 2)
    )


def onwards(conversation: Conversation, message_id: int) -> Select[Message]:
    """`message_id` and the page that came after it, oldest first, and one more."""
    return (
        in_conversation(conversation)
        .where(Message.id >= message_id)
        .order_by(Message.id)
        .limit(PAGE_SIZE + 2)
    )


def these(
    conversation: Conversation, message_ids: Collection[int]
) -> Select[Message, Message | None]:
    """Just these, each with the message before it, as far as they stand in here."""
    return (
        select(Message, BEFORE)
        .outerjoin(BEFORE, BEFORE.id == ID_BEFORE)
        .where(Message.conversation_id == conversation.id, Message.id.in_(message_ids))
        .order_by(Message.id)
    )


def unseen(conversation: Conversation, agent: Agent, seen: int) -> Select[Message]:
    """What the customer or others of ours texted after `seen`, oldest first."""
    others = or_(Message.author_id.is_(None), Message.author_id != agent.id)
    return (
        in_conversation(conversation)
        .where(
            Message.id > seen,
            texts(),
            Message.status != Status.CANCELLED,
            Message.repeat_of_id.is_(None),
            others,
        )
        .order_by(Message.id)
        .limit(NEWS_AT_ONCE)
    )


def attempts_after(message_ids: Collection[int]) -> Select[int | None, int]:
    """Which of these have been tried again: (the old id, the new one)."""
    return select(Message.retry_of_id, Message.id).where(
        Message.retry_of_id.in_(message_ids)
    )


def in_conversation(conversation: Conversation) -> Select[Message]:
    return select(Message).where(Message.conversation_id == conversation.id)
