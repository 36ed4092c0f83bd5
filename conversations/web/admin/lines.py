"""The lines, which are working and which wait for an admin."""

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db
from conversations.models import Line
from conversations.web import pages
from conversations.web.entrance.access import agent, guard
from conversations.web.showing import lines

bp = Blueprint("lines", __name__, url_prefix="/lines")
guard(bp, admin=True)


@bp.get("")
def index() -> ResponseReturnValue:
    shown = lines.shown(pages.lines(), agent().zone)
    return pages.page("admin/lines.html", shown=shown)


@bp.post("/<id:line_id>/resumption")
def resume(line_id: int) -> ResponseReturnValue:
    line = db.session.get(Line, line_id) or abort(404)
    line.resume()
    db.session.commit()
    return redirect(url_for(".index"), 303)
