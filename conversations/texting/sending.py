"""Writing to a customer: a message is stored here, and the outbox sends it later."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from conversations import db as database
from conversations.db import db
from conversations.live import changes
from conversations.models import Conversation, Message
from conversations.models.message import OUTBOUND
from conversations.texting import (
    consent,
    doubts,
    pricing,
    segments,
    thread,
    waits,
)
from conversations.texting.clean import blank, clean_text
from conversations.texting.consent import Refusal
from conversations.texting.doubts import ALREADY_RETRIED, NOT_RETRYABLE
from conversations.texting.status import Status
from conversations.words import N_

MAX_BODY_LENGTH = 4000
MAX_REF_LENGTH = 50

# People go first: a reply does not wait for what programs have queued.
PEOPLE, PROGRAMS = 0, 1
AN_HOUR = timedelta(hours=1)

EMPTY = Refusal("empty", N_("Write a message before sending."))
TOO_LONG = Refusal(
    "too_long", N_("The message is longer than 4000 characters; shorten it.")
)
REF_TOO_LONG = Refusal("ref_too_long", "ref1 and ref2 take at most 50 characters each.")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody wants to send. The same `key` twice is one message.

    `ref1` and `ref2` are the caller's own context, handed to Kaleyra unchanged
    (Send Your First SMS, "Optional Parameters": at most 50 characters each). It leaves
    after `hold_back` and is not sent any more when it has waited for `valid_for`. Its
    author wants at most `most_parts` segments, or any number if that is 0.
    """

    body: str
    author: str
    author_id: int | None = None
    key: str | None = None
    ref1: str | None = None
    ref2: str | None = None
    template_id: str | None = None
    retry_of_id: int | None = None
    priority: int = PEOPLE
    valid_for: timedelta = AN_HOUR
    hold_back: timedelta = timedelta(0)
    most_parts: int = 0


def reply(conversation: Conversation, draft: Draft) -> Message | Refusal:
    """Store a text for the outbox, or say why it may not be sent."""
    if earlier := submitted(draft.key):
        return earlier
    if problem := fault_in(draft) or consent.refusal(conversation):
        return problem
    thread.hold([conversation.id])
    message = new_message(conversation, draft)
    if earlier := stored_before(message):
        return earlier
    waits.ended_by(message)
    thread.add_all([added(message)])
    changes.note(conversation.id, message.id)
    return message


def retry(
    message: Message, conversation: Conversation, draft: Draft
) -> Message | Refusal:
    """A new attempt at a text that failed, linked to the old one; at most one each."""
    doubts.look_closely(message)
    if earlier := submitted(draft.key):
        return earlier
    if not message.retryable:
        return doubts.happened(message) or NOT_RETRYABLE
    if doubts.attempt_after(message):
        return ALREADY_RETRIED
    return reply(conversation, draft)


def again(
    message: Message,
    *,
    author: str,
    author_id: int | None,
    valid_for: timedelta = AN_HOUR,
) -> Draft:
    """The draft that tries `message` again. Its key makes a double click one text."""
    return Draft(
        body=message.body,
        author=author,
        author_id=author_id,
        key=f"retry:{message.id}",
        ref1=message.ref1,
        ref2=message.ref2,
        template_id=message.template_id,
        retry_of_id=message.id,
        valid_for=valid_for,
    )


def submitted(key: str | None) -> Message | None:
    """The message that an earlier press of the same button made."""
    if not key:
        return None
    return db.session.scalar(select(Message).where(Message.submission_key == key))


def stored_before(message: Message) -> Message | None:
    """Store the message, unless its key was used in this very moment elsewhere."""
    try:
        with db.session.begin_nested():
            db.session.add(message)
    except IntegrityError:
        if earlier := submitted(message.submission_key):
            return earlier
        raise
    return None


def fault_in(draft: Draft) -> Refusal | None:
    if blank(draft.body):
        return EMPTY
    if len(draft.body) > MAX_BODY_LENGTH:
        return TOO_LONG
    if any(len(ref or "") > MAX_REF_LENGTH for ref in (draft.ref1, draft.ref2)):
        return REF_TOO_LONG
    return None


def new_message(conversation: Conversation, draft: Draft) -> Message:
    body = clean_text(draft.body)
    measure = segments.measure(body)
    price = pricing.of(conversation)
    now = database.clock()
    return Message(
        conversation_id=conversation.id,
        direction=OUTBOUND,
        body=body,
        status=Status.QUEUED,
        segments=measure.segments,
        encoding=measure.encoding,
        author=draft.author,
        author_id=draft.author_id,
        retry_of_id=draft.retry_of_id,
        submission_key=draft.key,
        reference=uuid4().hex,
        ref1=draft.ref1,
        ref2=draft.ref2,
        template_id=draft.template_id,
        priority=draft.priority,
        due_at=now + draft.hold_back,
        expires_at=now + draft.valid_for,
        cost_micros=price.micros * measure.segments if price else None,
        cost_currency=price.currency if price else None,
    )


def added(message: Message) -> thread.Added:
    return thread.Added(
        message.conversation_id,
        message.id,
        message.created_at,
        message.body,
        message.author,
        inbound=False,
        author_id=message.author_id,
    )
