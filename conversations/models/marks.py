"""Small marks people and processes leave: how far read, what changed, who lives."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base, utcnow


class ReadMark(Base):
    """How far an agent has read a conversation."""

    __tablename__ = "read_mark"

    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id"), primary_key=True
    )
    message_id: Mapped[int]


class Change(Base):
    """News for open browsers, on SQLite; PostgreSQL carries it by NOTIFY instead."""

    __tablename__ = "change"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int]
    message_id: Mapped[int | None]


class Heartbeat(Base):
    """A process that does background work, and when it last said so."""

    __tablename__ = "heartbeat"

    worker: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(default=utcnow)


class SearchMark(Base):
    """Up to which message an index of words has come; `name` says which index."""

    __tablename__ = "search_mark"

    name: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[int]
