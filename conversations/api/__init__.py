"""The door for other programs: JSON over HTTP, with a bearer token."""

from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue

from conversations.api import conversations, health, messages, problems, tokens
from conversations.api.problems import Problem

bp = Blueprint("api", __name__, url_prefix="/api/v1")
bp.before_request(tokens.require)
bp.register_blueprint(messages.bp)
bp.register_blueprint(conversations.bp)
problems.answer_in_json(bp)


@bp.route("/<path:unknown>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def elsewhere(unknown: str) -> ResponseReturnValue:
    raise Problem(404, "not_found", "There is nothing at this address.")


def init_app(app: Flask) -> None:
    """Give the app its API and its two health addresses."""
    app.register_blueprint(bp)
    app.register_blueprint(health.bp)
