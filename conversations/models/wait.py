"""A wait: how long a customer waited until a person answered."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base


class Wait(Base):
    """It began `since` with the first text that nobody had answered, and ended with the
    answer `message_id`, which `agent_id` wrote. `first` is that of an episode.

    `team_id` is the conversation's at that time; 0 is none.
    """

    __tablename__ = "wait"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id"), index=True
    )
    line_id: Mapped[int]
    team_id: Mapped[int]
    agent_id: Mapped[int]
    since: Mapped[datetime]
    ended_at: Mapped[datetime] = mapped_column(index=True)
    seconds: Mapped[int]
    first: Mapped[bool]
