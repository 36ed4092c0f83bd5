"""A conversation's episodes, newest first: when each began and ended, and for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from conversations.db import db
from conversations.desk import closing
from conversations.models import Conversation, Episode

PAGE_SIZE = 20


@dataclass(frozen=True)
class Current:
    """What goes on since `opened_at`: from this message, by whoever owns it now."""

    opened_at: datetime
    first_message_id: int
    owner_id: int | None


@dataclass(frozen=True)
class Episodes:
    """A page of them; `older` is where the next one begins."""

    past: Sequence[Episode]
    current: Current | None = None
    older: int | None = None


def page(conversation: Conversation, before: int | None) -> Episodes:
    here = select(Episode).where(Episode.conversation_id == conversation.id)
    if before:
        here = here.where(Episode.id < before)
    found = here.order_by(Episode.id.desc()).limit(PAGE_SIZE + 1)
    rows = db.session.scalars(found).all()
    past = rows[:PAGE_SIZE]
    older = past[-1].id if len(rows) > PAGE_SIZE else None
    return Episodes(past, None if before else current(conversation), older)


def current(conversation: Conversation) -> Current | None:
    """What is under way, if anything is."""
    if conversation.closed_at:
        return None
    first = db.session.execute(closing.beginning(conversation)).first()
    if first is None:
        return None
    return Current(first.created_at, first.id, conversation.assignee_id)
