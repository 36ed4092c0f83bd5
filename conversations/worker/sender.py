"""Sending what waits: one thread minds the outbox, many hands make the calls.

Only the minding thread uses the database. In one short transaction it writes down what
came of finished calls and claims as many texts as hands are free.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from queue import Empty, SimpleQueue

from flask import Flask

from conversations import db as database
from conversations.config import Config
from conversations.db import db, reading
from conversations.inside import tally
from conversations.kaleyra.answers import Answer, OutgoingText, Unconfirmed
from conversations.kaleyra.client import Client
from conversations.texting import outbox
from conversations.texting.aftermath import Call

logger = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
# While calls are out, answers gather for so long: an exchange costs much more than one
# answer more in it.
GATHER_SECONDS = 0.005
LEASE_MARGIN = timedelta(seconds=15)
BUG = "Something went wrong while sending. The text may have left."

Done = tuple[Call, Answer]


class Sender:
    """The job of getting texts out, `concurrency` calls at a time."""

    name = "sender"

    def __init__(self, app: Flask, config: Config, bell: threading.Event) -> None:
        self.app = app
        self.bell = bell
        self.worker = f"{socket.gethostname()}:{os.getpid()}"
        self.lease = timedelta(seconds=config.kaleyra.deadline_seconds) + LEASE_MARGIN
        self.free = self.hands = config.send_concurrency
        self.calls: SimpleQueue[Call | None] = SimpleQueue()
        self.answers: SimpleQueue[Done] = SimpleQueue()
        self.unsettled: list[Done] = []
        for _ in range(self.hands):
            threading.Thread(target=self.hand, args=(config,), daemon=True).start()

    def step(self) -> float:
        self.collect()
        if not self.unsettled:
            rest = self.seconds_until_due() if self.free else IDLE_SECONDS
            if rest > 0:
                return min(rest, IDLE_SECONDS)
        claimed = self.exchange(self.free)
        if self.free < self.hands:
            time.sleep(GATHER_SECONDS)
        return 0 if claimed and self.free else IDLE_SECONDS

    def collect(self) -> None:
        """Take in the answers that have come; their hands are free again."""
        answered = drained(self.answers)
        tally.count_answers(answer for _, answer in answered)
        self.free += len(answered)
        self.unsettled += answered

    def seconds_until_due(self) -> float:
        with reading():
            now = database.clock()
            due_at = outbox.next_due_at(now)
        return (due_at - now).total_seconds() if due_at else IDLE_SECONDS

    def exchange(self, limit: int) -> int:
        """Write down the answers and claim up to `limit` texts, all or nothing."""
        outbox.settle(self.unsettled)
        calls = outbox.claim(self.worker, limit, self.lease) if limit else []
        db.session.commit()
        self.unsettled = []
        self.free -= len(calls)
        for call in calls:
            self.calls.put(call)
        return len(calls)

    def finish(self) -> None:
        """Let the calls in hand end and write down what came of them."""
        ends_at = time.monotonic() + self.lease.total_seconds()
        while (self.free < self.hands or self.unsettled) and time.monotonic() < ends_at:
            self.bell.wait(0.1)
            self.bell.clear()
            self.collect()
            if self.unsettled:
                self.settle_once()
        for _ in range(self.hands):
            self.calls.put(None)

    def settle_once(self) -> None:
        try:
            with self.app.app_context():
                self.exchange(0)
        except Exception:
            logger.exception("Answers could not be written down; trying again")

    def hand(self, config: Config) -> None:
        """One thread that makes calls, one at a time, over its own connection."""
        client = Client.of(config)
        while (call := self.calls.get()) is not None:
            self.answers.put((call, answer_to(client.send, call.text)))
            self.bell.set()


def answer_to(send: Callable[[OutgoingText], Answer], text: OutgoingText) -> Answer:
    """The answer to this call. After a mistake of ours nobody knows whether it left."""
    try:
        return send(text)
    except Exception:
        logger.exception("Sending message %s failed inside", text.message_id)
        return Unconfirmed("bug", BUG)


def drained(queue: SimpleQueue[Done]) -> list[Done]:
    taken: list[Done] = []
    try:
        while True:
            taken.append(queue.get_nowait())
    except Empty:
        return taken
