"""Whom a search finds: by a part of their name, or by any run of their digits."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement

from conversations.desk import inbox
from conversations.desk.finding import asked
from conversations.desk.finding.asked import Chip
from conversations.models import Agent, Conversation

MOST = 5
# Filters that say something of a conversation, and so of whom it is with.
OF_PEOPLE = (asked.TAG, asked.LINE)


def people(
    agent: Agent, theirs: ColumnElement[bool], met: Iterable[ColumnElement[bool]] = ()
) -> inbox.Rows:
    """The conversations that are `theirs` and have `met` this, open or not.

    The latest first; one more than `MOST`, to know whether there are others.
    """
    rows = inbox.everything(agent).where(theirs, *met)
    spoken = rows.where(Conversation.last_message_id.is_not(None))
    return spoken.order_by(Conversation.last_message_id.desc()).limit(MOST + 1)


def are_of_people(chips: Iterable[Chip]) -> bool:
    return all(chip.name in OF_PEOPLE for chip in chips)
