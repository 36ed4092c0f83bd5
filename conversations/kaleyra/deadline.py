"""An end to every call: `requests` limits each read, this limits the whole.

A server that drips a byte a second never trips a read timeout. A watchdog shuts the
connection down when its time is over, which the waiting thread sees as a broken answer.
Looking a name up cannot be cut short, so the time is looked at once more before the
first byte of a request: what would leave after its time does not leave at all.
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
from urllib3.exceptions import ConnectTimeoutError
from urllib3.poolmanager import PoolManager

IDLE_SECONDS = 3.0
"""A kept connection idle for longer is not used again: the server may just be closing
it, and a text lost that way would be unconfirmed for nothing."""

LOOK_SECONDS = 0.1

current = threading.local()


class Deadline:
    """The time when a call must be over, and the socket it goes over.

    The connection forgets its socket once the answer has begun, and TLS takes the one
    it is made of away, so one of our own to the same connection is kept here. `begun`
    is whether any byte of the request may have left.
    """

    def __init__(self, seconds: float) -> None:
        self.ends_at = time.monotonic() + seconds
        self.sock: socket.socket | None = None
        self.begun = False

    def hold(self, sock: socket.socket) -> None:
        self.let_go()
        self.sock = socket.fromfd(sock.fileno(), sock.family, sock.type)

    def let_go(self) -> None:
        if self.sock is not None:
            self.sock.close()

    @property
    def over(self) -> bool:
        return time.monotonic() >= self.ends_at

    def cut(self) -> None:
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


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
        limit.let_go()


def limit_of_this_thread() -> Deadline | None:
    limit: Deadline | None = getattr(current, "deadline", None)
    return limit


class Watched:
    """A connection that tells the deadline of the thread about itself."""

    used_at = 0.0
    sock: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces: list[bytes] | None = None

    def request(self, *args: Any, **kwargs: Any) -> None:
        """Head and body leave in one write: each lets another thread have Python."""
        self.pieces = []
        try:
            super().request(*args, **kwargs)  # type: ignore[misc]
            whole = b"".join(self.pieces)
        finally:
            self.pieces = None
        self.send(whole)
        self.used_at = time.monotonic()

    def _new_conn(self) -> socket.socket:
        sock: socket.socket = super()._new_conn()  # type: ignore[misc]
        if limit := limit_of_this_thread():
            limit.hold(sock)
        return sock

    def send(self, data: Any) -> None:
        """Every write of a request ends here."""
        if self.pieces is not None:
            self.pieces.append(data)
            return
        if self.sock is None:
            self.connect()  # type: ignore[attr-defined]
        if limit := limit_of_this_thread():
            self.begin(limit)
        super().send(data)  # type: ignore[misc]

    def begin(self, limit: Deadline) -> None:
        if limit.begun:
            return
        if limit.over:
            raise ConnectTimeoutError(self, "connected too late to send anything")
        if limit.sock is None:
            limit.hold(self.sock)
        limit.begun = True

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
