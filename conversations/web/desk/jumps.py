"""Jumping within a thread: to a message with its neighbours, or along its episodes."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from conversations.db import utcnow
from conversations.desk import days, episodes, jumping
from conversations.models import Conversation
from conversations.texting.consent import Refusal
from conversations.web import pages
from conversations.web.addresses import position
from conversations.web.desk import thread
from conversations.web.entrance.access import agent, by_script, guard
from conversations.web.showing import episodes as showing
from conversations.web.showing import people
from conversations.web.templating import kept

BEFORE, AFTER = ("before", "after")
WAYS = {BEFORE: jumping.before, AFTER: jumping.after}

bp = Blueprint("jumps", __name__, url_prefix="/conversations/<id:conversation_id>")
guard(bp)


@bp.get("/jump")
def go(conversation_id: int) -> ResponseReturnValue:
    """To what `to` says, such as `failed-before`, seen from the message `from`."""
    conversation, _ = thread.find(conversation_id)
    found = sought(conversation)
    if isinstance(found, Refusal):
        place: dict[str, Any] = {"at": position("from"), "told": found.code}
    else:
        place = {"at": found, "_anchor": f"message-{found}"}
    there = {"conversation_id": conversation_id, **place, **kept()}
    return redirect(url_for("thread.show", **there))


@bp.get("/episodes")
def timeline(conversation_id: int) -> ResponseReturnValue:
    """A piece for the menu, or a page of its own."""
    conversation, _ = thread.find(conversation_id)
    found = episodes.page(conversation, position("before"))
    context = {
        "conversation_id": conversation_id,
        "older": found.older,
        "spans": showing.spans(found, pages.colleagues(), agent().zone, utcnow()),
    }
    if by_script():
        return render_template("thread/_episodes.html", **context)
    name = people.called(conversation.customer, agent())
    return pages.page("thread/episodes.html", name=name, **context)


def sought(conversation: Conversation) -> int | Refusal:
    kind, _, way = request.args.get("to", "").partition("-")
    if kind in jumping.KINDS and way in WAYS:
        nearest = WAYS[way](conversation, kind, position("from"))
        return nearest or jumping.NO_OTHER[kind]
    if kind == "first":
        return jumping.first(conversation) or jumping.NOTHING_YET
    begins = days.beginning(request.args.get("day", ""), agent().zone)
    if begins is None:
        return jumping.NOT_A_DAY
    return jumping.since(conversation, begins) or jumping.NOTHING_YET
