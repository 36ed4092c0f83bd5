"""Where to go in a long thread: to a day, the beginning, the next failed text or note.

Each is answered by an index, whatever the thread's length.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select

from conversations.db import db
from conversations.desk import halving
from conversations.models import Conversation, Message, message
from conversations.texting.consent import Refusal
from conversations.words import N_

FAILED, NOTES = ("failed", "note")
KINDS: Mapping[str, Callable[[], ColumnElement[bool]]] = {
    FAILED: message.failed,
    NOTES: message.notes,
}
NO_OTHER = {
    FAILED: Refusal("no_failed", N_("No other text failed that way.")),
    NOTES: Refusal("no_note", N_("There is no other note that way.")),
}
NOTHING_YET = Refusal("nothing_yet", N_("There is no message here yet."))
NOT_A_DAY = Refusal("not_a_day", N_("Choose a day such as 2026-11-22."))


def first(conversation: Conversation) -> int | None:
    return db.session.scalar(ids(conversation).order_by(Message.id).limit(1))


def since(conversation: Conversation, moment: datetime) -> int | None:
    """The first message of `moment` or later; the last of all, where none is."""
    here = Message.conversation_id == conversation.id
    found = halving.first_since(Message.id, Message.created_at, moment, here)
    later = ids(conversation).where(Message.id >= found).order_by(Message.id)
    return db.session.scalar(later.limit(1)) or last(conversation)


def last(conversation: Conversation) -> int | None:
    return db.session.scalar(ids(conversation).order_by(Message.id.desc()).limit(1))


def before(conversation: Conversation, kind: str, place: int | None) -> int | None:
    """The nearest of this kind before the message `place`; without it, the last."""
    found = ids(conversation).where(KINDS[kind]())
    if place:
        found = found.where(Message.id < place)
    return db.session.scalar(found.order_by(Message.id.desc()).limit(1))


def after(conversation: Conversation, kind: str, place: int | None) -> int | None:
    """The nearest of this kind after the message `place`; without it, the first."""
    found = ids(conversation).where(KINDS[kind](), Message.id > (place or 0))
    return db.session.scalar(found.order_by(Message.id).limit(1))


def ids(conversation: Conversation) -> Select[int]:
    return select(Message.id).where(Message.conversation_id == conversation.id)
