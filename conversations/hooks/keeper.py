"""Keeping callbacks: one thread writes them to the journal, many at a time.

Requests hand their callback over and wait until it is committed. What arrives while a
commit is under way shares the next one, so a flood costs few commits, and an answer
given is an answer kept.
"""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from queue import Empty, SimpleQueue

from flask import Flask
from sqlalchemy import Engine, insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from conversations.db import db
from conversations.models import Callback

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 64
PATIENCE_SECONDS = 25.0
DATABASE_AWAY = (OperationalError, PoolTimeout)

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
        self.row = vars(arrived)
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
            keep_all(engine, batch)
            for handover in batch:
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


def keep_all(engine: Engine, batch: Sequence[Handover]) -> None:
    """Keep these callbacks; one that cannot be stored does not stop the others.

    Nothing is raised: the thread that dies here would never keep anything again.
    """
    try:
        store(engine, batch)
    except Exception as error:
        logger.error("%s callbacks not stored: %s", len(batch), type(error).__name__)
        if len(batch) > 1 and not isinstance(error, DATABASE_AWAY):
            for handover in batch:
                keep_all(engine, [handover])


def store(engine: Engine, batch: Sequence[Handover]) -> None:
    with engine.begin() as connection:
        connection.execute(INSERT, [handover.row for handover in batch])
    for handover in batch:
        handover.kept = True
