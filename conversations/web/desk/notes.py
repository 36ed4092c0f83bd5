"""Notes for colleagues: adding one, and whom one may name in it."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db
from conversations.desk import noting
from conversations.desk.audit import Act
from conversations.texting.consent import Refusal
from conversations.web.desk import replies, thread
from conversations.web.desk.composing import Attempt
from conversations.web.desk.drafts import key
from conversations.web.entrance.access import agent, by_script, guard
from conversations.web.entrance.noting import note
from conversations.web.forms import NoteForm, one_line

MOST_NAMES = 8

bp = Blueprint("notes", __name__, url_prefix="/conversations/<id:conversation_id>")
guard(bp)


@bp.post("/notes")
def add(conversation_id: int) -> ResponseReturnValue:
    form = NoteForm()
    if not form.validate():
        abort(400)
    conversation, _ = thread.find(conversation_id)
    body = form.note.data or ""
    outcome = noting.add(agent(), conversation, body, key(form.note_key.data, body))
    if isinstance(outcome, Refusal):
        attempt = Attempt(note=form, problem=outcome.sentence)
        return replies.refused(conversation_id, attempt), 422
    message_id = outcome.id
    note(Act.NOTED, "conversation", conversation_id, message=message_id)
    db.session.commit()
    if by_script():
        return replies.pieces(conversation_id, message_id), 201
    there = url_for("thread.show", conversation_id=conversation_id, mode="note")
    return redirect(f"{there}#message-{message_id}", 303)


@bp.get("/names")
def names(conversation_id: int) -> ResponseReturnValue:
    """Who can be named in a note here and is called something like `q`."""
    conversation, _ = thread.find(conversation_id)
    begun = one_line(request.args.get("q")).casefold()
    agents = db.session.scalars(noting.readers(conversation))
    found = [each.name for each in agents if goes_on(each.name, begun)]
    return render_template("thread/_names.html", names=found[:MOST_NAMES])


def goes_on(name: str, begun: str) -> bool:
    """Whether the name, or one of its words, begins like this."""
    whole = name.casefold()
    return whole.startswith(begun) or any(
        word.startswith(begun) for word in whole.split()
    )
