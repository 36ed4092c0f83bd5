"""Choosing what goes wrong next: from the page's form, or over HTTP by a program.

    POST /practice/script {"name": "throttle", "value": "3", "times": "2"}
    DELETE /practice/script

The name is that of a fault on the menu; its value is its seconds, words or trace.
"""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ..faults.menu import UnknownFault, named
from ..line import current_line
from ..sends import fields

MOST_TIMES = 1_000

bp = Blueprint("scripting", __name__, url_prefix="/practice/script")


@bp.post("")
def script() -> ResponseReturnValue:
    asked = fields.read()
    times = min(int(asked.get("times") or 1), MOST_TIMES)
    if asked.get("name") == "forget":
        current_line().scripted.clear()
    else:
        fault = named(asked.get("name", ""), asked.get("value", ""))
        current_line().scripted.add(*[fault] * times)
    return waiting() if request.is_json else back(asked)


@bp.delete("")
def forget() -> ResponseReturnValue:
    current_line().scripted.clear()
    return waiting()


@bp.get("")
def waiting() -> ResponseReturnValue:
    return {"waiting": current_line().scripted.names()}


@bp.errorhandler(UnknownFault)
@bp.errorhandler(ValueError)
def unknown(error: Exception) -> ResponseReturnValue:
    return {"error": str(error)}, 422


def back(asked: dict[str, str]) -> ResponseReturnValue:
    place = {name: asked[name] for name in ("customer", "line") if name in asked}
    return redirect(url_for("phone.show", **place), 303)  # type: ignore[arg-type]
