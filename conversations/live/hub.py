"""One thread per process that learns of every commit and tells who waits for one.

Two kinds wait: open streams, which get the ids of what changed, and the background
work, whose bells are rung. A listener that falls behind is told to fetch everything.
"""

import json
import logging
import threading
from collections.abc import Iterable
from queue import Empty, SimpleQueue

from flask import Flask

from conversations.live.changes import LINES, Pair
from conversations.live.sources import Source, source_for

logger = logging.getLogger(__name__)

BACKLOG = 500
TROUBLE_SECONDS = 1.0

RESYNC = b"event: resync\ndata: {}\n\n"
LINES_CHANGED = b"event: lines\ndata: {}\n\n"
END = b""


class Listener:
    """One open stream's letter box."""

    def __init__(self) -> None:
        self.box: SimpleQueue[bytes] = SimpleQueue()

    def tell(self, news: bytes) -> None:
        if self.box.qsize() < BACKLOG or news == END:
            self.box.put(news)
        else:
            self.start_over()

    def start_over(self) -> None:
        """Forget what waits; the browser fetches everything instead."""
        while self.take(0) is not None:
            pass
        self.box.put(RESYNC)

    def take(self, timeout: float) -> bytes | None:
        """The next news, or None when `timeout` seconds pass without any."""
        try:
            return self.box.get(timeout=timeout)
        except Empty:
            return None


class Hub(threading.Thread):
    """Carries news from the database to this process's listeners and bells."""

    def __init__(self, app: Flask) -> None:
        super().__init__(name="hub", daemon=True)
        self.app = app
        self.bells: list[threading.Event] = []
        self.stopping = threading.Event()
        self.listeners: set[Listener] = set()
        self.lock = threading.Lock()

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                with self.app.app_context():
                    self.relay(source_for(self.app))
            except Exception:
                logger.exception("The hub lost the database and will try again")
                self.stopping.wait(TROUBLE_SECONDS)
        self.publish(END)

    def relay(self, source: Source) -> None:
        with source:
            self.publish(RESYNC)
            while not self.stopping.is_set():
                heard = source.wait()
                if heard is None:
                    continue
                for bell in self.bells:
                    bell.set()
                if heard:
                    self.publish(encoded(heard))

    def publish(self, news: bytes) -> None:
        with self.lock:
            for listener in self.listeners:
                listener.tell(news)

    def crowded(self, most: int) -> bool:
        """Whether `most` streams are open already."""
        return len(self.listeners) >= most

    def listen(self) -> Listener:
        listener = Listener()
        with self.lock:
            self.listeners.add(listener)
        if self.stopping.is_set():
            listener.tell(END)
        return listener

    def leave(self, listener: Listener) -> None:
        with self.lock:
            self.listeners.discard(listener)

    def stop(self) -> None:
        """End every stream, now and for those that still come."""
        self.stopping.set()
        self.publish(END)


def encoded(pairs: Iterable[Pair]) -> bytes:
    """The news as server-sent events: ids only, never a word of a text."""
    return b"".join(event(*pair) for pair in pairs)


def event(conversation: int, message: int | None) -> bytes:
    if conversation == LINES:
        return LINES_CHANGED
    changed = json.dumps({"conversation": conversation, "message": message})
    return b"event: change\ndata: " + changed.encode() + b"\n\n"
