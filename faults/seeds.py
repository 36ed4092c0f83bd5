"""A past: texts of customers that were there before, none of which may go."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Engine, insert, select

from conversations.models import Conversation, Message

AT_ONCE = 1_000


def past_texts(engine: Engine, count: int, words: str = "") -> None:
    """So many texts of customers', each other than all others, in one conversation."""
    with engine.begin() as connection:
        home = connection.execute(select(Conversation.id).limit(1)).scalar_one()
        rows = texts(home, count, words)
        while some := list(islice(rows, AT_ONCE)):
            connection.execute(insert(Message), some)


def texts(conversation: int, count: int, words: str) -> Iterator[dict[str, Any]]:
    for number in range(count):
        yield {
            "conversation_id": conversation,
            "direction": "inbound",
            "body": f"past {number}{words}",
            "status": "received",
            "segments": 1,
            "encoding": "gsm7",
        }
