"""A customer: whoever is at the other end of a number."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base, utcnow


class Customer(Base):
    """`digits` and `name_key` exist to be searched; `rename` keeps the latter true."""

    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(unique=True)
    digits: Mapped[str] = mapped_column(index=True)
    name: Mapped[str | None]
    name_key: Mapped[str | None] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    def rename(self, name: str) -> None:
        """Call the customer `name`; nothing but spaces takes the name away."""
        self.name = name.strip() or None
        self.name_key = self.name.casefold() if self.name else None
