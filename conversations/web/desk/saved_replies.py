"""Saved replies: the page to keep them on, and those offered after a slash."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db
from conversations.desk import saved_replies
from conversations.desk.audit import Act
from conversations.desk.saved_replies import SavedReplyFault
from conversations.models import SavedReply
from conversations.web import pages
from conversations.web.addresses import position
from conversations.web.desk import thread
from conversations.web.entrance.access import agent, guard
from conversations.web.entrance.noting import note
from conversations.web.forms import SavedReplyForm, one_line

MOST_OFFERED = 8
KEPT = Act.SAVED_REPLY_CHANGED

bp = Blueprint("saved_replies", __name__)
guard(bp)


@bp.get("/saved-replies")
def index() -> ResponseReturnValue:
    return listing(SavedReplyForm())


@bp.post("/saved-replies")
def add() -> ResponseReturnValue:
    form = SavedReplyForm()
    try:
        added = saved_replies.add(agent(), *form.typed())
    except SavedReplyFault as fault:
        form[fault.field].errors = [str(fault)]
        pages.look_again()
        return listing(form), 422
    note(KEPT, "saved_reply", added.id, what="added")
    db.session.commit()
    return redirect(url_for(".index"), 303)


@bp.get("/saved-replies/<id:reply_id>")
def show(reply_id: int) -> ResponseReturnValue:
    reply = find(reply_id)
    return one(reply, SavedReplyForm(obj=reply))


@bp.post("/saved-replies/<id:reply_id>")
def change(reply_id: int) -> ResponseReturnValue:
    reply, form = find(reply_id), SavedReplyForm()
    try:
        saved_replies.change(reply, *form.typed())
    except SavedReplyFault as fault:
        form[fault.field].errors = [str(fault)]
        pages.look_again()
        return one(find(reply_id), form), 422
    note(KEPT, "saved_reply", reply_id, what="changed")
    db.session.commit()
    return redirect(url_for(".index"), 303)


@bp.post("/saved-replies/<id:reply_id>/archival")
def archive(reply_id: int) -> ResponseReturnValue:
    if not agent().admin:
        abort(403)
    saved_replies.archive(find(reply_id))
    note(KEPT, "saved_reply", reply_id, what="archived")
    db.session.commit()
    return redirect(url_for(".index"), 303)


@bp.get("/conversations/<id:conversation_id>/saved-replies")
def offered(conversation_id: int) -> ResponseReturnValue:
    """What a slash and `q` find, filled in for this conversation as it is now."""
    conversation, _ = thread.find(conversation_id)
    replies = db.session.scalars(saved_replies.everything()).all()
    words = one_line(request.args.get("q"))
    found = saved_replies.matching(replies, words)
    choices = [
        (reply, saved_replies.filled(reply.body, conversation, agent()))
        for reply in found[:MOST_OFFERED]
    ]
    none_yet = not replies and not words
    return render_template(
        "thread/_saved_replies.html", choices=choices, none_yet=none_yet
    )


def find(reply_id: int) -> SavedReply:
    """A reply that this agent may change."""
    reply = db.session.get(SavedReply, reply_id) or abort(404)
    return reply if saved_replies.may_change(agent(), reply) else abort(403)


def listing(form: SavedReplyForm) -> str:
    replies = db.session.scalars(saved_replies.everything()).all()
    mine = {each.id for each in replies if saved_replies.may_change(agent(), each)}
    return pages.page(
        "desk/saved_replies.html",
        replies=replies,
        mine=mine,
        form=form,
        used_in=position("for"),
    )


def one(reply: SavedReply, form: SavedReplyForm) -> str:
    return pages.page("desk/saved_reply.html", reply=reply, form=form)
