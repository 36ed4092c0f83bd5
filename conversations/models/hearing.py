"""How much each line hears, hour by hour, so that silence is noticed."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base


class Hearing(Base):
    """The texts that a line heard in one hour (UTC), and when the last of them came."""

    __tablename__ = "hearing"

    line_id: Mapped[int] = mapped_column(ForeignKey("line.id"), primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    texts: Mapped[int]
    last_at: Mapped[datetime]


class Walk(Base):
    """How far a walk through a table has come: ids up to `reached` are done.

    `newest` was the newest id at the last look; by the next look, whatever was being
    written with an id up to there has been committed.
    """

    __tablename__ = "walk"

    name: Mapped[str] = mapped_column(primary_key=True)
    reached: Mapped[int]
    newest: Mapped[int]
