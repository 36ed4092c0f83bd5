"""Hands: threads that make calls to Kaleyra, each one at a time.

A few calls more than there are hands may wait here, so that a hand that is done finds
the next at once. What waits has not left, and may still be unmade.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import TypeVar

from conversations.config import Config
from conversations.kaleyra.answers import Answer, OutgoingText, Unconfirmed
from conversations.kaleyra.client import Client
from conversations.texting.aftermath import Call

logger = logging.getLogger(__name__)

BUG = "Something went wrong while sending. The text may have left."

Done = tuple[Call, Answer]
Taken = TypeVar("Taken")


class Hands:
    """`many` calls at a time; ringing `bell` says that one of them is over."""

    def __init__(self, config: Config, bell: threading.Event) -> None:
        self.many = config.send_concurrency
        self.out = 0
        self.bell = bell
        self.calls: SimpleQueue[Call | None] = SimpleQueue()
        self.answers: SimpleQueue[Done] = SimpleQueue()
        for _ in range(self.many):
            threading.Thread(target=self.work, args=(config,), daemon=True).start()

    def take(self, calls: Sequence[Call]) -> None:
        """Make these calls, in their order."""
        self.out += len(calls)
        for call in calls:
            self.calls.put(call)

    def answered(self) -> list[Done]:
        """The calls that are over since this was last asked."""
        done = drained(self.answers)
        self.out -= len(done)
        return done

    def unmade(self) -> list[Call]:
        """The calls that no hand has begun; none will now."""
        calls = [call for call in drained(self.calls) if call]
        self.out -= len(calls)
        return calls

    def dismiss(self) -> None:
        for _ in range(self.many):
            self.calls.put(None)

    def work(self, config: Config) -> None:
        """One thread, over its own connection."""
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


def drained(queue: SimpleQueue[Taken]) -> list[Taken]:
    taken: list[Taken] = []
    try:
        while True:
            taken.append(queue.get_nowait())
    except Empty:
        return taken
