"""Taking new texts into the index of words, a moment after they were stored."""

import time

from conversations.db import db, reading
from conversations.searching import index

POLL_SECONDS = 0.5
LOOKS_PER_LATE = 10


class Indexer:
    """The job of following what is stored, so that it can be searched quickly."""

    name = "indexer"

    def __init__(self) -> None:
        self.looks = 0

    def step(self) -> float:
        """One batch. While there is much to do, half of the time is left to others."""
        began_at = time.monotonic()
        with reading():
            batch = index.following()
        if batch.since is None or batch.bodies:
            index.take_in(batch)
            db.session.commit()
            return time.monotonic() - began_at
        self.look_for_late()
        return POLL_SECONDS

    def look_for_late(self) -> None:
        self.looks += 1
        if self.looks % LOOKS_PER_LATE:
            return
        with reading():
            late = index.late()
        if late:
            index.add(late)
            db.session.commit()

    def finish(self) -> None:
        """Nothing is half done between steps."""
