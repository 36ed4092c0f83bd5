"""The numbers of a worker, which has no pages: /metrics at METRICS_PORT, no more."""

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from click import ClickException
from flask import Flask
from werkzeug.exceptions import NotFound
from werkzeug.serving import WSGIRequestHandler, make_server

from conversations.config import Config

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

METRICS = "/metrics"
POLL_SECONDS = 0.2


class Aside:
    """Lets nothing through to the app but what asks for the numbers."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        behind = self.app if environ["PATH_INFO"] == METRICS else NotFound()
        return behind(environ, start_response)


class Prompt(WSGIRequestHandler):
    """One caller at a time, who must speak within seconds; nothing goes to the log."""

    timeout = 5

    def log(self, type: str, message: str, *args: Any) -> None: ...


@contextmanager
def telling(app: Flask, config: Config) -> Iterator[None]:
    """Meanwhile the numbers of this process can be had, if METRICS_PORT says where."""
    if not config.metrics_port:
        yield
        return
    with listening(config.host, config.metrics_port) as listener:
        server = make_server(
            config.host,
            config.metrics_port,
            Aside(app),
            request_handler=Prompt,
            fd=listener.fileno(),
        )
    threading.Thread(
        target=server.serve_forever, args=(POLL_SECONDS,), name="metrics", daemon=True
    ).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def listening(host: str, port: int) -> socket.socket:
    """Ends the command with one line when somebody listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = str(error.strerror).partition(" (")[0]
        words = f"{host}:{port}: {reason}; set METRICS_PORT"
        raise ClickException(words) from error
