"""The API of Kaleyra, as far as two-way texting needs it: send, and ask for news."""

from typing import Any

from flask import Blueprint, Response, abort, g, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from ..connections import Wire
from ..line import Received, current_line
from ..texts import Text
from . import accepting, checks, fields

bp = Blueprint("api", __name__, url_prefix="/v1")


@bp.before_request
def remember() -> None:
    g.fields = fields.read()
    headers = dict(request.headers)
    received = Received(request.method, request.path, headers, g.fields)
    current_line().received.append(received)


@bp.before_request
def authorise() -> None:
    """What wrong credentials are told is not documented; 401 is what to expect."""
    sid = (request.view_args or {}).get("sid", "")
    key = request.headers.get("api-key", "")
    if not current_line().account.opens_with(sid, key):
        abort(401, "Invalid API key or SID")


@bp.route("/<sid>/messages", methods=["GET", "POST"])
@bp.post("/<sid>/sms")
def send(sid: str) -> ResponseReturnValue:
    line = current_line()
    fault = line.scripted.next()
    wire = Wire.of_request(line.stopping)
    if fault.instead:
        return fault.instead(wire)
    if refusal := checks.refusal(g.fields, line.account):
        return jsonify(refusal.words()), refusal.status
    return fault.spoil(wire, accepted(accepting.accept(line, g.fields, fault.course)))


def accepted(words: dict[str, Any]) -> Response:
    answer = jsonify(words)
    answer.status_code = 202
    return answer


@bp.get("/<sid>/messages/status")
@bp.get("/<sid>/sms/status")
def status(sid: str) -> ResponseReturnValue:
    """As "SMS Status" documents it; a text nobody knows is left out."""
    texts = map(current_line().book.find, g.fields.get("message_ids", "").split(","))
    return {"data": [news(text) for text in texts if text], "error": {}}


def news(text: Text) -> dict[str, str]:
    return {
        "campaign_id": text.id,
        "status": text.status,
        "status_details": text.trace,
    }


@bp.route("/<path:elsewhere>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def nothing(elsewhere: str) -> ResponseReturnValue:
    abort(404, "Not found")


@bp.errorhandler(HTTPException)
def refused(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    return {"code": str(code), "message": error.description}, code
