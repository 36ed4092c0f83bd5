"""The wire under an answer: what lets a fault hang, cut and drip."""

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.serving import WSGIRequestHandler


@dataclass(frozen=True)
class Wire:
    """The connection one request came in by, and the server's wish to stop."""

    socket: socket.socket
    stopping: threading.Event

    @classmethod
    def of_request(cls, stopping: threading.Event) -> "Wire":
        return cls(request.environ["werkzeug.socket"], stopping)

    def wait(self, seconds: float) -> bool:
        """Wait; True as soon as the server stops, so that nothing holds it up."""
        return self.stopping.wait(seconds)

    def cut(self) -> None:
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)


class Connection(WSGIRequestHandler):
    """One connection: says nothing in the log, and answers in one packet."""

    disable_nagle_algorithm = True
    wbufsize = -1

    def log(self, type: str, message: str, *args: Any) -> None:
        """The phone page asks every second, which nobody wants to read about."""

    def finish(self) -> None:
        """Whoever was cut off does not get the rest of what was written for them."""
        with suppress(OSError):
            super().finish()
