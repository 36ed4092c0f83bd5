"""An agent: somebody of ours who reads and writes; and their sign-ins."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conversations.db import Base, utcnow

ADMIN = "admin"
SUPERVISOR = "supervisor"
ROLES = ("agent", SUPERVISOR, ADMIN)


class Agent(Base):
    """`email` is in lower case; `time_zone` is an IANA name such as Europe/Rome;
    `language` is a code such as it, and empty as the browser asks.

    What was there before an agent was, up to the message `read_before`, is not news. A
    `masked` agent sees no whole numbers. `undo_seconds` is how long a reply waits for
    second thoughts; `preferences` is JSON.
    """

    __tablename__ = "agent"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str]
    time_zone: Mapped[str] = mapped_column(default="UTC")
    language: Mapped[str] = mapped_column(default="", server_default="")
    read_before: Mapped[int] = mapped_column(default=0, server_default="0")
    away_at: Mapped[datetime | None]
    masked: Mapped[bool] = mapped_column(default=False, server_default=false())
    undo_seconds: Mapped[int] = mapped_column(default=5, server_default="5")
    preferences: Mapped[str] = mapped_column(default="{}", server_default="{}")
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    @property
    def admin(self) -> bool:
        return self.role == ADMIN

    @property
    def reviews(self) -> bool:
        """Whether they look back on how others answered, of what they may see."""
        return self.role in (SUPERVISOR, ADMIN)

    @property
    def disabled(self) -> bool:
        return self.disabled_at is not None

    @property
    def away(self) -> bool:
        return self.away_at is not None

    @property
    def sees_numbers(self) -> bool:
        """Whether they see whole numbers; an admin does, in the journal if not here."""
        return self.admin or not self.masked

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class SignIn(Base):
    """One signed-in browser; the token itself is only in that browser's cookie."""

    __tablename__ = "sign_in"

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    seen_at: Mapped[datetime] = mapped_column(default=utcnow)
    expires_at: Mapped[datetime]

    agent: Mapped[Agent] = relationship(lazy="joined", innerjoin=True)
