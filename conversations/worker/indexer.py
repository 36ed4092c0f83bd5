"""Taking new texts into the index of words, a moment after they were stored."""

import time

from conversations.db import db, reading
from conversations.searching import index
from conversations.texting import journal

POLL_SECONDS = 0.5
LATE_SECONDS = 5.0
# For each second of work: while callbacks wait, and otherwise. A search reads what is
# not in the index yet.
LONG_REST, REST = 9.0, 1.0


class Indexer:
    """The job of following what is stored, so that it can be searched quickly."""

    name = "indexer"

    def __init__(self) -> None:
        self.looked_at = 0.0
        self.looked_to: int | None = None

    def step(self) -> float:
        """One batch; most of the time is left to others, above all in a flood."""
        began_at = time.monotonic()
        with reading():
            batch = index.following()
            rest = LONG_REST if journal.unread() else REST
        if batch.since is None or batch.bodies:
            index.take_in(batch)
            db.session.commit()
        if began_at - self.looked_at >= LATE_SECONDS:
            self.looked_at = began_at
            self.look_for_late()
        return rest * (time.monotonic() - began_at) if batch.bodies else POLL_SECONDS

    def look_for_late(self) -> None:
        with reading():
            reached = index.mark() or 0
            late = index.late(
                reached if self.looked_to is None else self.looked_to, reached
            )
        self.looked_to = reached
        if late:
            index.add(late)
            db.session.commit()

    def finish(self) -> None:
        """Nothing is half done between steps."""
