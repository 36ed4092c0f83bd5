"""What other programs sign in with, and how often anybody may try."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base, utcnow


class ApiToken(Base):
    """A program's key to the JSON API; only its hash is kept."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    token_sha256: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    revoked_at: Mapped[datetime | None]


class Allowance(Base):
    """How many tries are left under `key`, as of `counted_at` (seconds since 1970)."""

    __tablename__ = "allowance"

    key: Mapped[str] = mapped_column(primary_key=True)
    left: Mapped[float]
    counted_at: Mapped[float]
