"""The thread of one conversation, and how far it was read."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db
from conversations.desk import inbox, noting, read_marks, visibility
from conversations.desk.audit import Act
from conversations.models import Conversation, Message
from conversations.web.addresses import as_id, position
from conversations.web.desk import composing, page, presence, stretches, whose
from conversations.web.desk.composing import NONE, Attempt
from conversations.web.entrance.access import agent, by_script, guard
from conversations.web.entrance.noting import note_seen
from conversations.web.showing.stretches import Stretch
from conversations.web.templating import kept

bp = Blueprint("thread", __name__, url_prefix="/conversations/<id:conversation_id>")
guard(bp)


@bp.get("")
def show(conversation_id: int) -> ResponseReturnValue:
    shown = thread_page(conversation_id)
    note_seen(Act.OPENED, "conversation", conversation_id)
    return shown


@bp.get("/messages")
def messages(conversation_id: int) -> ResponseReturnValue:
    conversation, read_up_to = find(conversation_id)
    stretch = stretches.asked_for(conversation)
    note_seen(Act.OPENED, "conversation", conversation_id)
    return fragment(conversation, stretch, position("seen") or read_up_to)


@bp.post("/read-mark")
def mark_read(conversation_id: int) -> ResponseReturnValue:
    message_id = as_id(request.form.get("message", "")) or abort(400)
    conversation, _ = find(conversation_id)
    newest = conversation.last_message_id or 0
    read_marks.read_up_to(agent(), conversation, min(message_id, newest))
    noting.saw(agent(), conversation, message_id)
    db.session.commit()
    if by_script():
        return "", 204
    return redirect(url_for(".show", conversation_id=conversation_id), 303)


@bp.post("/unread-mark")
def mark_unread(conversation_id: int) -> ResponseReturnValue:
    """And back to the list: whoever stays would read it again."""
    conversation, _ = find(conversation_id)
    read_marks.unread(agent(), conversation)
    db.session.commit()
    place: dict[str, Any] = dict(kept())
    return redirect(url_for("inbox.show", **place), 303)


def find(conversation_id: int) -> tuple[Conversation, int]:
    """The conversation, and how far this agent has read it."""
    found = db.session.execute(inbox.one(agent(), conversation_id)).first()
    return found or abort(404)


def message(message_id: int) -> Message:
    """A message by its own id, if this agent may see it."""
    return visibility.message(agent(), message_id) or abort(404)


def fragment(conversation: Conversation, stretch: Stretch, seen: int) -> str:
    thread = stretches.thread(conversation, stretch, seen)
    return render_template("thread/_messages.html", thread=thread)


def thread_page(conversation_id: int, attempt: Attempt = NONE) -> str:
    conversation, read_up_to = find(conversation_id)
    stretch = stretches.asked_for(conversation)
    thread = stretches.thread(conversation, stretch, read_up_to)
    return page.page(
        "thread/_pane.html",
        title=thread.name,
        current=thread.id,
        thread=thread,
        ownership=whose.shown(conversation),
        around=presence.shown([conversation_id])[conversation_id],
        composer=composing.composer(conversation, attempt),
        **page.states_of(conversation),
    )
