"""The journal's oddities, which an admin may want to look into."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from conversations.db import db
from conversations.desk import journal
from conversations.models import Callback
from conversations.web import pages
from conversations.web.addresses import position
from conversations.web.entrance.access import agent, guard
from conversations.web.showing import callbacks

bp = Blueprint("callbacks", __name__, url_prefix="/callbacks")
guard(bp, admin=True)


@bp.get("")
def index() -> ResponseReturnValue:
    found = journal.oddities()
    if before := position("before"):
        found = journal.before(found, before)
    read = db.session.scalars(found).all()
    shown = callbacks.listed(read, journal.PAGE_SIZE, agent().zone)
    return pages.page("admin/callbacks.html", callbacks=shown)


@bp.get("/<id:callback_id>")
def show(callback_id: int) -> ResponseReturnValue:
    callback = db.session.get(Callback, callback_id) or abort(404)
    shown = callbacks.in_full(callback, agent().zone)
    return pages.page("admin/callback.html", callback=shown)
