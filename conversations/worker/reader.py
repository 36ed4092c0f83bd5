"""Reading the journal as soon as something is in it."""

import logging

from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from conversations.db import db, reading
from conversations.texting import journal

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.05


class Reader:
    """The job of turning callbacks into messages and reports."""

    name = "reader"

    def __init__(self, region: str | None = None) -> None:
        self.region = region

    def step(self) -> float:
        with reading():
            waiting = db.session.scalar(journal.unread_ids().limit(1))
        if waiting is None:
            return POLL_SECONDS
        return 0 if read_some(self.region) else POLL_SECONDS

    def finish(self) -> None:
        """Nothing is half done between steps."""


def read_some(region: str | None = None) -> int:
    """Read a batch; when something in it cannot be stored, one at a time."""
    try:
        count = journal.read_next(region=region)
        db.session.commit()
    except (OperationalError, PoolTimeout):
        raise
    except Exception:
        logger.exception("A batch of callbacks could not be read; trying each alone")
        db.session.rollback()
        return read_one(region)
    return count


def read_one(region: str | None) -> int:
    """Read the oldest callback alone, and set it aside when that fails too."""
    try:
        count = journal.read_next(limit=1, region=region)
        db.session.commit()
    except (OperationalError, PoolTimeout):
        raise
    except Exception as error:
        db.session.rollback()
        journal.set_aside_next(f"Storing it failed with {type(error).__name__}.")
        db.session.commit()
        return 1
    return count
