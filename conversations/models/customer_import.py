"""A file of customers that an admin brought, and how far its import is."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from conversations.db import Base, utcnow

GIVEN, TO_CHECK, CHECKED = "given", "to_check", "checked"
TO_STORE, STORING, STORED, FAILED = "to_store", "storing", "stored", "failed"
IN_WORK = (TO_CHECK, TO_STORE, STORING)


class CustomerImport(Base):
    """Checked first, which changes nothing; then stored, step by step to the end.

    `choices` says as JSON which column is what. `done` of `total` rows are checked:
    `added` and `changed` customers, `unchanged` ones and `rejected` rows. While
    somebody works on it, `touched_at` says that its `maker` does. The file is in the
    instance's folder, and beside it what is to be stored: `staged_rows` customers, of
    which `stored_rows` are stored; `staged_sha256` is that of the file. Of these,
    `skipped` lack a tag, for it or its line is gone.
    """

    __tablename__ = "customer_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"))
    given_at: Mapped[datetime] = mapped_column(default=utcnow)
    encoding: Mapped[str]
    separator: Mapped[str]
    choices: Mapped[str] = mapped_column(default="{}")
    state: Mapped[str] = mapped_column(default=GIVEN)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    touched_at: Mapped[datetime | None]
    maker: Mapped[str | None]
    staged_rows: Mapped[int] = mapped_column(default=0, server_default="0")
    staged_sha256: Mapped[str | None]
    stored_rows: Mapped[int] = mapped_column(default=0, server_default="0")
    skipped: Mapped[int] = mapped_column(default=0, server_default="0")

    @property
    def working(self) -> bool:
        """Whether something is being done with it, or is about to be."""
        return self.state in IN_WORK
