"""Whose a conversation is: taking, assigning, releasing, and giving it to a team."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db
from conversations.desk import assigning, visibility
from conversations.desk.audit import Act
from conversations.models import Agent, Conversation, Team
from conversations.texting.consent import Refusal
from conversations.web.addresses import as_id
from conversations.web.desk import replies
from conversations.web.desk.composing import Attempt
from conversations.web.entrance.access import agent, guard
from conversations.web.entrance.noting import note

bp = Blueprint("owner", __name__, url_prefix="/conversations/<id:conversation_id>")
guard(bp)


@bp.post("/owner")
def assign(conversation_id: int) -> ResponseReturnValue:
    """To the agent whose id is `to`; without one, to nobody."""
    conversation = find(conversation_id)
    was = as_id(request.form.get("was", ""))
    if to := as_id(request.form.get("to", "")):
        colleague = db.session.get(Agent, to) or abort(400)
        refusal = assigning.assign(conversation, colleague, agent(), was=was)
    else:
        refusal = assigning.release(conversation, agent(), was=was)
    return done(conversation_id, refusal, to=to)


@bp.post("/team")
def give(conversation_id: int) -> ResponseReturnValue:
    """To the team whose id is `team`; without one, to everybody."""
    conversation = find(conversation_id)
    wanted = as_id(request.form.get("team", ""))
    team = (db.session.get(Team, wanted) or abort(400)) if wanted else None
    refusal = assigning.give(conversation, team, agent())
    return done(conversation_id, refusal, team=wanted)


def find(conversation_id: int) -> Conversation:
    return visibility.conversation(agent(), conversation_id) or abort(404)


def done(
    conversation_id: int, refusal: Refusal | None, **given: int | None
) -> ResponseReturnValue:
    """Back to the thread, or to the inbox when it is now somebody else's to see."""
    if refusal:
        return replies.refused(conversation_id, Attempt(problem=refusal.sentence)), 409
    note(Act.OWNER_CHANGED, "conversation", conversation_id, **given)
    db.session.commit()
    if visibility.conversation(agent(), conversation_id) is None:
        return redirect(url_for("inbox.show"), 303)
    there = url_for("thread.show", conversation_id=conversation_id)
    return redirect(there, 303)
