"""An export that takes a while: what somebody asked for, and how far it is."""

from datetime import datetime

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base, utcnow

WAITING, MAKING, READY, FAILED = ("waiting", "making", "ready", "failed")


class Export(Base):
    """`query` is a view's, or `search` holds what was looked for; with `whole`, the
    conversations that it was found in are meant. `done` of `total` messages are
    written.

    While it is made, `touched_at` says that its `maker` still works on it. The file
    stands in the instance's folder, under the export's id. `rights` are what its asker
    might see when it was made.
    """

    __tablename__ = "export"

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    format: Mapped[str]
    query: Mapped[str] = mapped_column(default="")
    search: Mapped[str] = mapped_column(default="", server_default="")
    whole: Mapped[bool] = mapped_column(default=False, server_default=false())
    since: Mapped[datetime | None]
    until: Mapped[datetime | None]
    notes: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(default=WAITING)
    total: Mapped[int | None]
    done: Mapped[int] = mapped_column(default=0)
    touched_at: Mapped[datetime | None]
    maker: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    rights: Mapped[str] = mapped_column(default="")
    ready_at: Mapped[datetime | None]
    bytes: Mapped[int | None]

    @property
    def ready(self) -> bool:
        return self.state == READY

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (READY, FAILED)
