"""The thread of one conversation: reading it, and answering in it."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db
from conversations.desk import assigning, inbox, read_marks
from conversations.models import Conversation
from conversations.texting import sending
from conversations.texting.consent import Refusal
from conversations.web import pages
from conversations.web.addresses import as_id, position
from conversations.web.desk import page, stretches, whose
from conversations.web.desk.drafts import draft
from conversations.web.entrance.access import agent, by_script, guard
from conversations.web.forms import ReplyForm
from conversations.web.showing import counter
from conversations.web.showing.stretches import Stretch

bp = Blueprint("thread", __name__, url_prefix="/conversations/<id:conversation_id>")
guard(bp)


@bp.get("")
def show(conversation_id: int) -> ResponseReturnValue:
    return thread_page(conversation_id, ReplyForm())


@bp.get("/messages")
def messages(conversation_id: int) -> ResponseReturnValue:
    conversation, read_up_to = find(conversation_id)
    stretch = stretches.asked_for(conversation)
    return fragment(conversation, stretch, position("seen") or read_up_to)


@bp.post("/replies")
def reply(conversation_id: int) -> ResponseReturnValue:
    form = ReplyForm()
    if not form.validate():
        abort(400)
    conversation, _ = find(conversation_id)
    outcome = sending.reply(conversation, draft(form))
    if isinstance(outcome, Refusal):
        return refused(conversation_id, form, outcome), 422
    message_id = outcome.id
    if request.form.get("take"):
        assigning.take_if_nobodys(conversation, agent())
    seen = as_id(request.form.get("seen", "")) or 0
    read_marks.read_up_to(agent(), conversation, min(seen, message_id))
    db.session.commit()
    return stored(conversation_id, message_id)


@bp.post("/read-mark")
def mark_read(conversation_id: int) -> ResponseReturnValue:
    message_id = as_id(request.form.get("message", "")) or abort(400)
    conversation, _ = find(conversation_id)
    newest = conversation.last_message_id or 0
    read_marks.read_up_to(agent(), conversation, min(message_id, newest))
    db.session.commit()
    if by_script():
        return "", 204
    return redirect(url_for(".show", conversation_id=conversation_id), 303)


def find(conversation_id: int) -> tuple[Conversation, int]:
    """The conversation, and how far this agent has read it."""
    found = db.session.execute(inbox.one(agent(), conversation_id)).first()
    return found or abort(404)


def refused(conversation_id: int, form: ReplyForm, refusal: Refusal) -> str:
    """The same page with the reason, and what was typed still in the box."""
    pages.look_again()
    if by_script():
        return composer(conversation_id, form, refusal.sentence)
    return thread_page(conversation_id, form, refusal.sentence)


def composer(conversation_id: int, form: ReplyForm, problem: str) -> str:
    conversation, seen = find(conversation_id)
    return render_template(
        "thread/_composer.html",
        thread=stretches.thread(conversation, Stretch([]), seen),
        ownership=whose.shown(conversation),
        form=form,
        count=counter.line(form.body.data or ""),
        problem=problem,
    )


def stored(conversation_id: int, message_id: int) -> ResponseReturnValue:
    """A script gets the new message alone; a browser goes to see it in the thread."""
    if not by_script():
        there = url_for("thread.show", conversation_id=conversation_id)
        return redirect(f"{there}#message-{message_id}", 303)
    pages.look_again()
    conversation, read_up_to = find(conversation_id)
    stretch = stretches.these(conversation, [message_id])
    return fragment(conversation, stretch, read_up_to), 201


def fragment(conversation: Conversation, stretch: Stretch, seen: int) -> str:
    thread = stretches.thread(conversation, stretch, seen)
    return render_template("thread/_messages.html", thread=thread)


def thread_page(conversation_id: int, form: ReplyForm, problem: str = "") -> str:
    conversation, read_up_to = find(conversation_id)
    stretch = stretches.asked_for(conversation)
    thread = stretches.thread(conversation, stretch, read_up_to)
    return page.page(
        "thread/_pane.html",
        title=thread.name,
        current=thread.id,
        thread=thread,
        ownership=whose.shown(conversation),
        form=form,
        count=counter.line(form.body.data or ""),
        problem=problem,
    )
