"""A line: one of our two-way numbers, which we text from; and what happened to it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base, utcnow

MANY_TROUBLES = 5
# How much faster a line that was slowed down is each minute.
FASTER = 1.1
MOST_MINUTES = 24 * 60


class Line(Base):
    """`address` is the number as we compare it, `sender` just as Kaleyra wants it.

    A line without a sender was never configured: somebody's text named its number.
    `prices` are what a segment costs, as `texting.pricing` keeps them. Since
    `slowed_at` it goes at `slowed_to` texts a second, and a tenth faster each minute,
    until it is at `slowed_from` again.
    """

    __tablename__ = "line"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(unique=True)
    sender: Mapped[str]
    retired_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    pause_reason: Mapped[str | None]
    rate: Mapped[float | None]
    slowed_at: Mapped[datetime | None]
    slowed_from: Mapped[float | None]
    slowed_to: Mapped[float | None]
    prices: Mapped[str] = mapped_column(default="", server_default="")
    counted_from: Mapped[datetime | None]
    calls: Mapped[int] = mapped_column(default=0)
    troubles: Mapped[int] = mapped_column(default=0)
    hold_seconds: Mapped[int] = mapped_column(default=0)
    held_until: Mapped[datetime | None]
    hold_reason: Mapped[str | None]
    quiet_since: Mapped[datetime | None]
    team_id: Mapped[int | None]
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
        """Open the line again, whatever stopped it."""
        self.paused_at = self.pause_reason = None
        self.let_go()
        self.slowed_at = None

    def slow(self, pace: float, now: datetime) -> None:
        """Go at half of `pace`, in texts a second, and from there ever faster."""
        if self.slowed_at is None:
            self.slowed_from = pace
        self.slowed_at, self.slowed_to = now, pace / 2

    def slowed(self, now: datetime) -> float | None:
        """The pace it was slowed to, in texts a second; None when that is over."""
        if self.slowed_at is None or not self.slowed_to or not self.slowed_from:
            return None
        minutes = min((now - self.slowed_at).total_seconds() / 60, MOST_MINUTES)
        pace = self.slowed_to * FASTER**minutes
        return pace if pace < self.slowed_from else None

    def held(self, at: datetime) -> bool:
        """Whether nothing may leave it then, as far as is known."""
        return self.held_until is not None and self.held_until > at

    @property
    def probing(self) -> bool:
        """Whether its breaker has opened and no call has gone well since."""
        return self.hold_seconds > 0

    def count_calls(
        self, calls: int, troubles: int, since: datetime, now: datetime
    ) -> bool:
        """Count calls in a window; whether at least half, and enough, went wrong."""
        if self.counted_from is None or self.counted_from < since:
            self.counted_from, self.calls, self.troubles = now, 0, 0
        self.calls += calls
        self.troubles += troubles
        return self.troubles >= MANY_TROUBLES and 2 * self.troubles >= self.calls

    def hold(self, until: datetime, reason: str) -> None:
        """Send nothing before `until`; counting starts afresh."""
        if self.held_until is None or self.held_until < until:
            self.held_until, self.hold_reason = until, reason
        self.counted_from, self.calls, self.troubles = None, 0, 0

    def let_go(self) -> None:
        self.held_until = self.hold_reason = self.counted_from = None
        self.calls = self.troubles = self.hold_seconds = 0


class LineEvent(Base):
    """Something that happened to a line; rows are only added. `who` is None for us."""

    __tablename__ = "line_event"
    __table_args__ = (Index(None, "line_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("line.id"))
    at: Mapped[datetime] = mapped_column(default=utcnow)
    what: Mapped[str]
    who: Mapped[str | None]
    sentence: Mapped[str]
