"""Keeping callbacks: one thread writes them to the journal, many at a time.

Requests hand their callback over and wait until it is committed. What arrives while a
commit is under way shares the next one, so a flood costs few commits, and an answer
given is an answer kept.
"""

import logging
import threading
from dataclasses import asdict, dataclass
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import Any

from flask import Flask
from sqlalchemy import Engine, insert
from sqlalchemy.exc import SQLAlchemyError

from conversations.db import db
from conversations.models import Callback

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 64
PATIENCE_SECONDS = 25.0

INSERT = insert(Callback.__table__)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Arrived:
    """A callback as it came. Its query has lost the token."""

    address: str
    received_at: datetime
    method: str
    content_type: str
    query: str
    body: bytes
    outcome: str = "new"


class Handover:
    """A callback on its way into the journal, and whether it got there."""

    def __init__(self, arrived: Arrived) -> None:
        self.row = asdict(arrived)
        self.kept = False
        self.done = threading.Event()


class Keeper(threading.Thread):
    """The one thread of a process that writes to the journal."""

    def __init__(self, app: Flask) -> None:
        super().__init__(name="keeper", daemon=True)
        self.app = app
        self.waiting: SimpleQueue[Handover] = SimpleQueue()
        self.bell = threading.Event()
        self.lock = threading.Lock()

    def keep(self, arrived: Arrived) -> bool:
        """Wait until the callback is safely stored; False if it could not be."""
        self.start_once()
        handover = Handover(arrived)
        self.waiting.put(handover)
        handover.done.wait(PATIENCE_SECONDS)
        return handover.kept

    def start_once(self) -> None:
        if not self.is_alive():
            with self.lock:
                if not self.is_alive():
                    self.start()

    def run(self) -> None:
        with self.app.app_context():
            engine = db.engine
        while True:
            batch = self.next_batch()
            kept = store(engine, [handover.row for handover in batch])
            for handover in batch:
                handover.kept = kept
                handover.done.set()
            self.bell.set()

    def next_batch(self) -> list[Handover]:
        batch = [self.waiting.get()]
        try:
            while len(batch) < MOST_AT_ONCE:
                batch.append(self.waiting.get_nowait())
        except Empty:
            pass
        return batch


def store(engine: Engine, rows: list[dict[str, Any]]) -> bool:
    """Commit these rows; False, with a line in the log, if the database refuses."""
    try:
        with engine.begin() as connection:
            connection.execute(INSERT, rows)
    except SQLAlchemyError as error:
        logger.error("%s callbacks not stored: %s", len(rows), type(error).__name__)
        return False
    return True
