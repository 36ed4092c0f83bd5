"""A single message: its lasting address, and what to do about one in trouble."""

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db
from conversations.desk import visibility
from conversations.models import Conversation, Message
from conversations.texting import doubts, sending
from conversations.texting.consent import Refusal
from conversations.web.desk import thread
from conversations.web.entrance.access import agent, config, guard
from conversations.web.forms import ReplyForm

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
    conversation = db.session.get_one(Conversation, message.conversation_id)
    conversation_id = conversation.id
    again = sending.again(
        message,
        author=agent().name,
        author_id=agent().id,
        valid_for=config().longest_wait,
    )
    outcome = sending.retry(message, conversation, again)
    if isinstance(outcome, Refusal):
        return thread.refused(conversation_id, ReplyForm(formdata=None), outcome), 422
    attempt_id = outcome.id
    db.session.commit()
    return thread.stored(conversation_id, attempt_id)


@bp.post("/sent")
def mark_as_sent(message_id: int) -> ResponseReturnValue:
    message = find(message_id)
    conversation_id = message.conversation_id
    if refusal := doubts.mark_as_sent(message, agent().name):
        return thread.refused(conversation_id, ReplyForm(formdata=None), refusal), 422
    db.session.commit()
    return thread.stored(conversation_id, message_id)


def find(message_id: int) -> Message:
    return visibility.message(agent(), message_id) or abort(404)
