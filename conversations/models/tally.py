"""Texts counted once for all, so that nobody has to read them to count them."""

from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base


class Tally(Base):
    """How many texts of one quarter of an hour were alike, and in how many parts.

    `quarter` is in quarters of an hour since 1970, which fit the days of every zone.
    `team_id` is that of the conversation when it was counted; 0 is none, an
    `author_id` of 0 a customer or a program. `micros` is what they cost, in millionths
    of `currency`; where that is empty, nobody knows.
    """

    __tablename__ = "tally"

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[int] = mapped_column(index=True)
    line_id: Mapped[int]
    team_id: Mapped[int]
    author_id: Mapped[int]
    direction: Mapped[str]
    status: Mapped[str]
    code: Mapped[str]
    currency: Mapped[str] = mapped_column(default="", server_default="")
    micros: Mapped[int] = mapped_column(default=0, server_default="0")
    texts: Mapped[int]
    segments: Mapped[int]


class Recount(Base):
    """Somebody changed a text of this quarter after it may have been counted.

    There is a row for each change, and whoever counts again takes away those they saw:
    a change that is not committed yet is never taken for counted.
    """

    __tablename__ = "recount"

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[int]
