"""The door through which browsers say who looks and types, and ask who else does."""

from collections.abc import Collection

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from conversations.db import clock, db, utcnow
from conversations.desk import presence, visibility
from conversations.web import pages
from conversations.web.addresses import positions
from conversations.web.entrance.access import agent, guard
from conversations.web.showing import presence as showing
from conversations.web.showing.presence import NOBODY, Mark

LOOKING, TYPING, LEFT = "looking", "typing", "left"

bp = Blueprint("presence", __name__)
guard(bp)


@bp.post("/conversations/<id:conversation_id>/presence")
def say(conversation_id: int) -> ResponseReturnValue:
    """What this agent does there now: looking, typing or left."""
    here = visibility.conversation(agent(), conversation_id) or abort(404)
    doing = request.form.get("doing")
    if doing == LEFT:
        presence.leave(agent(), here)
    elif doing in (LOOKING, TYPING):
        presence.beat(agent(), here, clock(), typing=doing == TYPING)
    else:
        abort(400)
    db.session.commit()
    return "", 204


@bp.get("/presence")
def show() -> ResponseReturnValue:
    """Who is at the conversations in `ids`, for pages that stay open."""
    marks = shown(positions("ids"))
    return render_template("components/_presence.html", marks=marks.values())


def shown(conversation_ids: Collection[int]) -> dict[int, Mark]:
    """A mark for each of these, empty where nobody else is."""
    found = presence.around(agent(), conversation_ids, utcnow())
    return {
        id: showing.mark(id, found.get(id, NOBODY), pages.colleagues())
        for id in conversation_ids
    }
