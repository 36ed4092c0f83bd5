"""A callback: a request from Kaleyra exactly as it came, before anybody reads it."""

from datetime import datetime

from sqlalchemy import ColumnElement, Index, LargeBinary, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base

UNREAD = text("outcome = 'new'")
ODD = text("outcome IN ('odd', 'unreadable')")


class Callback(Base):
    """A row of the journal. `outcome` says what reading it came to; `note` says why.

    `new` (not read yet), `read`, `duplicate`, `parked` (a report for a text we do not
    know yet), `odd` (read, but worth an admin's look), `unreadable` (kept, not used),
    `aside` (an admin said that it is nothing). `correction` is what an admin says it
    is, as JSON; the request itself never changes.
    """

    __tablename__ = "callback"
    __table_args__ = (
        Index("ix_callback_unread", "id", sqlite_where=UNREAD, postgresql_where=UNREAD),
        Index("ix_callback_odd", "id", sqlite_where=ODD, postgresql_where=ODD),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str]
    received_at: Mapped[datetime]
    method: Mapped[str]
    content_type: Mapped[str]
    query: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    outcome: Mapped[str] = mapped_column(default="new")
    note: Mapped[str | None]
    read_at: Mapped[datetime | None]
    message_id: Mapped[int | None]
    correction: Mapped[str | None]
    corrected_by: Mapped[str | None]
    corrected_at: Mapped[datetime | None]


def unread() -> ColumnElement[bool]:
    """Not read yet. In literals, so that SQLite sees its partial index fits."""
    return Callback.outcome == literal_column("'new'")
