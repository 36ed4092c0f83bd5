"""A conversation: one customer on one line, for life."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conversations.db import Base, utcnow
from conversations.models.customer import Customer
from conversations.models.line import Line
from conversations.texting.status import Status

PREVIEW_LENGTH = 120

LATEST = ("last_message_id", "team_id", "assignee_id")
OPEN = "closed_at IS NULL AND snoozed_at IS NULL"
WAITING = "waiting_since IS NOT NULL AND closed_at IS NULL"
TROUBLED = "last_outbound_status IN ('failed', 'undelivered')"


def partial(name: str, where: str, *columns: str) -> Index:
    condition = text(where)
    return Index(name, *columns, sqlite_where=condition, postgresql_where=condition)


class Conversation(Base):
    """The row carries what the inbox shows, so that the inbox reads nothing else."""

    __tablename__ = "conversation"
    # The inbox goes down the latest and passes over what an agent may not see, which
    # the index itself tells: few of very many take a fifth of the time.
    __table_args__ = (
        UniqueConstraint("line_id", "customer_id"),
        Index("ix_conversation_latest", *LATEST),
        Index("ix_conversation_line", "line_id", *LATEST),
        partial("ix_conversation_open", OPEN, *LATEST),
        partial("ix_conversation_owned", OPEN, "assignee_id", "last_message_id"),
        partial("ix_conversation_wait", WAITING, "waiting_since", "id"),
        partial("ix_conversation_closed", "closed_at IS NOT NULL", "last_message_id"),
        partial("ix_conversation_snoozed", "snoozed_at IS NOT NULL", "snoozed_until"),
        partial("ix_conversation_trouble", TROUBLED, "last_message_id"),
        partial(
            "ix_conversation_follow_up", "follow_up_at IS NOT NULL", "follow_up_at"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("line.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    last_message_id: Mapped[int | None]
    last_message_at: Mapped[datetime | None]
    last_inbound_id: Mapped[int | None]
    last_outbound_id: Mapped[int | None]
    last_outbound_status: Mapped[str | None]
    preview: Mapped[str] = mapped_column(default="")
    last_author: Mapped[str | None]
    last_author_id: Mapped[int | None]
    opted_out_at: Mapped[datetime | None]

    assignee_id: Mapped[int | None]
    owned_since: Mapped[datetime | None]
    team_id: Mapped[int | None]
    waiting_since: Mapped[datetime | None]
    follow_up_at: Mapped[datetime | None]
    follow_up_note: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    snoozed_at: Mapped[datetime | None]
    snoozed_until: Mapped[datetime | None]
    episode_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    line: Mapped[Line] = relationship(lazy="joined", innerjoin=True)
    customer: Mapped[Customer] = relationship(lazy="joined", innerjoin=True)

    @property
    def waits(self) -> bool:
        """Whether the customer waits for somebody's answer, since `waiting_since`."""
        return self.waiting_since is not None and self.closed_at is None

    @property
    def opted_out(self) -> bool:
        return self.opted_out_at is not None

    @property
    def failed(self) -> bool:
        """Whether our latest text in it did not get through."""
        return self.last_outbound_status in (Status.FAILED, Status.UNDELIVERED)

    @property
    def unconfirmed(self) -> bool:
        return self.last_outbound_status == Status.UNCONFIRMED

    @property
    def customer_spoke_last(self) -> bool:
        return self.last_message_id == self.last_inbound_id
