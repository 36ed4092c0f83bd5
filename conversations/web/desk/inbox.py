"""The inbox: every conversation, found by latest activity, by name or by number."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from conversations.web import pages
from conversations.web.addresses import position
from conversations.web.desk import page
from conversations.web.entrance.access import guard
from conversations.web.forms import one_line
from conversations.web.showing.rows import Rows

LONGEST_QUERY = 100

bp = Blueprint("inbox", __name__)
guard(bp)


@bp.get("/")
def home() -> ResponseReturnValue:
    return redirect(url_for(".show"))


@bp.get("/conversations")
def show() -> ResponseReturnValue:
    return page.page(
        "desk/_nothing_open.html", title="Conversations", listed=asked_for()
    )


@bp.get("/conversations/list")
def rows() -> ResponseReturnValue:
    return render_template("inbox/_list.html", inbox=asked_for(), lines=pages.lines())


@bp.get("/conversations/<id:conversation_id>/row")
def row(conversation_id: int) -> ResponseReturnValue:
    return render_template("inbox/_row.html", row=page.row(conversation_id))


@bp.get("/notices")
def notices() -> ResponseReturnValue:
    """The banner about paused lines, for pages that stay open."""
    return pages.page("components/_notices.html")


def asked_for() -> Rows:
    query = one_line(request.args.get("q"))[:LONGEST_QUERY]
    return page.newest(query, position("before"))
