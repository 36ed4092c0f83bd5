"""Keeping a conversation's row true to its thread: the inbox reads one row each.

Every statement here can be repeated and can come late: it only moves a row forward.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Update,
    bindparam,
    case,
    func,
    null,
    select,
    update,
)

from conversations import db as database
from conversations.db import db
from conversations.models import Conversation, Message
from conversations.models.conversation import PREVIEW_LENGTH
from conversations.texting.status import Status


class Added(NamedTuple):
    """A message that now stands at the end of a conversation.

    One that `waits` asks for an answer. What a person wrote (`author_id`) is one.
    """

    conversation_id: int
    message_id: int
    at: datetime
    body: str
    author: str | None
    inbound: bool
    author_id: int | None = None
    waits: bool = False


def hold(conversation_ids: Iterable[int]) -> None:
    """Keep everybody else's hands off these conversations until the commit.

    Whoever changes several holds them first, in one order, so that nobody waits in a
    circle; and a message gets its id only then, so that ids grow as texts appear.
    """
    wanted = sorted(set(conversation_ids))
    if wanted and not database.on_sqlite():
        db.session.connection().execute(HOLD, {"conversations": wanted})


def hold_with(message_ids: Iterable[int]) -> None:
    """The same for the conversations that these messages stand in."""
    if not database.on_sqlite():
        wanted = {"messages": sorted(message_ids)}
        db.session.connection().execute(HOLD_WITH, wanted)


def add_all(messages: Iterable[Added]) -> None:
    """Show these messages in their conversations' rows, in the order given."""
    newest: dict[tuple[int, bool], Added] = {}
    since: dict[int, datetime] = {}
    for message in messages:
        newest[message.conversation_id, message.inbound] = message
        if message.waits:
            since.setdefault(message.conversation_id, message.at)
    heard = [message for message in newest.values() if message.inbound]
    said = [message for message in newest.values() if not message.inbound]
    execute(ADD_INBOUND, [inbound_row(m, since.get(m.conversation_id)) for m in heard])
    execute(ADD_OUTBOUND, [row_for(message) for message in said])


def execute(statement: Update, rows: list[dict[str, object]]) -> None:
    if rows:
        db.session.connection().execute(statement, rows)


def inbound_row(message: Added, since: datetime | None) -> dict[str, object]:
    return row_for(message) | {"since": since}


def row_for(message: Added) -> dict[str, object]:
    return {
        "conversation": message.conversation_id,
        "message": message.message_id,
        "at": message.at,
        "text": preview(message.body),
        "who": message.author,
        "who_id": message.author_id,
    }


def preview(body: str) -> str:
    """The beginning of a text on one line."""
    return " ".join(body[: PREVIEW_LENGTH * 2].split())[:PREVIEW_LENGTH]


def show_status(statuses: Sequence[tuple[int, int, Status]]) -> None:
    """Carry (conversation id, message id, status) to where that is the latest text."""
    if statuses:
        names = ("conversation", "message", "status")
        rows = [dict(zip(names, each, strict=True)) for each in statuses]
        db.session.connection().execute(SHOW_STATUS, rows)


def add_statement(side: str, own: dict[str, object]) -> Update:
    newer = bindparam("message") > func.coalesce(Conversation.last_message_id, 0)
    latest = getattr(Conversation, f"last_{side}_id")
    newest_of_side = bindparam("message") > func.coalesce(latest, 0)
    own = {f"last_{side}_id": bindparam("message"), **own}
    shown: dict[str, ColumnElement[Any]] = {
        "last_message_id": bindparam("message"),
        "last_message_at": bindparam("at"),
        "preview": bindparam("text"),
        "last_author": bindparam("who"),
        "last_author_id": bindparam("who_id", type_=Conversation.last_author_id.type),
    }
    columns = {
        name: case((condition, value), else_=getattr(Conversation, name))
        for condition, values in ((newer, shown), (newest_of_side, own))
        for name, value in values.items()
    }
    return (
        update(Conversation.__table__)  # type: ignore[arg-type]
        .where(Conversation.id == bindparam("conversation"))
        .values(**columns)
    )


HOLD = (
    select(Conversation.id)
    .where(Conversation.id.in_(bindparam("conversations", expanding=True)))
    .order_by(Conversation.id)
    .with_for_update(key_share=True)
)
HOLD_WITH = (
    select(Conversation.id)
    .where(
        Conversation.id.in_(
            select(Message.conversation_id).where(
                Message.id.in_(bindparam("messages", expanding=True))
            )
        )
    )
    .order_by(Conversation.id)
    .with_for_update(key_share=True)
)
# Whoever waits already goes on waiting since then; whatever a person answers ends it,
# and what a program sends does not.
WAITING = Conversation.waiting_since
BEGINS = func.coalesce(WAITING, bindparam("since", type_=WAITING.type))
BY_A_PERSON = bindparam("who_id", type_=Conversation.last_author_id.type).is_not(None)
ADD_INBOUND = add_statement("inbound", {"waiting_since": BEGINS})
ADD_OUTBOUND = add_statement(
    "outbound",
    {
        "last_outbound_status": Status.QUEUED,
        "waiting_since": case((BY_A_PERSON, null()), else_=WAITING),
    },
)
SHOW_STATUS = (
    update(Conversation.__table__)  # type: ignore[arg-type]
    .where(
        Conversation.id == bindparam("conversation"),
        Conversation.last_outbound_id == bindparam("message"),
    )
    .values(last_outbound_status=bindparam("status"))
)
