"""GET /metrics, for Prometheus: what the database knows and what this process counts.

Who may ask: whoever has METRICS_TOKEN; without one, only a program on this machine that
did not come through a proxy. For everybody else there is no such page.
"""

import hmac
from collections.abc import Iterator
from ipaddress import ip_address
from typing import cast
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from conversations.config import Config
from conversations.db import read_only
from conversations.inside import exposition, tally
from conversations.inside.exposition import COUNTER, Metric, gauge
from conversations.inside.gauges import standing
from conversations.inside.latest import latest
from conversations.live import hub

bp = Blueprint("metrics", __name__)

PROXY_HEADERS = (
    "Forwarded",
    "Via",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Real-Ip",
)
COUNTERS = {
    "http_answers": "Answers of this process, by HTTP status.",
    "callbacks": "Kaleyra's callbacks to this process, by address and HTTP status.",
    "calls": "Calls of this process to Kaleyra, by what came of them and why.",
}


@bp.get("/metrics")
def show() -> ResponseReturnValue:
    config = cast("Config", current_app.extensions["parley"])
    if not config.metrics_token and not from_this_machine():
        abort(404)
    if config.metrics_token and not authorized(config.metrics_token):
        words = "Send Authorization: Bearer <METRICS_TOKEN>.\n"
        return words, 401, {"WWW-Authenticate": "Bearer", "Content-Type": "text/plain"}
    read_only()
    metrics = [*of_the_database(), *of_this_process()]
    return Response(exposition.written(metrics), content_type=exposition.CONTENT_TYPE)


def authorized(token: str) -> bool:
    bearer = request.authorization
    given = bearer.token if bearer and bearer.type == "bearer" else None
    return hmac.compare_digest((given or "").encode(), token.encode())


def from_this_machine() -> bool:
    """The address and the name asked for are local, and no proxy says otherwise."""
    if any(name in request.headers for name in PROXY_HEADERS):
        return False
    asked_for = urlsplit(f"//{request.host}").hostname
    return local(request.remote_addr) and (asked_for == "localhost" or local(asked_for))


def local(address: str | None) -> bool:
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False


def of_the_database() -> Iterator[Metric]:
    """Everything or nothing: half of it would look like good news."""
    try:
        found = [*standing(), *latest()]
    except SQLAlchemyError:
        found = []
    yield gauge("database_up", "Whether the database answers.", bool(found))
    yield from found


def of_this_process() -> Iterator[Metric]:
    listeners = len(hub().listeners)
    yield gauge("process_streams", "Open pages that listen to this process.", listeners)
    about = "When this process started, in seconds since 1970."
    yield gauge("process_started_at_seconds", about, tally.STARTED)
    for name, words in COUNTERS.items():
        samples = [(dict(labels), n) for labels, n in tally.counted(name)]
        yield Metric(f"process_{name}_total", words, samples, COUNTER)
