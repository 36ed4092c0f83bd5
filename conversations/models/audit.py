"""The audit trail: who saw and did what; rows are only ever added."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base, utcnow

UNSEALED = text("place IS NULL")


class Audit(Base):
    """One act. The database refuses to change or delete a row.

    `agent` is the name as it was then; None is Parley itself. `detail` is JSON with
    ids and words of ours, never what anybody wrote. `once` keeps what is noted once a
    while from being noted twice. `place`, `previous` and `hash` come seconds later,
    when the row is sealed.
    """

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_agent", "agent_id", "id"),
        Index("ix_audit_act", "act", "id"),
        Index("ix_audit_subject", "kind", "subject_id", "id"),
        Index(
            "ix_audit_unsealed", "id", sqlite_where=UNSEALED, postgresql_where=UNSEALED
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)
    agent_id: Mapped[int | None]
    agent: Mapped[str | None]
    act: Mapped[str]
    kind: Mapped[str | None]
    subject_id: Mapped[int | None]
    detail: Mapped[str] = mapped_column(default="{}")
    once: Mapped[str | None] = mapped_column(unique=True)
    place: Mapped[int | None] = mapped_column(unique=True)
    previous: Mapped[str | None]
    hash: Mapped[str | None]
