"""A single message: its lasting address, and what to do about one in trouble."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db
from conversations.desk import signals
from conversations.desk.audit import Act
from conversations.texting import doubts, sending
from conversations.texting.consent import Refusal
from conversations.web.desk import replies
from conversations.web.desk.composing import Attempt
from conversations.web.desk.thread import find as find_thread
from conversations.web.desk.thread import message as find
from conversations.web.entrance.access import agent, config, guard
from conversations.web.entrance.noting import note

bp = Blueprint("messages", __name__, url_prefix="/messages/<id:message_id>")
guard(bp)


@bp.get("")
def show(message_id: int) -> ResponseReturnValue:
    message = find(message_id)
    there = url_for(
        "thread.show", conversation_id=message.conversation_id, at=message_id
    )
    return redirect(f"{there}#message-{message_id}")


@bp.post("/retries")
def retry(message_id: int) -> ResponseReturnValue:
    message = find(message_id)
    conversation_id = message.conversation_id
    conversation, read_up_to = find_thread(conversation_id)
    if problem := signals.more_came(conversation, max(read_up_to, message.id)):
        return replies.refused(conversation_id, Attempt(problem=problem.sentence)), 409
    again = sending.again(
        message,
        author=agent().name,
        author_id=agent().id,
        valid_for=config().longest_wait,
    )
    outcome = sending.retry(message, conversation, again)
    if isinstance(outcome, Refusal):
        return replies.refused(conversation_id, Attempt(problem=outcome.sentence)), 422
    attempt_id = outcome.id
    note(Act.REPLIED, "conversation", conversation_id, message=attempt_id)
    db.session.commit()
    return replies.stored(conversation_id, attempt_id)


@bp.post("/sent")
def mark_as_sent(message_id: int) -> ResponseReturnValue:
    message = find(message_id)
    conversation_id = message.conversation_id
    if refusal := doubts.mark_as_sent(message, agent().name):
        return replies.refused(conversation_id, Attempt(problem=refusal.sentence)), 422
    note(Act.MARKED_AS_SENT, "conversation", conversation_id, message=message_id)
    db.session.commit()
    return replies.stored(conversation_id, message_id)
