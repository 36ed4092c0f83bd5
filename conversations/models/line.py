"""A line: one of our two-way numbers, used as the sender of what we text from it."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base, utcnow


class Line(Base):
    """`address` is the number as we compare it, `sender` just as Kaleyra wants it.

    A line without a sender was never configured: somebody's text named its number.
    """

    __tablename__ = "line"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(unique=True)
    sender: Mapped[str]
    retired_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    pause_reason: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    @property
    def paused(self) -> bool:
        return self.paused_at is not None

    @property
    def retired(self) -> bool:
        return self.retired_at is not None

    def pause(self, reason: str) -> None:
        self.paused_at, self.pause_reason = self.paused_at or utcnow(), reason

    def resume(self) -> None:
        self.paused_at = self.pause_reason = None
