"""How texts arrive: in parts, and sometimes twice."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base


class MessagePart(Base):
    """One part of a long text, as the callback `callback_id` brought it."""

    __tablename__ = "message_part"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str]
    callback_id: Mapped[int]


class RecentText(Base):
    """What a customer texted a moment ago, known by a digest of its words."""

    __tablename__ = "recent_text"

    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id"), primary_key=True
    )
    digest: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[int]
    heard_at: Mapped[datetime] = mapped_column(index=True)
