"""A customer: whoever is at the other end of a number; and what we know of them."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base, utcnow
from conversations.texting.letters import folded


class Customer(Base):
    """`digits` and `name_key` exist to be searched; `rename` keeps the latter true,
    which is the name without case and accents.

    `time_zone` is an IANA name that somebody chose; None is what the number tells.
    A person with several numbers is several customers, `merged_into_id` one of them.
    """

    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(unique=True)
    digits: Mapped[str] = mapped_column(index=True)
    name: Mapped[str | None]
    name_key: Mapped[str | None] = mapped_column(index=True)
    time_zone: Mapped[str | None]
    merged_into_id: Mapped[int | None] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    @property
    def person_id(self) -> int:
        """The customer whose details are those of the person behind this number."""
        return self.merged_into_id or self.id

    def rename(self, name: str) -> None:
        """Call the customer `name`; nothing but spaces takes the name away."""
        self.name = name.strip() or None
        self.name_key = folded(self.name) if self.name else None


class CustomerField(Base):
    """Something to know of every customer; `choices` has one a line."""

    __tablename__ = "customer_field"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    choices: Mapped[str] = mapped_column(default="", server_default="")
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)


class CustomerValue(Base):
    """What a field says of one customer: a text, a number, an ISO date or a choice."""

    __tablename__ = "customer_value"

    customer_id: Mapped[int] = mapped_column(
        ForeignKey("customer.id"), primary_key=True
    )
    field_id: Mapped[int] = mapped_column(
        ForeignKey("customer_field.id"), primary_key=True
    )
    value: Mapped[str]


class CustomerMerge(Base):
    """That `joined` was made the same person as `kept`, and what both were before."""

    __tablename__ = "customer_merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    joined_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    kept_name: Mapped[str | None]
    joined_name: Mapped[str | None]
    joined_time_zone: Mapped[str | None]
    kept_time_zone: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(default=utcnow)
    undone_at: Mapped[datetime | None]
