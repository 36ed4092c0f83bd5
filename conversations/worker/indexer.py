"""Taking new texts into the index of words, a moment after they were stored."""

import time

from conversations.db import db, reading
from conversations.searching import index

POLL_SECONDS = 0.5
LATE_SECONDS = 5.0


class Indexer:
    """The job of following what is stored, so that it can be searched quickly."""

    name = "indexer"

    def __init__(self) -> None:
        self.looked_at = 0.0
        self.looked_to: int | None = None

    def step(self) -> float:
        """One batch. While there is much to do, half of the time is left to others."""
        began_at = time.monotonic()
        with reading():
            batch = index.following()
        if batch.since is None or batch.bodies:
            index.take_in(batch)
            db.session.commit()
        if began_at - self.looked_at >= LATE_SECONDS:
            self.looked_at = began_at
            self.look_for_late()
        return time.monotonic() - began_at if batch.bodies else POLL_SECONDS

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
