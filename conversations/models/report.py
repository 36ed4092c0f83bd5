"""A delivery report: what Kaleyra said about one of our texts; none is ever dropped."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base

PARKED = text("message_id IS NULL")


class DeliveryReport(Base):
    """A report without a message is parked until the text it speaks of is known."""

    __tablename__ = "delivery_report"
    __table_args__ = (
        Index(
            "ix_delivery_report_parked",
            "batch_id",
            sqlite_where=PARKED,
            postgresql_where=PARKED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"), index=True)
    callback_id: Mapped[int | None]
    received_at: Mapped[datetime]
    reference: Mapped[str]
    provider_id: Mapped[str]
    batch_id: Mapped[str]
    recipient: Mapped[str]
    status: Mapped[str | None]
    raw_status: Mapped[str]
    trace: Mapped[str]
    description: Mapped[str]
    provider_time: Mapped[str]
