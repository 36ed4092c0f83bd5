"""The same text under two ids: some gateways hand a text over twice. It is shown once.

Nothing is dropped: the second one is a message too, and points to the first. A customer
who says the same again after an answer of ours means it, and so does one who says it
again after a minute.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple, cast

from sqlalchemy import Table, select, update

from conversations.db import db
from conversations.many import NewRows, among
from conversations.models import Conversation, Message, RecentText

WINDOW = timedelta(seconds=60)


class Text(NamedTuple):
    """A text that has just become a message."""

    conversation_id: int
    message_id: int
    at: datetime
    body: str

    @property
    def key(self) -> tuple[int, str]:
        return self.conversation_id, digest(self.body)


class First(NamedTuple):
    """When these words came first, and as which message."""

    message_id: int
    at: datetime


def digest(body: str) -> str:
    return blake2b(body.encode("utf-8", "replace"), digest_size=16).hexdigest()


def mark(texts: Sequence[Text]) -> set[int]:
    """Point those that repeat a text at the first of its kind; their message ids."""
    firsts = recent({text.conversation_id for text in texts})
    repeats, new = [], {}
    for text in texts:
        first = firsts.get(text.key)
        if first and abs(text.at - first.at) <= WINDOW:
            repeats.append((text.message_id, first.message_id))
        else:
            firsts[text.key] = new[text.key] = First(text.message_id, text.at)
    remember(new)
    for message_id, first_id in repeats:
        point(message_id, first_id)
    return {message_id for message_id, _ in repeats}


def recent(conversation_ids: set[int]) -> dict[tuple[int, str], First]:
    """What was heard lately in these and not answered since."""
    query = (
        select(
            RecentText.conversation_id,
            RecentText.digest,
            RecentText.message_id,
            RecentText.heard_at,
            Conversation.last_outbound_id,
        )
        .join(Conversation, Conversation.id == RecentText.conversation_id)
        .where(among(RecentText.conversation_id, conversation_ids))
    )
    return {
        (row.conversation_id, row.digest): First(row.message_id, row.heard_at)
        for row in db.session.execute(query)
        if (row.last_outbound_id or 0) < row.message_id
    }


def remember(firsts: dict[tuple[int, str], First]) -> None:
    rows = [(*key, first.message_id, first.at) for key, first in firsts.items()]
    REMEMBER.execute([dict(zip(REMEMBERED, row, strict=True)) for row in rows])


REMEMBERED = ("conversation_id", "digest", "message_id", "heard_at")
REMEMBER = NewRows(
    cast("Table", RecentText.__table__), REMEMBERED, keys=("conversation_id", "digest")
)


def point(message_id: int, first_id: int) -> None:
    statement = update(Message).where(Message.id == message_id)
    db.session.execute(
        statement.values(repeat_of_id=first_id),
        execution_options={"synchronize_session": False},
    )
