"""An end to every call: `requests` limits each read, this limits the whole.

A server that drips a byte a second never trips a read timeout. A watchdog shuts the
connection down when its time is over, which the waiting thread sees as a broken answer.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager

IDLE_SECONDS = 3.0
"""A kept connection idle for longer is not used again: the server may just be closing
it, and a text lost that way would be unconfirmed for nothing."""

LOOK_SECONDS = 0.1

current = threading.local()


class Deadline:
    """The time when a call must be over, and the socket it goes over.

    The connection forgets its socket once the answer has begun, so it is kept here.
    """

    def __init__(self, seconds: float) -> None:
        self.ends_at = time.monotonic() + seconds
        self.sock: socket.socket | None = None

    @property
    def over(self) -> bool:
        return time.monotonic() >= self.ends_at

    def cut(self) -> None:
        if self.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


class Watchdog:
    """Cuts the calls that are over time: one thread for all, as long as any is open."""

    def __init__(self) -> None:
        self.open: set[Deadline] = set()
        self.awake = False
        self.lock = threading.Lock()

    def watch(self, limit: Deadline) -> None:
        with self.lock:
            self.open.add(limit)
            if not self.awake:
                self.awake = True
                threading.Thread(target=self.run, name="watchdog", daemon=True).start()

    def leave(self, limit: Deadline) -> None:
        with self.lock:
            self.open.discard(limit)

    def run(self) -> None:
        while limits := self.watched():
            for limit in limits:
                if limit.over:
                    limit.cut()
            time.sleep(LOOK_SECONDS)

    def watched(self) -> list[Deadline]:
        with self.lock:
            self.awake = bool(self.open)
            return list(self.open)


watchdog = Watchdog()


@contextmanager
def deadline(seconds: float) -> Iterator[Deadline]:
    """Within this block, the calls of this thread end after `seconds`, roughly."""
    limit = Deadline(seconds)
    current.deadline = limit
    watchdog.watch(limit)
    try:
        yield limit
    finally:
        watchdog.leave(limit)
        current.deadline = None


class Watched:
    """A connection that tells the deadline of the thread about itself."""

    used_at = 0.0

    def request(self, *args: Any, **kwargs: Any) -> None:
        super().request(*args, **kwargs)  # type: ignore[misc]
        self.used_at = time.monotonic()
        limit: Deadline | None = getattr(current, "deadline", None)
        if limit:
            limit.sock = self.sock  # type: ignore[attr-defined]

    @property
    def is_connected(self) -> bool:
        idle = time.monotonic() - self.used_at
        return idle < IDLE_SECONDS and super().is_connected  # type: ignore[misc]


class WatchedHTTPConnection(Watched, HTTPConnection):
    """Plain HTTP, for the practice line."""


class WatchedHTTPSConnection(Watched, HTTPSConnection):
    """HTTPS, for Kaleyra."""


class WatchedHTTPPool(HTTPConnectionPool):
    ConnectionCls = WatchedHTTPConnection


class WatchedHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = WatchedHTTPSConnection


class WatchedAdapter(HTTPAdapter):
    """Mount this on a `requests.Session` whose calls need a deadline."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = {
            "http": WatchedHTTPPool,
            "https": WatchedHTTPSPool,
        }
