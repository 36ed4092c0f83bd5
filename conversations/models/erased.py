"""What is left of somebody who was erased: that they are not to be texted."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base, utcnow


class Stopped(Base):
    """Whoever has the number with this `mark` opted out of texts from this line.

    The mark is a keyed hash (`texting.erased`): who has only the database cannot try
    out numbers.
    """

    __tablename__ = "stopped"

    mark: Mapped[str] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("line.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)
