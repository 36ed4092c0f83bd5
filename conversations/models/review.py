"""Reviews: lists of conversations that a supervisor looks back on, one by one."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base, utcnow


class Review(Base):
    """A list that `agent_id` made and works through; `total` is how long it is."""

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"), index=True)
    name: Mapped[str]
    total: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)


class ReviewItem(Base):
    """One conversation on the list, at `place` from 1 on, and what was found of it.

    The comment is for those who review, and for nobody else.
    """

    __tablename__ = "review_item"
    __table_args__ = (UniqueConstraint("review_id", "conversation_id"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id"), index=True
    )
    verdict: Mapped[str | None]
    comment: Mapped[str] = mapped_column(default="")
    judged_by: Mapped[str | None]
    judged_at: Mapped[datetime | None]
