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

current = threading.local()


class Deadline:
    """Shuts down this thread's connection when `seconds` are over."""

    def __init__(self, seconds: float) -> None:
        self.ends_at = time.monotonic() + seconds
        self.sock: socket.socket | None = None
        self.timer = threading.Timer(seconds, self.cut)
        self.timer.daemon = True

    @property
    def over(self) -> bool:
        return time.monotonic() >= self.ends_at

    def cut(self) -> None:
        if self.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


@contextmanager
def deadline(seconds: float) -> Iterator[Deadline]:
    """Within this block, the calls of this thread end after `seconds` at the latest."""
    limit = Deadline(seconds)
    current.deadline = limit
    limit.timer.start()
    try:
        yield limit
    finally:
        limit.timer.cancel()
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
