"""A WSGI app of a few lines on the same server: it answers, or inserts and answers.

`python -m bench.floors.bare PORT [DATABASE_URL]`
"""

import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any

import psycopg
from granian.constants import Interfaces
from granian.server import Server

from bench.floors import rows
from conversations.config import Config
from conversations.server import BACKLOG

URL = sys.argv[2] if len(sys.argv) > 2 else ""
STATEMENT = rows.insert("%s")
HEADERS = [("Content-Type", "text/plain"), ("Content-Length", "3")]

here = threading.local()


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    if URL and environ["REQUEST_METHOD"] == "POST":
        connection().execute(STATEMENT, rows.callback(body))
    start_response("200 OK", HEADERS)
    return [b"ok\n"]


def connection() -> psycopg.Connection[Any]:
    """This thread's own."""
    if not hasattr(here, "connection"):
        here.connection = psycopg.connect(URL, autocommit=True)
    kept: psycopg.Connection[Any] = here.connection
    return kept


def main() -> None:
    threads = Config.threads
    server: Any = Server(
        "bench.floors.bare:app",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        blocking_threads=threads,
        backlog=BACKLOG,
        backpressure=threads,
        websockets=False,
    )
    server.serve()


if __name__ == "__main__":
    main()
