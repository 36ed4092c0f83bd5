"""Reading the journal as soon as something is in it."""

import logging
import time
from collections.abc import Sequence

from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from conversations.db import db, reading
from conversations.texting import journal
from conversations.texting.journal import Said
from conversations.texting.outcome import Entry

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.05
MANY = 200
FEW = 50


class Reader:
    """The job of turning callbacks into messages and reports."""

    name = "reader"

    def __init__(self, region: str | None = None) -> None:
        self.region = region
        self.behind = False
        self.latest = 0

    def step(self) -> float:
        """Understand a batch before the writer's line is joined, then store it.

        In a flood batches are small and half of the time is left to answering: a
        callback answered late is sent again, one read late is only read late.
        """
        began_at = time.monotonic()
        with reading():
            flooded = self.flooded()
            limit = FEW if flooded else MANY
            entries = journal.unread_entries(limit, self.region)
        self.behind = len(entries) == limit
        if not entries:
            return POLL_SECONDS
        count = take_in(entries)
        if flooded:
            time.sleep(time.monotonic() - began_at)
        return 0 if count else POLL_SECONDS

    def flooded(self) -> bool:
        """Whether callbacks still come in while many wait to be read."""
        if not self.behind:
            return False
        before, self.latest = self.latest, journal.latest_id()
        return self.latest > before

    def finish(self) -> None:
        """Nothing is half done between steps."""


def take_in(entries: Sequence[Entry[Said]]) -> int:
    """Store what a batch says; when something in it cannot be, the first one alone."""
    try:
        count = journal.take_in(entries)
        db.session.commit()
    except (OperationalError, PoolTimeout):
        raise
    except Exception:
        logger.exception("A batch of callbacks could not be stored; trying one alone")
        db.session.rollback()
        return take_in_one(entries[0])
    return count


def take_in_one(entry: Entry[Said]) -> int:
    """Store what the oldest callback says, and set it aside when that fails too."""
    try:
        count = journal.take_in([entry])
        db.session.commit()
    except (OperationalError, PoolTimeout):
        raise
    except Exception as error:
        db.session.rollback()
        journal.give_up(entry, f"Storing it failed with {type(error).__name__}.")
        db.session.commit()
        return 1
    return count
