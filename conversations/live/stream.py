"""The stream of server-sent events that an open browser listens to."""

import time
from collections.abc import Callable, Iterator
from random import uniform

from flask import Response

from conversations.live.hub import END, Hub, Sees

HEARTBEAT_SECONDS = 15.0
LIFETIME_SECONDS = (600, 900)
RECONNECT_MILLISECONDS = 1000

# An event, and no comment: a browser that slept must notice that none came.
HEARTBEAT = b"event: beat\ndata: {}\n\n"
StillSees = Callable[[], Sees | None]
HELLO = f"retry: {RECONNECT_MILLISECONDS}\n: listening\n\n".encode()


def response(hub: Hub, sees: Sees, still_sees: StillSees) -> Response:
    """An endless answer with what its reader `sees`; asked again every few seconds.

    `still_sees` is None once nobody is signed in any more.

    It must not use the request's database session: a stream holds no connection.
    """
    answer = Response(events(hub, sees, still_sees), mimetype="text/event-stream")
    answer.headers["X-Accel-Buffering"] = "no"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def events(hub: Hub, sees: Sees, still_sees: StillSees) -> Iterator[bytes]:
    listener = hub.listen(sees)
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
                now_sees = still_sees()
                if now_sees is None:
                    return
                listener.sees = now_sees
            yield news or HEARTBEAT
    finally:
        hub.leave(listener)
