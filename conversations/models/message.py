"""A message: what a customer texted us, what we text to them, or what we say of it."""

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    and_,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conversations.db import Base, utcnow
from conversations.models.agent import Agent
from conversations.models.conversation import Conversation
from conversations.texting.status import Status

INBOUND = "inbound"
OUTBOUND = "outbound"
# What stands in the thread and is no text: nobody outside ever sees it.
NOTE = "note"
EVENT = "event"
# Why a text of a customer's is not whole: a part of it has not come.
INCOMPLETE = "incomplete"

WAITING = text("status IN ('queued', 'sending')")
TO_ASK = text("ask_at IS NOT NULL")
FAILED = text("status IN ('failed', 'undelivered')")
NOTED = text("direction = 'note'")
# Keys of what came live begin with a number, in every collation before any letter.
IMPORTED = text("arrival_key >= 'imported'")


class Message(Base):
    """One message, or a note or an event, which stand in the thread and are never sent.

    Ids grow in the order of our receipt, which is the thread's order. `reference` goes
    to Kaleyra as `ref` and comes back in delivery reports; `arrival_key` and
    `submission_key` make a repeated callback, or a double click, one message. What
    still waits at `expires_at` is not sent any more. `settled_by` names whoever said
    that an unconfirmed text was sent. `cost_micros` is what the text costs, all its
    segments, in millionths of `cost_currency`, at the price when it was written.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_thread", "conversation_id", "id"),
        Index("ix_message_created", "created_at"),
        Index(
            "ix_message_waiting",
            "conversation_id",
            "id",
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
        Index(
            "ix_message_due",
            "status",
            "priority",
            "due_at",
            "id",
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
        Index(
            "ix_message_ask",
            "ask_at",
            sqlite_where=TO_ASK,
            postgresql_where=TO_ASK,
        ),
        # SQLite takes these for few rows, because they answer one column more.
        Index(
            "ix_message_failed",
            "conversation_id",
            "direction",
            "id",
            sqlite_where=FAILED,
            postgresql_where=FAILED,
        ),
        Index(
            "ix_message_notes",
            "conversation_id",
            "direction",
            "id",
            sqlite_where=NOTED,
            postgresql_where=NOTED,
        ),
        Index(
            "ix_message_imported",
            "id",
            sqlite_where=IMPORTED,
            postgresql_where=IMPORTED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    direction: Mapped[str]
    body: Mapped[str]
    status: Mapped[str]
    segments: Mapped[int]
    encoding: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    sent_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]

    author_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    author: Mapped[str | None]
    retry_of_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    repeat_of_id: Mapped[int | None]
    consent: Mapped[str | None]

    arrival_key: Mapped[str | None] = mapped_column(unique=True)
    submission_key: Mapped[str | None] = mapped_column(unique=True)
    reference: Mapped[str | None] = mapped_column(unique=True)
    provider_id: Mapped[str | None] = mapped_column(index=True)
    batch_id: Mapped[str | None] = mapped_column(index=True)
    provider_time: Mapped[str | None]
    ref1: Mapped[str | None]
    ref2: Mapped[str | None]
    template_id: Mapped[str | None]

    priority: Mapped[int] = mapped_column(default=0, server_default="0")
    due_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    failure_code: Mapped[str | None]
    failure_text: Mapped[str | None]

    ask_at: Mapped[datetime | None]
    asks: Mapped[int] = mapped_column(default=0, server_default="0")
    settled_by: Mapped[str | None]

    cost_micros: Mapped[int | None]
    cost_currency: Mapped[str | None]

    conversation: Mapped[Conversation] = relationship(lazy="raise")
    agent: Mapped[Agent | None] = relationship(lazy="raise")

    @property
    def inbound(self) -> bool:
        return self.direction == INBOUND

    @property
    def outbound(self) -> bool:
        return self.direction == OUTBOUND

    @property
    def noted(self) -> bool:
        return self.direction == NOTE

    @property
    def texted(self) -> bool:
        """Whether a customer wrote it or is meant to get it."""
        return self.inbound or self.outbound

    @property
    def incomplete(self) -> bool:
        """Whether a part of a customer's long text is still missing."""
        return self.inbound and self.failure_code == INCOMPLETE

    @property
    def unreported(self) -> bool:
        """Whether Kaleyra took it and, asked again and again, never said more."""
        asked = self.ask_at is None and self.asks > 0
        taken = self.status in (Status.ACCEPTED, Status.SENT)
        return asked and taken and self.settled_by is None

    @property
    def retryable(self) -> bool:
        """Whether a person may order a new attempt: it failed, or nobody knows."""
        return self.status in (Status.FAILED, Status.UNDELIVERED, Status.UNCONFIRMED)


def texts() -> ColumnElement[bool]:
    """Only what is on the wire: neither notes nor events."""
    return Message.direction.in_((INBOUND, OUTBOUND))


def failed() -> ColumnElement[bool]:
    """Ours, and did not get through. In literals, as in `waiting`."""
    statuses = (Status.FAILED, Status.UNDELIVERED)
    words = [literal_column(f"'{each}'", String()) for each in statuses]
    return and_(Message.direction == OUTBOUND, Message.status.in_(words))


def notes() -> ColumnElement[bool]:
    """Only notes. In literals, as in `waiting`."""
    return Message.direction == literal_column(f"'{NOTE}'")


def imported() -> ColumnElement[bool]:
    """Brought in, and older than its id says. In literals, as in `waiting`."""
    return Message.arrival_key >= literal_column("'imported'")


def waiting(message: type[Message] = Message) -> ColumnElement[bool]:
    """Has yet to leave. In literals, so that SQLite sees its partial index fits."""
    statuses = (Status.QUEUED, Status.SENDING)
    return message.status.in_([literal_column(f"'{status}'") for status in statuses])
