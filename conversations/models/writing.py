"""What agents have begun to write, saved for again, or put off; and who is looking."""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base, utcnow

WAITS = text("fate = ''")


class UnsentText(Base):
    """What an agent has in the box of one thread; `mode` is `reply` or `note`."""

    __tablename__ = "unsent_text"

    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id"), primary_key=True
    )
    mode: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(default=utcnow)


class SavedReply(Base):
    """An answer given often; `shortcut` finds it after a slash."""

    __tablename__ = "saved_reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    shortcut: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    body: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    archived_at: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(default=utcnow)


class ScheduledText(Base):
    """A text to be sent at `due_at`; a message is made of it only then.

    `seen_id` is the newest message its author had seen. `fate` is empty while it waits,
    then `sent`, `cancelled`, or `returned` to its author, who uses or discards it: that
    cancels it. Before, `put_back` was what had been put into its author's box.
    """

    __tablename__ = "scheduled_text"
    __table_args__ = (
        Index(
            "ix_scheduled_text_due",
            "due_at",
            "id",
            sqlite_where=WAITS,
            postgresql_where=WAITS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id"), index=True
    )
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    body: Mapped[str]
    due_at: Mapped[datetime]
    seen_id: Mapped[int]
    key: Mapped[str | None] = mapped_column(unique=True)
    fate: Mapped[str] = mapped_column(default="", server_default="")
    message_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)


def put_off() -> ColumnElement[bool]:
    """Waits for its time. In literals, so that SQLite sees its partial index fits."""
    return ScheduledText.fate == literal_column("''")


class Presence(Base):
    """An agent who looks at a conversation, or types in it, as of `seen_at`."""

    __tablename__ = "presence"

    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id"), primary_key=True
    )
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"), primary_key=True)
    typing: Mapped[bool]
    seen_at: Mapped[datetime] = mapped_column(default=utcnow)


class Mention(Base):
    """An agent named in a note, until they have seen it."""

    __tablename__ = "mention"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    agent_id: Mapped[int] = mapped_column(
        ForeignKey("agent.id"), primary_key=True, index=True
    )
    seen_at: Mapped[datetime | None]
