"""Keeping a conversation's row true to its thread: the inbox reads one row each.

Every statement here can be repeated and can come late: it only moves a row forward.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Update, bindparam, case, func, update

from conversations.db import db
from conversations.models import Conversation
from conversations.models.conversation import PREVIEW_LENGTH
from conversations.texting.status import Status


class Added(NamedTuple):
    """A message that now stands at the end of a conversation."""

    conversation_id: int
    message_id: int
    at: datetime
    body: str
    author: str | None
    inbound: bool


def add_all(messages: Iterable[Added]) -> None:
    """Show these messages in their conversations' rows, in the order given."""
    newest = {
        (message.conversation_id, message.inbound): message for message in messages
    }
    for inbound in (True, False):
        rows = [row_for(m) for m in newest.values() if m.inbound is inbound]
        if rows:
            db.session.connection().execute(
                ADD_INBOUND if inbound else ADD_OUTBOUND, rows
            )


def row_for(message: Added) -> dict[str, object]:
    return {
        "conversation": message.conversation_id,
        "message": message.message_id,
        "at": message.at,
        "text": preview(message.body),
        "who": message.author,
    }


def preview(body: str) -> str:
    """The beginning of a text on one line."""
    return " ".join(body[: PREVIEW_LENGTH * 2].split())[:PREVIEW_LENGTH]


def show_status(statuses: Sequence[tuple[int, Status]]) -> None:
    """Carry (message id, status) to the conversations whose latest text it is."""
    if statuses:
        rows = [{"message": message, "status": status} for message, status in statuses]
        db.session.connection().execute(SHOW_STATUS, rows)


def add_statement(own: dict[str, object]) -> Update:
    newer = bindparam("message") > func.coalesce(Conversation.last_message_id, 0)
    shown: dict[str, ColumnElement[Any]] = {
        "last_message_id": bindparam("message"),
        "last_message_at": bindparam("at"),
        "preview": bindparam("text"),
        "last_author": bindparam("who"),
    }
    columns = {
        name: case((newer, value), else_=getattr(Conversation, name))
        for name, value in shown.items()
    }
    return (
        update(Conversation.__table__)  # type: ignore[arg-type]
        .where(Conversation.id == bindparam("conversation"))
        .values(**columns, **own)
    )


ADD_INBOUND = add_statement({"last_inbound_id": bindparam("message")})
ADD_OUTBOUND = add_statement(
    {
        "last_outbound_id": bindparam("message"),
        "last_outbound_status": Status.QUEUED,
    }
)
SHOW_STATUS = (
    update(Conversation.__table__)  # type: ignore[arg-type]
    .where(Conversation.last_outbound_id == bindparam("message"))
    .values(last_outbound_status=bindparam("status"))
)
