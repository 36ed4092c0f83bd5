"""What a conversation asks of the team: episodes, tags, and views to find work by."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base, utcnow


class Episode(Base):
    """A matter within the lifelong thread: from a first text until somebody closes it.

    `first_message_id` is the text it began with, `last_message_id` the last before the
    close.
    """

    __tablename__ = "episode"
    __table_args__ = (
        Index("ix_episode_conversation", "conversation_id", "id"),
        Index("ix_episode_closed", "closed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    opened_at: Mapped[datetime] = mapped_column(default=utcnow)
    first_message_id: Mapped[int | None]
    last_message_id: Mapped[int | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    tags: Mapped[str] = mapped_column(default="", server_default="")


class Tag(Base):
    """A word that conversations are sorted by."""

    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)


class ConversationTag(Base):
    """A tag on a conversation, until it is taken off or the episode ends."""

    __tablename__ = "conversation_tag"

    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id"), primary_key=True
    )
    tag_id: Mapped[int] = mapped_column(
        ForeignKey("tag.id"), primary_key=True, index=True
    )


class SavedView(Base):
    """An agent's own choice of filters and order, under a name."""

    __tablename__ = "saved_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"), index=True)
    name: Mapped[str]
    query: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)


class Setting(Base):
    """What admins set in the pages, such as the goal for first answers."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
