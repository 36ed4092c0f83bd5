"""Forgetting: callbacks that were read long ago leave the journal, a few at a time.

What makes a repeated callback a duplicate is kept with the messages, and stays.
"""

from datetime import timedelta

from sqlalchemy import delete, select

from conversations.db import db, utcnow
from conversations.models import Callback
from conversations.texting.outcome import Kind

BATCH_SIZE = 200

# An admin may still want to look into those set aside; unread ones are never forgotten.
KEPT_TIMES = {
    Kind.READ: 1,
    Kind.DUPLICATE: 1,
    Kind.PARKED: 2,
    Kind.ODD: 2,
    Kind.UNREADABLE: 2,
    Kind.ASIDE: 2,
}


class Pass:
    """One walk through the journal from its oldest callback to the first young one."""

    def __init__(self, days: int) -> None:
        self.days = days
        self.reached: int | None = None

    def begin(self) -> None:
        """Start from the oldest; if a walk is under way, it goes on."""
        if self.days and self.reached is None:
            self.reached = 0

    def forget_some(self) -> None:
        """Look at the next few, and delete those of them that are too old."""
        if self.reached is None:
            return
        columns = select(Callback.id, Callback.outcome, Callback.received_at)
        following = columns.where(Callback.id > self.reached).order_by(Callback.id)
        rows = db.session.execute(following.limit(BATCH_SIZE)).all()
        ages = {row.id: utcnow() - row.received_at for row in rows}
        old = [row.id for row in rows if ages[row.id] > self.kept_for(row.outcome)]
        forget(old)
        young = not rows or ages[rows[-1].id] <= timedelta(days=self.days)
        self.reached = None if young else rows[-1].id

    def kept_for(self, outcome: str) -> timedelta:
        times = KEPT_TIMES.get(Kind(outcome)) if outcome in list(Kind) else None
        return timedelta(days=self.days * times) if times else timedelta.max


def forget(ids: list[int]) -> None:
    """Delete these, except where another worker is at it."""
    free = select(Callback.id).where(Callback.id.in_(ids))
    chosen = db.session.scalars(free.with_for_update(skip_locked=True)).all()
    db.session.execute(delete(Callback).where(Callback.id.in_(chosen)))
