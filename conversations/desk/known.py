"""Whom an agent means by a part of a name, or by digits of a number in any format."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from conversations.many import among
from conversations.models import Agent, Conversation, Customer
from conversations.searching import pieces
from conversations.texting import phone
from conversations.texting.letters import folded

# Of more than these, somebody's conversation is soon met by looking at the latest.
FEW = 1_000


def few(agent: Agent, words: str) -> Select[int]:
    """The ids of those known by `words`; one more than `FEW` when there are many."""
    return select(Customer.id).where(looked_up(agent, words)).limit(FEW + 1)


def talked_to(agent: Agent, words: str, found: Sequence[int]) -> ColumnElement[bool]:
    """Whether a conversation is with somebody known by `words`, given `few`.

    Of many, each conversation is asked when its turn comes: PostgreSQL does so for a
    value; what must exist it looks up for all of them first.
    """
    if len(found) <= FEW:
        return among(Conversation.customer_id, found)
    theirs = select(known_by(agent, words)).where(
        Customer.id == Conversation.customer_id
    )
    return cast("ColumnElement[bool]", theirs.scalar_subquery())


def talked_to_at_all(agent: Agent, words: str) -> ColumnElement[bool]:
    """The same for who wants all of them, however many."""
    theirs = select(Customer.id).where(looked_up(agent, words))
    return Conversation.customer_id.in_(theirs)


def looked_up(agent: Agent, words: str) -> ColumnElement[bool]:
    """Whether a customer is known by `words`, by way of the index."""
    name = pieces.may_hold(pieces.NAMES, folded(words.strip()))
    digits = (pieces.may_hold(pieces.NUMBERS, each) for each in numbers(words))
    return and_(or_(name, *digits), known_by(agent, words))


def known_by(agent: Agent, words: str) -> ColumnElement[bool]:
    """Whether a customer's name, or their number in any format, holds `words`."""
    return or_(named(words), *(digits_held(agent, each) for each in numbers(words)))


def named(words: str) -> ColumnElement[bool]:
    """Whether a customer's name holds `words`, whatever their case and accents."""
    return Customer.name_key.contains(folded(words.strip()), autoescape=True)


def numbers(words: str) -> list[str]:
    """The digits a number may have; something with letters, as "room 2", is none."""
    if any(letter.isalpha() for letter in words) or not phone.digits(words):
        return []
    return sorted(phone.spellings(words))


def digits_held(agent: Agent, digits: str) -> ColumnElement[bool]:
    """Whether a customer's number has exactly these digits in it.

    An agent to whom numbers are masked finds only what they know already: a whole
    number, or the four digits at the end that they see. Anything else would tell them
    the number, digit by digit.
    """
    if agent.sees_numbers:
        return Customer.digits.contains(digits)
    if len(digits) != phone.SHOWN_WHEN_MASKED:
        return Customer.digits == digits
    long_enough = func.length(Customer.digits) >= phone.LONG_ENOUGH_TO_MASK
    return and_(Customer.digits.endswith(digits), long_enough)
