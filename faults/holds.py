"""Holding things at a step, so that what is killed there is killed there."""

import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Event

import psycopg
from flask import Response
from sqlalchemy.engine import make_url

from conversations.kaleyra.practice import Fault
from conversations.kaleyra.practice.callbacks.course import USUAL, Course
from conversations.kaleyra.practice.connections import Wire

HOLD_SECONDS = 60.0
SILENT = Course(USUAL.reports, posted=False)


class HeldCalls:
    """Calls that Kaleyra keeps waiting; `let_go` answers all of them."""

    def __init__(self) -> None:
        self.waiting = 0
        self.free = Event()

    def let_go(self) -> None:
        self.free.set()

    def hold(self, wire: Wire) -> None:
        self.waiting += 1
        ends_at = time.monotonic() + HOLD_SECONDS
        while not (self.free.wait(0.05) or wire.stopping.is_set()):
            if time.monotonic() > ends_at:
                return

    def before_taking(self) -> Fault:
        """The request has come, and Kaleyra will never take the text."""

        def never(wire: Wire) -> Response:
            self.hold(wire)
            wire.cut()
            return Response()

        return Fault("held, not taken", instead=never)

    def after_taking(self, course: Course = SILENT) -> Fault:
        """The text is Kaleyra's, its answer is not out yet."""

        def late(wire: Wire, good: Response) -> Response:
            self.hold(wire)
            return good

        return Fault("held, taken", spoil=late, course=course)


class Locks:
    """A database in which nothing of Parley's can be written for a while."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)

    @contextmanager
    def held(self) -> Iterator[None]:
        if self.url.get_backend_name() == "sqlite":
            with sqlite_lock(str(self.url.database)):
                yield
        else:
            with table_lock(self.url.render_as_string(hide_password=False)):
                yield


@contextmanager
def sqlite_lock(path: str) -> Iterator[None]:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.rollback()
        connection.close()


@contextmanager
def table_lock(url: str) -> Iterator[None]:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute("LOCK TABLE message, callback IN EXCLUSIVE MODE")
        yield
        connection.rollback()


@contextmanager
def mute(port: int) -> Iterator[None]:
    """Somebody has the port and answers no connect: its line of callers is full."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(0)
        for _ in range(4):
            caller = stack.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(("127.0.0.1", port))
        yield
