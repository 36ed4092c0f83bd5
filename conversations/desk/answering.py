"""Answering a customer, unless the thread has moved on since the author looked."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from conversations.db import db
from conversations.desk import saved_replies, timeline, unsent
from conversations.models import Agent, Conversation, Message, ScheduledText, writing
from conversations.texting import consent, segments, sending, thread
from conversations.texting.clean import clean_text
from conversations.texting.consent import Refusal
from conversations.texting.sending import Draft
from conversations.texting.status import Status
from conversations.words import N_

PUT_OFF = Refusal(
    "put_off",
    N_("This text is scheduled already. To send it now, say so above the box."),
)
UNDONE = Refusal(
    "undone",
    N_("This text was sent and then undone. To send it after all, press Send again."),
)
MANY_PARTS = Refusal(
    "many_parts", N_("This text takes many parts, and each is paid for.")
)


@dataclass(frozen=True)
class Outdated:
    """What others wrote after the newest message that the author had seen."""

    news: Sequence[Message]


def reply(
    agent: Agent, conversation: Conversation, draft: Draft, seen: int
) -> Message | Refusal | Outdated:
    """Send what `agent` wrote after reading as far as the message `seen`.

    The question is asked while the conversation is held, so that of two who press Send
    together the second is told. What was in the box is forgotten with the sending.
    A press that was undone is not taken for one that was sent.
    """
    if earlier := sending.submitted(draft.key):
        return UNDONE if earlier.status == Status.CANCELLED else earlier
    if problem := objection(conversation, draft):
        return problem
    thread.hold([conversation.id])
    if scheduled(draft.key):
        return PUT_OFF
    if found := news(agent, conversation, seen):
        return Outdated(found)
    outcome = sending.reply(conversation, draft)
    if isinstance(outcome, Message):
        unsent.forget(agent, conversation, unsent.REPLY)
    return outcome


def scheduled(key: str | None) -> bool:
    """Whether the same press was already taken for one that sends later."""
    waits = (ScheduledText.key == key) & writing.put_off()
    return (
        bool(key)
        and db.session.scalar(select(ScheduledText.id).where(waits)) is not None
    )


def objection(conversation: Conversation, draft: Draft) -> Refusal | None:
    """Why this text will not do, whatever is new."""
    return (
        sending.fault_in(draft)
        or saved_replies.unfilled(draft.body)
        or consent.refusal(conversation)
        or many_parts(draft)
    )


def many_parts(draft: Draft) -> Refusal | None:
    """Whether it takes more than its author has agreed to."""
    if not draft.most_parts:
        return None
    parts = segments.measure(clean_text(draft.body)).segments
    return MANY_PARTS if parts > draft.most_parts else None


def news(agent: Agent, conversation: Conversation, seen: int) -> Sequence[Message]:
    """What others wrote since; it holds still only while the conversation is held."""
    return db.session.scalars(timeline.unseen(conversation, agent, seen)).all()
