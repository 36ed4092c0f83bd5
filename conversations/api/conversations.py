"""Reading conversations: newest first, page by page."""

from typing import TypeVar

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from conversations.api import shapes
from conversations.api.problems import Problem
from conversations.db import LARGEST_ID, db
from conversations.desk import inbox, timeline
from conversations.models import Conversation, Message

bp = Blueprint("conversations", __name__, url_prefix="/conversations")

Noun = TypeVar("Noun", Conversation, Message)

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
MAX_DIGITS = 18


@bp.get("")
def index() -> ResponseReturnValue:
    found = inbox.with_anybody()
    if number := request.args.get("customer"):
        found = inbox.with_number(found, number)
    if number := request.args.get("line"):
        found = inbox.on_line(found, number)
    if (before := position()) is not None:
        found = found.where(Conversation.last_message_id < before)
    rows, more = page(found)
    following = rows[-1].last_message_id if more else None
    return jsonify(
        data=[shapes.conversation(row) for row in rows], next=cursor(following)
    )


@bp.get(f"/<int(max={LARGEST_ID}):conversation_id>/messages")
def messages(conversation_id: int) -> ResponseReturnValue:
    conversation = db.session.get(Conversation, conversation_id)
    if conversation is None:
        raise Problem(404, "not_found", "There is no such conversation.")
    found = timeline.texts_of(conversation)
    if (before := position()) is not None:
        found = timeline.older(found, before)
    rows, more = page(found)
    following = rows[-1].id if more else None
    data = [shapes.message(row, conversation) for row in rows]
    return jsonify(data=data, next=cursor(following))


def page(found: Select[Noun]) -> tuple[list[Noun], bool]:
    """The page that was asked for, and whether another follows."""
    limit = number("limit", DEFAULT_LIMIT)
    limit = min(max(limit or 1, 1), MAX_LIMIT)
    rows = list(db.session.scalars(found.limit(limit + 1)))
    return rows[:limit], len(rows) > limit


def position() -> int | None:
    return number("before", None)


def number(name: str, default: int | None) -> int | None:
    text = request.args.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS):
        raise Problem(400, "not_a_number", f"{name} must be a whole number.")
    return int(text)


def cursor(id: int | None) -> str | None:
    """The `before` of the next page, as a text: callers need not know it is an id."""
    return None if id is None else str(id)
