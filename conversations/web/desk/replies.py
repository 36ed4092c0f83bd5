"""Answering in a thread: sending, being refused, and having second thoughts."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db
from conversations.desk import answering, assigning, read_marks, undoing, unsent
from conversations.desk.answering import Outdated
from conversations.desk.audit import Act
from conversations.models import Conversation
from conversations.texting import pricing
from conversations.texting.consent import Refusal
from conversations.texting.plain import plain
from conversations.web import pages
from conversations.web.addresses import as_id
from conversations.web.desk import composing, stretches, thread, whose
from conversations.web.desk.composing import Attempt
from conversations.web.desk.drafts import draft, renew
from conversations.web.entrance.access import agent, by_script, guard
from conversations.web.entrance.noting import note
from conversations.web.forms import ReplyForm
from conversations.web.showing.parts import parts
from conversations.web.showing.stretches import Stretch
from conversations.words import N_

# Enter in the field of a time presses Send, which was surely not meant.
TIME_CHOSEN = N_(
    "Not sent: a time is filled in under Send later. "
    "Press Schedule for then, or clear it to send now."
)

bp = Blueprint("replies", __name__)
guard(bp)


@bp.post("/conversations/<id:conversation_id>/replies")
def send(conversation_id: int) -> ResponseReturnValue:
    form = ReplyForm()
    if not form.validate():
        abort(400)
    if request.form.get("at"):
        return refused(conversation_id, Attempt(form, problem=TIME_CHOSEN)), 422
    conversation, read_up_to = thread.find(conversation_id)
    seen = as_id(request.form.get("seen", "")) or read_up_to
    outcome = answering.reply(agent(), conversation, draft(form), seen)
    if isinstance(outcome, Outdated):
        return outdated(conversation, form, outcome), 409
    if isinstance(outcome, Refusal):
        return turned_down(conversation, form, outcome), 422
    message_id = outcome.id
    note(Act.REPLIED, "conversation", conversation_id, message=message_id)
    if request.form.get("take"):
        assigning.take_if_nobodys(conversation, agent())
    read_marks.read_up_to(agent(), conversation, min(seen, message_id))
    db.session.commit()
    return stored(conversation_id, message_id)


@bp.post("/conversations/<id:conversation_id>/replies/plain")
def simplify(conversation_id: int) -> ResponseReturnValue:
    """Without a script: the same text in simple letters, back in the box."""
    form = ReplyForm()
    conversation, _ = thread.find(conversation_id)
    unsent.keep(agent(), conversation, unsent.REPLY, plain(form.body.data or ""))
    db.session.commit()
    there = url_for("thread.show", conversation_id=conversation_id)
    return redirect(f"{there}#composer", 303)


@bp.post("/messages/<id:message_id>/undoing")
def undo(message_id: int) -> ResponseReturnValue:
    message = thread.message(message_id)
    conversation_id = message.conversation_id
    if refusal := undoing.undo(agent(), message):
        return refused(conversation_id, Attempt(problem=refusal.sentence)), 409
    note(Act.REPLY_UNDONE, "conversation", conversation_id, message=message_id)
    db.session.commit()
    if not by_script():
        there = url_for("thread.show", conversation_id=conversation_id)
        return redirect(f"{there}#composer", 303)
    return pieces(conversation_id, message_id)


def outdated(conversation: Conversation, form: ReplyForm, outcome: Outdated) -> str:
    """What is new, and what was typed; which is kept too, should the page be closed."""
    conversation_id = conversation.id
    unsent.keep(agent(), conversation, unsent.REPLY, form.body.data or "")
    news = list(outcome.news)
    for message in news:
        db.session.expunge(message)
    db.session.commit()
    return refused(conversation_id, Attempt(form, news=news))


def turned_down(
    conversation: Conversation, form: ReplyForm, refusal: Refusal, due: str = ""
) -> str:
    """Why it will not do; or that it takes many parts, to be sent all the same.

    `due` is when it was to be sent; empty: at once.
    """
    renew(form, refusal)
    if refusal != answering.MANY_PARTS:
        return refused(conversation.id, Attempt(form, problem=refusal.sentence))
    asked = parts(form.body.data or "", pricing.of(conversation), due)
    return refused(conversation.id, Attempt(form, parts=asked))


def refused(conversation_id: int, attempt: Attempt) -> str:
    """The same page with the reason, and what was typed still in the box."""
    pages.look_again()
    if not by_script():
        return thread.thread_page(conversation_id, attempt)
    conversation, seen = thread.find(conversation_id)
    return render_template(
        "thread/_composer.html",
        thread=stretches.thread(conversation, Stretch([]), seen),
        ownership=whose.shown(conversation),
        composer=composing.composer(conversation, attempt),
    )


def stored(conversation_id: int, message_id: int) -> ResponseReturnValue:
    """A script gets the message, and the composer; a browser goes to see the thread."""
    if not by_script():
        there = url_for("thread.show", conversation_id=conversation_id)
        return redirect(f"{there}#message-{message_id}", 303)
    return pieces(conversation_id, message_id), 201


def pieces(conversation_id: int, *message_ids: int) -> str:
    """These messages, and the composer as it is now."""
    pages.look_again()
    conversation, read_up_to = thread.find(conversation_id)
    stretch = stretches.these(conversation, list(message_ids))
    return render_template(
        "thread/_stored.html",
        thread=stretches.thread(conversation, stretch, read_up_to),
        ownership=whose.shown(conversation),
        composer=composing.composer(conversation),
    )
