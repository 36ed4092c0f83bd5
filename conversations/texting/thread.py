"""Keeping a conversation's row true to its thread: the inbox reads one row each.

Every statement here can be repeated and can come late: it only moves a row forward.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    Table,
    Update,
    case,
    func,
    null,
    select,
    update,
)

from conversations import db as database
from conversations.db import db
from conversations.many import ForEach, Types, Values, among
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
        held = HOLD.where(among(Conversation.id, wanted))
        db.session.connection().execute(held)


def hold_with(message_ids: Iterable[int]) -> None:
    """The same for the conversations that these messages stand in."""
    if not database.on_sqlite():
        said = select(Message.conversation_id).where(among(Message.id, message_ids))
        held = HOLD.where(Conversation.id.in_(said))
        db.session.connection().execute(held)


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
    ADD_INBOUND.execute([inbound_row(m, since.get(m.conversation_id)) for m in heard])
    ADD_OUTBOUND.execute([row_for(message) for message in said])


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
    names = ("conversation", "message", "status")
    SHOW_STATUS.execute([dict(zip(names, each, strict=True)) for each in statuses])


def add(side: str, own: dict[str, object], value: Values) -> Update:
    """The row shows the message, if it is newer than what the row shows already."""
    newer = value("message") > func.coalesce(TABLE.c.last_message_id, 0)
    latest = TABLE.c[f"last_{side}_id"]
    newest_of_side = value("message") > func.coalesce(latest, 0)
    own = {f"last_{side}_id": value("message"), **own}
    shown: dict[str, ColumnElement[Any]] = {
        "last_message_id": value("message"),
        "last_message_at": value("at"),
        "preview": value("text"),
        "last_author": value("who"),
        "last_author_id": value("who_id"),
    }
    columns = {
        name: case((condition, each), else_=TABLE.c[name])
        for condition, values in ((newer, shown), (newest_of_side, own))
        for name, each in values.items()
    }
    return of(value).values(**columns)


def add_inbound(value: Values) -> Update:
    """Whoever waits already goes on waiting since then."""
    begins = func.coalesce(TABLE.c.waiting_since, value("since"))
    return add("inbound", {"waiting_since": begins}, value)


def add_outbound(value: Values) -> Update:
    """What a person answers ends the waiting; what a program sends does not."""
    by_a_person = value("who_id").is_not(None)
    waiting = case((by_a_person, null()), else_=TABLE.c.waiting_since)
    own = {"last_outbound_status": Status.QUEUED, "waiting_since": waiting}
    return add("outbound", own, value)


def status_shown(value: Values) -> Update:
    latest = TABLE.c.last_outbound_id == value("message")
    return of(value).where(latest).values(last_outbound_status=value("status"))


def of(value: Values) -> Update:
    return update(TABLE).where(TABLE.c.id == value("conversation"))


TABLE = cast("Table", Conversation.__table__)
ID, AT, WORDS = TABLE.c.id.type, TABLE.c.last_message_at.type, TABLE.c.preview.type
SHOWN: Types = {
    "conversation": ID,
    "message": ID,
    "at": AT,
    "text": WORDS,
    "who": WORDS,
    "who_id": ID,
}
ADD_INBOUND = ForEach(add_inbound, {**SHOWN, "since": AT})
ADD_OUTBOUND = ForEach(add_outbound, SHOWN)
SHOW_STATUS = ForEach(
    status_shown, {"conversation": ID, "message": ID, "status": WORDS}
)

HOLD = select(Conversation.id).order_by(Conversation.id).with_for_update(key_share=True)
