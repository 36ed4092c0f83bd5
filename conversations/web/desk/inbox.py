"""The inbox: conversations as a view wants them, found by name or by number too."""

from flask import (
    Blueprint,
    abort,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conversations.db import db
from conversations.desk import setting_up, unread, views
from conversations.web import pages
from conversations.web.desk import page
from conversations.web.entrance.access import agent, guard, local
from conversations.web.forms import one_line
from conversations.web.showing.boxes import capped
from conversations.web.showing.rows import Rows
from conversations.words import N_, worded

NO_NAME = N_("Give the view a name.")
NO_ROOM = worded(
    N_("There is room for {most} views. Remove one first."), most=views.MOST_VIEWS
)

bp = Blueprint("inbox", __name__)
guard(bp)


@bp.get("/")
def home() -> ResponseReturnValue:
    return redirect(url_for(".show"))


@bp.get("/conversations")
def show() -> ResponseReturnValue:
    return page.page(
        "desk/_nothing_open.html",
        title=_("Conversations"),
        listed=asked_for(),
        first_run=agent().admin and not setting_up.finished(),
    )


@bp.get("/conversations/list")
def rows() -> ResponseReturnValue:
    return render_template(
        "inbox/_list.html", inbox=asked_for(), lines=pages.lines(), me=agent()
    )


@bp.get("/conversations/side")
def side() -> ResponseReturnValue:
    """The list and what stands above it, for a script that changes the view."""
    around = page.around(asked_for())
    return render_template(
        "inbox/_side.html", lines=pages.lines(), me=agent(), **around
    )


@bp.get("/conversations/tabs")
def tabs() -> ResponseReturnValue:
    """How many there are, for a page that stays open."""
    return render_template("inbox/_tabs.html", tabs=page.tabs())


@bp.get("/conversations/<id:conversation_id>/row")
def row(conversation_id: int) -> ResponseReturnValue:
    """Nothing when it stands elsewhere than in the view."""
    found = page.row(conversation_id)
    return render_template("inbox/_row.html", row=found) if found else ""


@bp.post("/conversations/order")
def order() -> ResponseReturnValue:
    views.choose_order(agent(), request.form.get("order", ""))
    db.session.commit()
    return redirect(back(), 303)


@bp.post("/conversations/views")
def keep_view() -> ResponseReturnValue:
    name = one_line(request.form.get("name"))[: views.LONGEST_NAME]
    if not name:
        abort(422, NO_NAME)
    if views.keep(agent(), name, page.view()) is None:
        abort(422, NO_ROOM)
    db.session.commit()
    return redirect(back(), 303)


@bp.post("/conversations/views/<id:view_id>/removal")
def forget_view(view_id: int) -> ResponseReturnValue:
    views.forget(agent(), view_id)
    db.session.commit()
    return redirect(back(), 303)


@bp.get("/unread")
def unread_count() -> ResponseReturnValue:
    """How many wait to be read, for the title of any page that stays open."""
    return jsonify(unread=capped(unread.count(agent())))


@bp.get("/notices")
def notices() -> ResponseReturnValue:
    """The banner about paused lines, for pages that stay open."""
    return pages.page("components/_notices.html")


def back() -> str:
    return local(request.form.get("next")) or url_for(".show")


def asked_for() -> Rows:
    return page.listing(request.args.get("before", ""))
