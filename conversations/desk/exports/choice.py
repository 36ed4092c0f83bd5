"""Which messages are taken away, and what of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from conversations.db import db
from conversations.desk import filters, visibility
from conversations.desk.views import View
from conversations.models import Agent, Conversation, Customer, Line, Message
from conversations.models.message import texts

COLUMNS = (
    Message.id,
    Message.conversation_id,
    Line.address.label("line"),
    Customer.address.label("number"),
    Customer.name,
    Message.direction,
    Message.body,
    Message.status,
    Message.segments,
    Message.encoding,
    Message.created_at,
    Message.sent_at,
    Message.delivered_at,
    Message.author,
    Message.failure_code,
    Message.failure_text,
    Message.provider_id,
    Message.reference,
    Message.retry_of_id,
    Message.repeat_of_id,
)


@dataclass(frozen=True)
class Choice:
    """What an agent wants of the messages that they may see.

    From `since` and before `until`; with `notes`, also what only colleagues see. Where
    `search` is kept, what it finds; if `whole`, the conversations it finds that in.
    """

    view: View
    conversation_id: int = 0
    since: datetime | None = None
    until: datetime | None = None
    notes: bool = False
    search: str = ""
    whole: bool = False


def messages(agent: Agent, choice: Choice) -> Select[Any]:
    """Their columns, in no order yet; whatever selects `COLUMNS` can be exported."""
    found = everything()
    if choice.conversation_id:
        found = found.where(Message.conversation_id == choice.conversation_id)
    else:
        found = found.where(*filters.conditions(agent, choice.view))
    if choice.since:
        found = found.where(Message.created_at >= choice.since)
    if choice.until:
        found = found.where(Message.created_at < choice.until)
    if not choice.notes:
        found = found.where(texts())
    visible: Select[Any] = visibility.visible_to(agent, found)
    return visible


def everything() -> Select[Any]:
    """All messages with `COLUMNS`, whoever may see them."""
    found: Any = (
        select(*COLUMNS)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(Customer, Customer.id == Conversation.customer_id)
        .join(Line, Line.id == Conversation.line_id)
    )
    rows: Select[Any] = found
    return rows


def count(found: Select[Any]) -> int:
    ids = found.with_only_columns(Message.id).subquery()
    return db.session.scalar(select(func.count()).select_from(ids)) or 0
