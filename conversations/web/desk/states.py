"""What agents decide about a conversation: needs no reply, later, done, not done."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db, utcnow
from conversations.desk import closing, inbox, signals, snoozing, tags
from conversations.desk.audit import Act
from conversations.models import Agent, Conversation
from conversations.texting.consent import Refusal
from conversations.web import moments, pages
from conversations.web.addresses import as_id
from conversations.web.desk import page, stretches, whose
from conversations.web.entrance.access import agent, by_script, guard
from conversations.web.entrance.noting import note
from conversations.web.forms import one_line
from conversations.web.showing import states
from conversations.web.showing.refusals import LONG_NOTE, NOT_A_TIME
from conversations.web.showing.stretches import Stretch
from conversations.web.templating import kept

bp = Blueprint("states", __name__, url_prefix="/conversations/<id:conversation_id>")
guard(bp)


@bp.get("/head")
def show(conversation_id: int) -> ResponseReturnValue:
    """For a page that stays open."""
    return head(conversation_id)


@bp.post("/answered")
def no_reply_needed(conversation_id: int) -> ResponseReturnValue:
    conversation = find(conversation_id)
    return done(conversation, signals.no_reply_needed(conversation, me(), seen()))


@bp.post("/unanswered")
def needs_reply(conversation_id: int) -> ResponseReturnValue:
    conversation = find(conversation_id)
    signals.needs_reply(conversation, me())
    return done(conversation)


@bp.post("/follow-up")
def follow_up(conversation_id: int) -> ResponseReturnValue:
    conversation, note = find(conversation_id), one_line(request.form.get("note"))
    at = moment("at")
    if at is None:
        return done(conversation, NOT_A_TIME)
    if len(note) > signals.LONGEST_NOTE:
        return done(conversation, LONG_NOTE)
    signals.follow_up(conversation, me(), at, note)
    return done(conversation)


@bp.post("/followed-up")
def followed_up(conversation_id: int) -> ResponseReturnValue:
    conversation = find(conversation_id)
    signals.followed_up(conversation, me())
    return done(conversation)


@bp.post("/snooze")
def snooze(conversation_id: int) -> ResponseReturnValue:
    """Until the preset or the time in `until`; empty, until the next text."""
    conversation, chosen = find(conversation_id), request.form.get("until", "")
    until = states.until(chosen, agent().zone, utcnow())
    if until is None and chosen:
        return done(conversation, NOT_A_TIME)
    return done(conversation, snoozing.snooze(conversation, me(), seen(), until))


@bp.post("/awake")
def wake(conversation_id: int) -> ResponseReturnValue:
    conversation = find(conversation_id)
    snoozing.wake(conversation, me())
    return done(conversation)


@bp.post("/open")
def reopen(conversation_id: int) -> ResponseReturnValue:
    """What the button undoes is in `closing`; without it, whatever closed it."""
    undone = as_id(request.form.get("closing", "")) or 0
    problem = closing.reopen(find(conversation_id), me(), undone)
    if problem is None:
        noted(conversation_id)
    db.session.commit()
    told = problem.code if problem else None
    return redirect(thread_page(conversation_id, told), 303)


@bp.post("/closed")
def close(conversation_id: int) -> ResponseReturnValue:
    """And on to whoever has waited longest of those in the list."""
    conversation = find(conversation_id)
    if problem := closing.close(conversation, me(), seen()):
        return done(conversation, problem)
    noted(conversation_id)
    db.session.commit()
    pages.look_again()
    waiting = inbox.longest_waiting(agent(), page.view())
    following = db.session.execute(waiting).first()
    place: dict[str, Any] = {"closed": conversation_id, **kept()}
    if following is None:
        return redirect(url_for("inbox.show", **place), 303)
    there = url_for("thread.show", conversation_id=following[0].id, **place)
    return redirect(there, 303)


@bp.post("/tags")
def tag(conversation_id: int) -> ResponseReturnValue:
    conversation = find(conversation_id)
    name = one_line(request.form.get("tag"))
    return done(conversation, tags.add(conversation, name))


@bp.post("/tags/<id:tag_id>/removal")
def untag(conversation_id: int, tag_id: int) -> ResponseReturnValue:
    conversation = find(conversation_id)
    tags.remove(conversation, tag_id)
    return done(conversation)


def find(conversation_id: int) -> Conversation:
    found = db.session.execute(inbox.one(agent(), conversation_id)).first()
    return found[0] if found else abort(404)


def me() -> Agent:
    """The agent in this transaction."""
    return db.session.get_one(Agent, agent().id)


def seen() -> int:
    return as_id(request.form.get("seen", "")) or 0


def moment(name: str) -> datetime | None:
    typed = request.form.get(name, "")
    return moments.yet_to_come(typed, agent().zone, utcnow())


def done(
    conversation: Conversation, problem: Refusal | None = None
) -> ResponseReturnValue:
    """The thread's head as it is now; a browser without scripts sees the thread."""
    conversation_id = conversation.id
    if problem:
        db.session.rollback()
    else:
        noted(conversation_id)
        db.session.commit()
    if not by_script():
        told = problem.code if problem else None
        return redirect(thread_page(conversation_id, told), 303)
    pages.look_again()
    return head(conversation_id, problem.sentence if problem else "")


def noted(conversation_id: int) -> None:
    """What was done is what the door is called."""
    what = (request.endpoint or "").rpartition(".")[2]
    note(Act.STATE_CHANGED, "conversation", conversation_id, what=what)


def thread_page(conversation_id: int, told: str | None = None) -> str:
    place: dict[str, Any] = {"told": told, **kept()}
    return url_for("thread.show", conversation_id=conversation_id, **place)


def head(conversation_id: int, told: str = "") -> str:
    found = db.session.execute(inbox.one(agent(), conversation_id)).first()
    conversation, read = found or abort(404)
    return render_template(
        "thread/_head.html",
        thread=stretches.thread(conversation, Stretch([]), read),
        lines=pages.lines(),
        me=agent(),
        told=told,
        ownership=whose.shown(conversation),
        composer={"named": False},
        **page.states_of(conversation),
    )
