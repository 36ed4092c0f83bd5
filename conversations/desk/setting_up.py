"""The first run: has a text gone out, and has an answer come back?

Nobody ticks anything off: it is read from what happened. Only which text was sent to
prove it is kept.
"""

from dataclasses import dataclass

from sqlalchemy import exists, select

from conversations.db import db
from conversations.desk import journal
from conversations.models import (
    Callback,
    Conversation,
    DeliveryReport,
    Message,
    Setting,
)
from conversations.models.message import INBOUND
from conversations.texting.status import Status

TEXT = "setup_text"
FIRST_CONVERSATIONS = 200


@dataclass(frozen=True)
class Proof:
    """The text that was sent to prove it, its last report, and the answer to it."""

    text: Message
    report: DeliveryReport | None = None
    answer: Message | None = None
    callback: Callback | None = None

    @property
    def out(self) -> bool:
        return self.text.status == Status.DELIVERED

    @property
    def whole(self) -> bool:
        return self.out and self.answer is not None


def remember(message: Message) -> None:
    """This is the text that proves it; one before it does not count any more."""
    db.session.merge(Setting(name=TEXT, value=str(message.id)))


def proof() -> Proof | None:
    """What became of the text; None while none was sent."""
    kept = db.session.get(Setting, TEXT)
    text = db.session.get(Message, int(kept.value)) if kept else None
    if text is None:
        return None
    report = (
        select(DeliveryReport)
        .where(DeliveryReport.message_id == text.id)
        .order_by(DeliveryReport.id.desc())
    )
    answer = answer_to(text)
    return Proof(
        text,
        report=db.session.scalar(report.limit(1)),
        answer=answer,
        callback=callback_of(answer) if answer else None,
    )


def answer_to(text: Message) -> Message | None:
    later = Message.conversation_id == text.conversation_id, Message.id > text.id
    answers = select(Message).where(*later, Message.direction == INBOUND)
    return db.session.scalar(answers.order_by(Message.id).limit(1))


def callback_of(answer: Message) -> Callback | None:
    """The request that brought it, unless it is forgotten by now."""
    first = journal.first_since(answer.created_at - journal.SLACK)
    near = Callback.id.between(first, first + journal.LOOKED_THROUGH)
    found = select(Callback).where(near, Callback.message_id == answer.id)
    return db.session.scalar(found.order_by(Callback.id).limit(1))


def finished() -> bool:
    """Whether texts were seen to go out and answers to come back."""
    if both_ways():
        return True
    shown = proof()
    return shown is not None and shown.whole


def both_ways() -> bool:
    """Whether one of the first customers answered a text that was delivered."""
    first = (
        select(
            Conversation.last_outbound_status,
            Conversation.last_outbound_id,
            Conversation.last_inbound_id,
        )
        .order_by(Conversation.id)
        .limit(FIRST_CONVERSATIONS)
        .subquery()
    )
    answered = first.c.last_inbound_id > first.c.last_outbound_id
    delivered = first.c.last_outbound_status == Status.DELIVERED
    found = select(exists().where(answered, delivered).select_from(first))
    return bool(db.session.scalar(found))
