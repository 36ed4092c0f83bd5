"""Taking a thread away: on paper, or as files in a sealed zip."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conversations.db import db, utcnow
from conversations.desk import visibility
from conversations.desk.audit import Act
from conversations.models import Conversation
from conversations.web import pages
from conversations.web.entrance.access import agent, config, guard
from conversations.web.entrance.noting import note, note_seen
from conversations.web.exports import paper, threads
from conversations.web.exports.streaming import filename, streamed
from conversations.web.exports.threads import Thread
from conversations.web.showing import people

bp = Blueprint("exports", __name__, url_prefix="/conversations/<id:conversation_id>")
guard(bp)


@bp.get("/export")
def show(conversation_id: int) -> ResponseReturnValue:
    return export_page(find(conversation_id))


@bp.get("/paper")
def on_paper(conversation_id: int) -> ResponseReturnValue:
    """A page to print, from the browser's own menu."""
    thread = wanted(conversation_id, notes=request.args.get("notes") == "1")
    note_seen(Act.OPENED, "conversation", conversation_id)
    heading = paper.heading(thread.conversation, agent(), thread.made_at)
    return streamed(paper.shown(heading, thread.sheets()), "text/html")


@bp.post("/export")
def take(conversation_id: int) -> ResponseReturnValue:
    chosen = request.form.getlist("format")
    formats = [each for each in threads.FORMATS if each in chosen]
    if not formats:
        problem = _("Choose at least one kind of file.")
        pages.look_again()
        return export_page(find(conversation_id), problem), 422
    find(conversation_id)
    notes = "notes" in request.form
    note(Act.EXPORTED, "conversation", conversation_id, formats=formats, notes=notes)
    db.session.commit()
    pages.look_again()
    thread = wanted(conversation_id, notes=notes)
    pieces = threads.zipped(thread, formats, config().secret_key)
    local = thread.made_at.astimezone(agent().zone)
    name = filename(f"conversation-{conversation_id}", local)
    return streamed(pieces, "application/zip", name)


def find(conversation_id: int) -> Conversation:
    return visibility.conversation(agent(), conversation_id) or abort(404)


def wanted(conversation_id: int, *, notes: bool) -> Thread:
    return Thread(find(conversation_id), agent(), utcnow(), notes)


def export_page(conversation: Conversation, problem: str = "") -> str:
    return pages.page(
        "export/thread.html",
        name=people.called(conversation.customer, agent()),
        conversation_id=conversation.id,
        zone=agent().time_zone,
        problem=problem,
    )
