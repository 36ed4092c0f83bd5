"""The stream of server-sent events that an open browser listens to."""

import time
from collections.abc import Callable, Iterator
from random import uniform

from flask import Response

from conversations.live.hub import END, Hub

HEARTBEAT_SECONDS = 15.0
LIFETIME_SECONDS = (600, 900)
RECONNECT_MILLISECONDS = 1000

HEARTBEAT = b": still here\n\n"
HELLO = f"retry: {RECONNECT_MILLISECONDS}\n: listening\n\n".encode()


def response(hub: Hub, still_welcome: Callable[[], bool]) -> Response:
    """An endless answer; `still_welcome` is asked every few seconds.

    It must not use the request's database session: a stream holds no connection.
    """
    answer = Response(events(hub, still_welcome), mimetype="text/event-stream")
    answer.headers["X-Accel-Buffering"] = "no"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def events(hub: Hub, still_welcome: Callable[[], bool]) -> Iterator[bytes]:
    listener = hub.listen()
    ends_at = time.monotonic() + uniform(*LIFETIME_SECONDS)
    try:
        yield HELLO
        checked_at = time.monotonic()
        while time.monotonic() < ends_at:
            news = listener.take(HEARTBEAT_SECONDS)
            if news == END:
                return
            if time.monotonic() - checked_at >= HEARTBEAT_SECONDS:
                checked_at = time.monotonic()
                if not still_welcome():
                    return
            yield news or HEARTBEAT
    finally:
        hub.leave(listener)
