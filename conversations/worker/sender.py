"""Sending what waits: one thread minds the outbox, many hands make the calls.

Only the minding thread uses the database. In one short transaction it writes down what
came of finished calls and claims as many texts as hands are free, and while all goes
well a few more, which wait for the next free hand.
"""

import logging
import os
import socket
import threading
import time
from datetime import timedelta

from flask import Flask

from conversations import db as database
from conversations.config import Config
from conversations.db import db, reading
from conversations.inside import tally
from conversations.kaleyra.answers import Accepted, Refused
from conversations.texting import outbox
from conversations.texting.aftermath import Call
from conversations.worker.hands import Done, Hands

logger = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
# While calls are out, answers gather for so long: an exchange costs much more than one
# answer more in it.
GATHER_SECONDS = 0.005
# A claimed text that no hand could take for so long goes back into the queue.
PATIENCE_SECONDS = 1.0
LEASE_MARGIN = timedelta(seconds=15)


class Sender:
    """The job of getting texts out, `send_concurrency` calls at a time."""

    name = "sender"

    def __init__(self, app: Flask, config: Config, bell: threading.Event) -> None:
        self.app = app
        self.bell = bell
        self.worker = f"{socket.gethostname()}:{os.getpid()}"
        self.lease = timedelta(seconds=config.kaleyra.deadline_seconds) + LEASE_MARGIN
        self.hands = Hands(config, bell)
        self.ahead = 0
        self.moved_at = time.monotonic()
        self.unsettled: list[Done] = []
        self.unmade: list[Call] = []

    @property
    def busy(self) -> bool:
        """Whether a call is out, or what came of one is not written down."""
        return bool(self.hands.out or self.unsettled or self.unmade)

    @property
    def room(self) -> int:
        """How many texts may be claimed now."""
        return max(0, self.hands.many + self.ahead - self.hands.out)

    def step(self) -> float:
        self.collect()
        if not (self.unsettled or self.unmade):
            rest = self.seconds_until_due() if self.room else IDLE_SECONDS
            if rest > 0:
                return min(rest, IDLE_SECONDS)
        claimed = self.exchange(self.room)
        if self.hands.out:
            time.sleep(GATHER_SECONDS)
        return 0 if claimed and self.room else IDLE_SECONDS

    def collect(self) -> None:
        """Take in the answers that have come; their hands are free again."""
        answered = self.hands.answered()
        tally.count_answers(answer for _, answer in answered)
        self.unsettled += answered
        if answered:
            self.moved_at = time.monotonic()
        well = all(isinstance(answer, Accepted | Refused) for _, answer in answered)
        # Soon as many hands will be free again; half of them is enough to bridge that.
        self.ahead = min(2 * len(answered), self.hands.many // 2) if well else 0
        if not well or time.monotonic() - self.moved_at > PATIENCE_SECONDS:
            self.unmade += self.hands.unmade()

    def seconds_until_due(self) -> float:
        with reading():
            now = database.clock()
            due_at = outbox.next_due_at(now)
        return (due_at - now).total_seconds() if due_at else IDLE_SECONDS

    def exchange(self, limit: int) -> int:
        """Write down the answers and claim up to `limit` texts, all or nothing."""
        outbox.settle(self.unsettled)
        outbox.queue_again(self.unmade)
        calls = outbox.claim(self.worker, limit, self.lease) if limit else []
        db.session.commit()
        self.unsettled, self.unmade = [], []
        if calls:
            self.hands.take(calls)
            self.moved_at = time.monotonic()
        return len(calls)

    def finish(self) -> None:
        """Let the calls in hand end and write down what came of them."""
        ends_at = time.monotonic() + self.lease.total_seconds()
        self.unmade += self.hands.unmade()
        while self.busy and time.monotonic() < ends_at:
            self.settle_once()
            self.bell.wait(0.1)
            self.bell.clear()
            self.collect()
        self.hands.dismiss()

    def settle_once(self) -> None:
        if not (self.unsettled or self.unmade):
            return
        try:
            with self.app.app_context():
                self.exchange(0)
        except Exception:
            logger.exception("Answers could not be written down; trying again")
