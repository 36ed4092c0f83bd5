"""Teams: who works together, and whose conversations only they see."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base, utcnow


class Team(Base):
    """A conversation with a team is seen by its members and by admins alone."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)


class TeamMember(Base):
    """An agent's place in a team; there may be several each."""

    __tablename__ = "team_member"

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    agent_id: Mapped[int] = mapped_column(
        ForeignKey("agent.id"), primary_key=True, index=True
    )


class Invitation(Base):
    """An admin's word that somebody may become an agent; its link works once.

    `teams` are the ids of those they will be in, as JSON.
    """

    __tablename__ = "invitation"

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    teams: Mapped[str] = mapped_column(default="[]", server_default="[]")
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
