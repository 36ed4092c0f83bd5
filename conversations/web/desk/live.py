"""The stream that tells an open page what changed; it ends when the sign-in does."""

from collections.abc import Callable
from typing import cast

from flask import Blueprint, Flask, current_app
from flask.typing import ResponseReturnValue

from conversations import db
from conversations.desk import accounts
from conversations.live import hub, stream
from conversations.web.entrance.access import guard, viewer

bp = Blueprint("live", __name__)
guard(bp)


@bp.get("/live")
def listen() -> ResponseReturnValue:
    return stream.response(hub(), still_signed_in(viewer().token))


def still_signed_in(token: str) -> Callable[[], bool]:
    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]

    def check() -> bool:
        with app.app_context(), db.reading():
            return accounts.agent_for(token) is not None

    return check
