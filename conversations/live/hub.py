"""One thread per process that learns of every commit and tells who waits for one.

Two kinds wait: open streams, which get the ids of what changed, and the background
work, whose bells are rung. A listener that falls behind is told to fetch everything.
"""

import json
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from flask import Flask

from conversations.live import audience
from conversations.live.audience import EVERYBODY, NOBODY, Concern
from conversations.live.changes import LINES, PRESENCE, Pair
from conversations.live.sources import Source, source_for

logger = logging.getLogger(__name__)

BACKLOG = 500
TROUBLE_SECONDS = 1.0

RESYNC = b"event: resync\ndata: {}\n\n"
LINES_CHANGED = b"event: lines\ndata: {}\n\n"
END = b""


@dataclass(frozen=True)
class News:
    """A server-sent event, and whom it concerns."""

    event: bytes
    concern: Concern = EVERYBODY


Sees = Callable[[Concern], bool]


def everything(_: Concern) -> bool:
    return True


class Listener:
    """One open stream's letter box; `sees` says what may be put into it."""

    def __init__(self, sees: Sees = everything) -> None:
        self.box: SimpleQueue[bytes] = SimpleQueue()
        self.sees = sees

    def hear(self, news: Sequence[News]) -> None:
        if heard := b"".join(each.event for each in news if self.sees(each.concern)):
            self.tell(heard)

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
                if heard and self.listeners:
                    self.spread(told(heard))

    def publish(self, news: bytes) -> None:
        with self.lock:
            for listener in self.listeners:
                listener.tell(news)

    def spread(self, news: Sequence[News]) -> None:
        with self.lock:
            for listener in self.listeners:
                listener.hear(news)

    def crowded(self, most: int) -> bool:
        """Whether `most` streams are open already."""
        return len(self.listeners) >= most

    def listen(self, sees: Sees = everything) -> Listener:
        listener = Listener(sees)
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


def told(pairs: Sequence[Pair]) -> list[News]:
    """The news as server-sent events: ids only, never a word of a text."""
    known = audience.concerns(pairs)
    return [news(pair, known.get(pair[0], NOBODY)) for pair in pairs]


def news(pair: Pair, concern: Concern) -> News:
    conversation, message = pair
    if conversation == LINES:
        return News(LINES_CHANGED)
    if conversation < LINES:
        return News(event(-conversation, None), audience.left(pair))
    if message == PRESENCE:
        return News(event(conversation, None, "presence"), concern)
    return News(event(conversation, message), concern)


def event(conversation: int, message: int | None, name: str = "change") -> bytes:
    changed = json.dumps({"conversation": conversation, "message": message})
    return f"event: {name}\ndata: {changed}\n\n".encode()
