"""The stream that tells an open page what changed; it ends when the sign-in does."""

from collections.abc import Callable
from typing import cast

from flask import Blueprint, Flask, current_app
from flask.typing import ResponseReturnValue

from conversations import db
from conversations.desk import accounts
from conversations.live import hub, stream
from conversations.web.entrance.access import config, guard, viewer

# Each stream takes a thread; these are left for everything else.
SPARE_THREADS = 100
TOO_MANY = "Too many pages are open here; this one asks now and then instead."

bp = Blueprint("live", __name__)
guard(bp)


@bp.get("/live")
def listen() -> ResponseReturnValue:
    threads = config().threads
    if hub().crowded(max(threads - SPARE_THREADS, threads // 2)):
        return TOO_MANY, 503, {"Retry-After": "30"}
    return stream.response(hub(), still_signed_in(viewer().token))


def still_signed_in(token: str) -> Callable[[], bool]:
    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]

    def check() -> bool:
        with app.app_context(), db.reading():
            return accounts.agent_for(token) is not None

    return check
