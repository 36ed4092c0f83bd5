"""Who was turned away at the callback addresses: traces of them, no more."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base


class TurnedAway(Base):
    """Callbacks with a wrong secret, alike and in one hour, counted together.

    `source` is the network they came from, `place` where the secret stood, `hint` how
    it began and how long it was. Those that were too large have `size` as their place,
    and how large they were as their hint. What they said is not kept.
    """

    __tablename__ = "turned_away"
    __table_args__ = (
        UniqueConstraint(
            "hour", "address", "source", "place", "hint", name="uq_turned_away"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hour: Mapped[datetime]
    address: Mapped[str]
    source: Mapped[str]
    place: Mapped[str]
    hint: Mapped[str]
    times: Mapped[int]
    last_at: Mapped[datetime]
