"""Putting a conversation away for a while: until a time, or until the next text."""

from datetime import datetime

from conversations.db import utcnow
from conversations.desk import signals
from conversations.models import Agent, Conversation
from conversations.texting import events, owners, waking
from conversations.texting.consent import Refusal
from conversations.texting.events import Kind


def snooze(
    conversation: Conversation, by: Agent, seen: int, until: datetime | None
) -> Refusal | None:
    """The customer's next text wakes it in any case; see `waking`."""
    if problem := signals.more_came(conversation, seen):
        return problem
    if conversation.closed_at:
        return signals.IS_CLOSED
    conversation.snoozed_at, conversation.snoozed_until = utcnow(), until
    if until:
        events.say(conversation, Kind.SNOOZED_UNTIL, by, until=until.isoformat())
    else:
        events.say(conversation, Kind.SNOOZED, by)
    return None


def wake(conversation: Conversation, by: Agent) -> None:
    signals.look_closely(conversation)
    if conversation.snoozed_at:
        waking.wake(conversation)
        events.say(conversation, Kind.WOKEN, by)
        owners.put_back([conversation.id], by)
