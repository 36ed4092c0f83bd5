"""What an agent has typed and not sent: kept while they type, and discarded."""

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db
from conversations.desk import scheduling, unsent
from conversations.texting import sending
from conversations.web.desk import thread
from conversations.web.desk.drafts import key
from conversations.web.entrance.access import agent, by_script, guard
from conversations.web.forms import lines

# The box may be emptied.
TAKEN = 205

bp = Blueprint(
    "unsent",
    __name__,
    url_prefix="/conversations/<id:conversation_id>/unsent/<any(reply, note):mode>",
)
guard(bp)


@bp.get("")
def kept(conversation_id: int, mode: str) -> ResponseReturnValue:
    """What is kept now, for a page that may be older than it."""
    conversation, _ = thread.find(conversation_id)
    body = unsent.kept(agent(), conversation).get(mode, "")
    return Response(body, mimetype="text/plain")


@bp.post("")
def keep(conversation_id: int, mode: str) -> ResponseReturnValue:
    if "body" not in request.form:
        abort(400)
    conversation, _ = thread.find(conversation_id)
    body = lines(request.form["body"])
    if sent_already(body):
        unsent.forget(agent(), conversation, mode)
        db.session.commit()
        return "", TAKEN
    unsent.keep(agent(), conversation, mode, body)
    db.session.commit()
    return "", 204


def sent_already(body: str) -> bool:
    """Whether it reached us under the key with which its author sent it, and left."""
    given = request.form.get("key")
    if not given:
        return False
    sent_as = key(given, body)
    return bool(sending.submitted(sent_as) or scheduling.put_off_before(sent_as))


@bp.post("/discarding")
def discard(conversation_id: int, mode: str) -> ResponseReturnValue:
    conversation, _ = thread.find(conversation_id)
    unsent.forget(agent(), conversation, mode)
    db.session.commit()
    if by_script():
        return "", 204
    return redirect(url_for("thread.show", conversation_id=conversation_id), 303)
