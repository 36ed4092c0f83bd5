"""What happened to a conversation, kept in its thread: who took it, gave it, let it go.

An event is a message that nobody texts. It is never sent and no program is told of it,
and it leaves the inbox's row, what is unread and who waits as they are. What is kept is
its kind and the names in it; the sentence is made when somebody reads it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, insert

from conversations.db import db, utcnow
from conversations.live import changes
from conversations.models import Agent, Conversation, Message
from conversations.models.message import EVENT
from conversations.texting import thread
from conversations.texting.segments import Encoding
from conversations.texting.status import Status


class Kind(StrEnum):
    """What can happen; each has its sentence in `web/showing/happenings.py`."""

    TAKEN = "taken"
    ASSIGNED = "assigned"
    ASSIGNED_TO_TEAM = "assigned_to_team"
    RELEASED = "released"
    TEAM_TAKEN_OFF = "team_taken_off"
    OWNER_AWAY = "owner_away"
    OWNER_GONE = "owner_gone"
    OWNER_LATE = "owner_late"
    PUT_BACK = "put_back"
    NOT_SENT = "not_sent"
    SCHEDULED_SENT = "scheduled_sent"
    SCHEDULED_EDITED = "scheduled_edited"
    SCHEDULED_CANCELLED = "scheduled_cancelled"
    NO_REPLY_NEEDED = "no_reply_needed"
    NEEDS_REPLY = "needs_reply"
    PROMISED = "promised"
    FOLLOWED_UP = "followed_up"
    CLOSED = "closed"
    REOPENED = "reopened"
    WROTE_AGAIN = "wrote_again"
    SNOOZED = "snoozed"
    SNOOZED_UNTIL = "snoozed_until"
    WOKEN = "woken"
    TIME_CAME = "time_came"


@dataclass(frozen=True)
class Event:
    """Something that happened, and who did it: an agent, or Parley itself (None)."""

    conversation_id: int
    kind: Kind
    author: str | None = None
    author_id: int | None = None
    names: Mapping[str, str] = field(default_factory=dict)


def say(
    conversation: Conversation, kind: Kind, by: Agent | None = None, **names: str
) -> int:
    """Put it at the end of the thread; the id of the message it is."""
    author, author_id = (by.name, by.id) if by else (None, None)
    return say_all([Event(conversation.id, kind, author, author_id, names)])[0]


def say_all(said: Iterable[Event]) -> list[int]:
    """The same for many, in this order."""
    events = list(said)
    if not events:
        return []
    thread.hold(event.conversation_id for event in events)
    rows = [row(event) for event in events]
    ids = list(db.session.connection().execute(INSERT, rows).scalars())
    conversations = (event.conversation_id for event in events)
    changes.note_all(zip(conversations, ids, strict=True))
    return ids


def happened(message: Message) -> tuple[Kind, dict[str, str]]:
    """What kind of event a message is, and the names in it."""
    said = json.loads(message.body)
    return Kind(said.pop("kind")), said


def of_kind(kind: Kind) -> ColumnElement[bool]:
    """Whether a message is an event of this kind; `row` puts the kind first."""
    begins = Message.body.startswith(f'{{"kind": "{kind}"', autoescape=True)
    return and_(Message.direction == EVENT, begins)


def row(event: Event) -> dict[str, object]:
    return {
        "conversation_id": event.conversation_id,
        "direction": EVENT,
        "body": json.dumps({"kind": event.kind, **event.names}),
        "status": Status.NOTED,
        "segments": 0,
        "encoding": Encoding.GSM7,
        "created_at": utcnow(),
        "author": event.author,
        "author_id": event.author_id,
        "attempts": 0,
    }


INSERT = insert(Message.__table__).returning(  # type: ignore[arg-type]
    Message.__table__.c.id, sort_by_parameter_order=True
)
