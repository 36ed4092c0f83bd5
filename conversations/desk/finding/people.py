"""Whom a search finds: by a part of their name, or by any run of their digits."""

from sqlalchemy import ColumnElement, or_, select

from conversations.desk import inbox, visibility
from conversations.models import Agent, Conversation, Customer
from conversations.texting import phone

MOST = 5


def people(agent: Agent, words: str) -> inbox.Rows:
    """Their conversations, open or not, the latest first."""
    theirs = select(Customer.id).where(called(agent, words))
    rows = inbox.everything(agent).where(Conversation.customer_id.in_(theirs))
    spoken = rows.where(Conversation.last_message_id.is_not(None))
    return spoken.order_by(Conversation.last_message_id.desc()).limit(MOST)


def called(agent: Agent, words: str) -> ColumnElement[bool]:
    """A word with letters in it, such as "room 2", is no part of a number."""
    name = Customer.name_key.contains(words.casefold(), autoescape=True)
    if not phone.digits(words) or any(letter.isalpha() for letter in words):
        return name
    return or_(name, visibility.number_holds(agent, words))
