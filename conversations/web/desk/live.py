"""The stream that tells an open page what changed, of what its agent may see.

It ends when the sign-in does.
"""

from collections.abc import Callable
from typing import cast

from flask import Blueprint, Flask, current_app
from flask.typing import ResponseReturnValue

from conversations import db
from conversations.desk import accounts, visibility
from conversations.live import hub, stream
from conversations.live.hub import Sees
from conversations.web.entrance.access import agent, config, guard, viewer

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
    with db.reading():
        sees = visibility.sight(agent()).reaches
    return stream.response(hub(), sees, still_sees(viewer().token))


def still_sees(token: str) -> Callable[[], Sees | None]:
    """What the agent signed in with this token sees by now; None when they are not."""
    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]

    def check() -> Sees | None:
        with app.app_context(), db.reading():
            found = accounts.agent_for(token)
            return visibility.sight(found).reaches if found else None

    return check
