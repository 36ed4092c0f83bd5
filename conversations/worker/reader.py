"""Reading the journal as soon as something is in it."""

import logging
import time
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from conversations.db import db, on_sqlite, reading
from conversations.texting import journal
from conversations.texting.journal import Said
from conversations.texting.outcome import Entry

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.05


class Batch(NamedTuple):
    """How many callbacks are taken in at once: as a rule, and in a flood."""

    many: int
    flooded: int


# SQLite has one writer, for whom callbacks wait; on PostgreSQL nobody does.
ON_SQLITE = Batch(many=200, flooded=50)
ON_POSTGRESQL = Batch(many=500, flooded=200)


class Reader:
    """The job of turning callbacks into messages and reports.

    It is `apart` in a process that answers no callbacks.
    """

    name = "reader"

    def __init__(self, region: str | None = None, *, apart: bool = False) -> None:
        self.region = region
        self.apart = apart
        self.most = ON_POSTGRESQL.many
        self.behind = False
        self.latest = 0

    def step(self) -> float:
        """Understand a batch before the writer's line is joined, then store it.

        In a flood, where answering waits for reading, batches are small and half of
        the time is left to answering: a callback answered late is sent again, one read
        late is only read late.
        """
        began_at = time.monotonic()
        with reading():
            flooded = self.in_the_way() and self.flooded()
            limit = self.limit(flooded=flooded)
            entries = journal.unread_entries(limit, self.region)
        self.behind = len(entries) == limit
        if not entries:
            return POLL_SECONDS
        count = self.take_in(entries)
        if flooded:
            time.sleep(time.monotonic() - began_at)
        return 0 if count else POLL_SECONDS

    def in_the_way(self) -> bool:
        """Whether answering waits for us, for the writer's line or the interpreter."""
        return on_sqlite() or not self.apart

    def flooded(self) -> bool:
        """Whether callbacks still come in while many wait to be read."""
        if not self.behind:
            return False
        before, self.latest = self.latest, journal.latest_id()
        return self.latest > before

    def limit(self, *, flooded: bool) -> int:
        batch = ON_SQLITE if on_sqlite() else ON_POSTGRESQL
        return min(self.most, batch.flooded if flooded else batch.many)

    def take_in(self, entries: Sequence[Entry[Said]]) -> int:
        """Store what a batch says; how many, 0 when another reader is at it.

        When something in it cannot be stored, half of it is tried next, until that one
        stands alone and is set aside.
        """
        try:
            count = journal.take_in(entries)
            db.session.commit()
        except (OperationalError, PoolTimeout):
            raise
        except Exception as error:
            db.session.rollback()
            return self.failed(entries, error)
        self.most = min(self.most * 2, ON_POSTGRESQL.many)
        return count

    def failed(self, entries: Sequence[Entry[Said]], error: Exception) -> int:
        logger.exception("Storing what %s callbacks say failed", len(entries))
        if len(entries) == 1:
            reason = f"Storing it failed with {type(error).__name__}."
            journal.give_up(entries[0], reason)
            db.session.commit()
        self.most = max(len(entries) // 2, 1)
        return 1

    def finish(self) -> None:
        """Nothing is half done between steps."""
