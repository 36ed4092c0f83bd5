"""Putting a text off until later, and thinking better of it."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db, utcnow
from conversations.desk import scheduling
from conversations.desk.answering import Outdated
from conversations.desk.audit import Act
from conversations.models import ScheduledText
from conversations.texting.consent import Refusal
from conversations.web.addresses import as_id
from conversations.web.desk import composing, replies, thread
from conversations.web.desk.composing import Attempt
from conversations.web.desk.drafts import draft
from conversations.web.entrance.access import agent, by_script, config, guard
from conversations.web.entrance.noting import note
from conversations.web.forms import ReplyForm
from conversations.web.showing import later
from conversations.words import N_

NO_TIME = N_("Choose a date and a time.")

bp = Blueprint("scheduled", __name__)
guard(bp)


@bp.post("/conversations/<id:conversation_id>/scheduled")
def put_off(conversation_id: int) -> ResponseReturnValue:
    form = ReplyForm()
    if not form.validate():
        abort(400)
    conversation, read_up_to = thread.find(conversation_id)
    when, typed = request.form.get("when", ""), request.form.get("at", "")
    typed = typed or request.form.get("due", "")
    due_at = later.moment(when, typed, utcnow(), composing.both(conversation))
    if due_at is None:
        return replies.refused(conversation_id, Attempt(form, problem=NO_TIME)), 422
    seen = as_id(request.form.get("seen", "")) or read_up_to
    outcome = scheduling.put_off(agent(), conversation, draft(form), seen, due_at)
    if isinstance(outcome, Outdated):
        return replies.outdated(conversation, form, outcome), 409
    if isinstance(outcome, Refusal):
        due = later.typed(due_at, agent().zone)
        return replies.turned_down(conversation, form, outcome, due), 422
    note(Act.REPLIED, "conversation", conversation_id, scheduled=outcome.id)
    db.session.commit()
    return done(conversation_id)


@bp.post("/scheduled/<id:text_id>/cancellation")
def cancel(text_id: int) -> ResponseReturnValue:
    text = find(text_id)
    there = text.conversation_id
    if problem := scheduling.cancel(agent(), text):
        return refused(there, problem)
    note(Act.SCHEDULED_CANCELLED, "conversation", there, scheduled=text_id)
    return settled(there)


@bp.post("/scheduled/<id:text_id>/editing")
def edit(text_id: int) -> ResponseReturnValue:
    text = find(text_id)
    there = text.conversation_id
    if problem := scheduling.take_back(agent(), text):
        return refused(there, problem)
    note(Act.SCHEDULED_EDITED, "conversation", there, scheduled=text_id)
    return settled(there)


@bp.post("/scheduled/<id:text_id>/sending")
def send_now(text_id: int) -> ResponseReturnValue:
    text = find(text_id)
    there = text.conversation_id
    seen = as_id(request.form.get("seen", "")) or thread.find(there)[1]
    outcome = scheduling.send_now(agent(), text, seen, config().longest_wait)
    if isinstance(outcome, Refusal):
        return refused(there, outcome)
    note(Act.REPLIED, "conversation", there, message=outcome.id, scheduled=text_id)
    return settled(there)


def find(text_id: int) -> ScheduledText:
    """One in a thread that this agent may see."""
    text = db.session.get(ScheduledText, text_id) or abort(404)
    thread.find(text.conversation_id)
    return text


def refused(conversation_id: int, problem: Refusal) -> ResponseReturnValue:
    attempt = Attempt(problem=problem.sentence)
    return replies.refused(conversation_id, attempt), 409


def settled(conversation_id: int) -> ResponseReturnValue:
    db.session.commit()
    return done(conversation_id)


def done(conversation_id: int) -> ResponseReturnValue:
    if by_script():
        return replies.pieces(conversation_id)
    there = url_for("thread.show", conversation_id=conversation_id)
    return redirect(f"{there}#composer", 303)
