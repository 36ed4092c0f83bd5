"""What a conversation asks of the team: an answer, and what was promised for a day.

Whether it is unread is each agent's own (`read_marks`), and another matter: reading
neither answers anybody nor keeps a promise. `texting.thread` begins and ends waiting.
"""

from datetime import datetime

from conversations.db import db
from conversations.models import Agent, Conversation, Message
from conversations.texting import events, thread
from conversations.texting.consent import Refusal
from conversations.texting.events import Kind
from conversations.words import N_

LONGEST_NOTE = 200
MORE_CAME = Refusal(
    "more_came", N_("The customer wrote again meanwhile. Read that first, then decide.")
)
IS_CLOSED = Refusal("is_closed", N_("It is closed already. Open it again first."))


def no_reply_needed(conversation: Conversation, by: Agent, seen: int) -> Refusal | None:
    """Nobody has to answer what there is up to the message `seen`."""
    if problem := more_came(conversation, seen):
        return problem
    if conversation.waiting_since:
        conversation.waiting_since = None
        events.say(conversation, Kind.NO_REPLY_NEEDED, by)
    return None


def needs_reply(conversation: Conversation, by: Agent) -> None:
    """It does, after all: since the customer's latest text."""
    look_closely(conversation)
    if conversation.waiting_since or not conversation.last_inbound_id:
        return
    latest = db.session.get_one(Message, conversation.last_inbound_id)
    conversation.waiting_since = latest.created_at
    events.say(conversation, Kind.NEEDS_REPLY, by)


def follow_up(conversation: Conversation, by: Agent, at: datetime, note: str) -> None:
    """`by` promised `note` for `at`; an earlier promise is replaced."""
    conversation.follow_up_at, conversation.follow_up_note = at, note or None
    events.say(conversation, Kind.PROMISED, by, until=at.isoformat())


def followed_up(conversation: Conversation, by: Agent) -> None:
    look_closely(conversation)
    if conversation.follow_up_at:
        conversation.follow_up_at = conversation.follow_up_note = None
        events.say(conversation, Kind.FOLLOWED_UP, by)


def more_came(conversation: Conversation, seen: int) -> Refusal | None:
    """Whether the customer wrote after the message `seen`."""
    look_closely(conversation)
    return MORE_CAME if (conversation.last_inbound_id or 0) > seen else None


def look_closely(conversation: Conversation) -> None:
    """As it stands now; nobody else changes it until the commit."""
    thread.hold([conversation.id])
    db.session.refresh(conversation)
