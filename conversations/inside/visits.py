"""A request's way through the app: its id, and a line when it was slow or went wrong.

The id is the proxy's X-Request-Id or a new one, and goes back with the answer. A line
names the page, never the query, and of the path only what we put there ourselves.
"""

import logging
import re
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from flask import Flask, request
from werkzeug.exceptions import HTTPException, InternalServerError

from conversations.hooks.callbacks import ADDRESSES
from conversations.inside import marks, tally

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

logger = logging.getLogger(__name__)

HEADER = "X-Request-Id"
# No phone number looks like this; people put those in the strangest places.
GOOD_ID = re.compile(r"(?=.*[A-Za-z])[\w.=-]{16,64}", re.ASCII)
GAP = re.compile(r"<(?:[^<>:]+:)?(\w+)>")
# With more digits it could be somebody's number.
LARGEST_ID = 9_999_999
SLOW_SECONDS = 1.0
ELSEWHERE = "an address that is none"

ExcInfo = tuple[type, BaseException, TracebackType] | tuple[None, None, None]


def init_app(app: Flask) -> None:
    """Stand in front of everything else."""
    app.wsgi_app = Visits(app, app.wsgi_app)  # type: ignore[method-assign]
    app.log_exception = note_exception(app)  # type: ignore[assignment,method-assign]


class Visits:
    """Follows each request to what is behind it."""

    def __init__(self, app: Flask, behind: "WSGIApplication") -> None:
        self.app = app
        self.behind = behind

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        name = request_id(environ.get("HTTP_X_REQUEST_ID", ""))
        request_mark, agent_mark = marks.request_id.set(name), marks.agent_id.set(None)
        began = time.monotonic()
        answered = ""

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            nonlocal answered
            answered = status[:3]
            return start_response(status, [*headers, (HEADER, name)], *more)

        try:
            return self.answer(environ, start)
        finally:
            self.note(environ, answered, time.monotonic() - began)
            marks.request_id.reset(request_mark)
            marks.agent_id.reset(agent_mark)

    def answer(
        self, environ: "WSGIEnvironment", start: "StartResponse"
    ) -> Iterable[bytes]:
        try:
            return self.behind(environ, start)
        except Exception:
            if self.app.testing:
                raise
            logger.exception("%s failed", shown(self.app, environ))
            return InternalServerError()(environ, start)

    def note(self, environ: "WSGIEnvironment", answered: str, seconds: float) -> None:
        """Count the answer; a line only for those that somebody should look into."""
        tally.count("http_answers", code=answered)
        if address := ADDRESSES.get(environ["PATH_INFO"]):
            tally.count("callbacks", address=address, code=answered)
        broken = answered.startswith("5")
        if broken or seconds > SLOW_SECONDS:
            logger.log(
                logging.WARNING if broken else logging.INFO,
                "%s answered %s after %.1f s",
                *(shown(self.app, environ), answered, seconds),
                extra={"facts": {"status": answered, "seconds": round(seconds, 3)}},
            )


def request_id(given: str) -> str:
    """The id that somebody in front of us gave the request, if it is one."""
    return given if GOOD_ID.fullmatch(given) else uuid4().hex


def note_exception(app: Flask) -> Callable[[ExcInfo], None]:
    """Flask's own line would show the path as it was asked for."""

    def note(exc_info: ExcInfo) -> None:
        logger.error("%s failed", shown(app, request.environ), exc_info=exc_info)

    return note


def shown(app: Flask, environ: "WSGIEnvironment") -> str:
    """The request as the log names it: GET /conversations/7."""
    method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
    if path in ADDRESSES:
        return f"{method} {path}"
    try:
        rule, values = app.url_map.bind("").match(path, method, return_rule=True)
    except HTTPException:
        return f"A request for {ELSEWHERE}"
    return f"{method} {GAP.sub(lambda gap: filled(gap, values), rule.rule)}"


def filled(gap: re.Match[str], values: Any) -> str:
    """Ids are shown; what else somebody put into the address is not."""
    value = values[gap[1]]
    shown = isinstance(value, int) and value <= LARGEST_ID
    return str(value) if shown else f"<{gap[1]}>"
