"""Whom a search finds: by a part of their name, or by any run of their digits."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, select

from conversations.desk import inbox, visibility
from conversations.desk.finding import asked
from conversations.desk.finding.asked import Chip
from conversations.models import Agent, Conversation, Customer

MOST = 5
# Filters that say something of a conversation, and so of whom it is with.
OF_PEOPLE = (asked.TAG, asked.LINE)


def people(
    agent: Agent, words: str, met: Iterable[ColumnElement[bool]] = ()
) -> inbox.Rows:
    """Their conversations that have `met` this, open or not, the latest first.

    One more than `MOST`, to know whether there are others.
    """
    theirs = select(Customer.id).where(called(agent, words))
    rows = inbox.everything(agent).where(Conversation.customer_id.in_(theirs), *met)
    spoken = rows.where(Conversation.last_message_id.is_not(None))
    return spoken.order_by(Conversation.last_message_id.desc()).limit(MOST + 1)


def are_of_people(chips: Iterable[Chip]) -> bool:
    return all(chip.name in OF_PEOPLE for chip in chips)


def called(agent: Agent, words: str) -> ColumnElement[bool]:
    """A word with letters in it, such as "room 2", is no part of a number."""
    if any(letter.isalpha() for letter in words):
        return visibility.named(words)
    return visibility.known_by(agent, words)
