"""What the inbox shows: conversations as a view wants them, a page at a time.

Only what the agent may see is ever there. Every read returns rows of (Conversation,
read_up_to): up to which message this agent has read it, or need not, because it was
there before them. Pages go by position (`following`), because the list moves.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import lazyload

from conversations.db import db
from conversations.desk import filters, known, visibility
from conversations.desk.views import LONGEST_WAIT, View
from conversations.models import Agent, Conversation, Customer, Line, ReadMark
from conversations.texting import phone

PAGE_SIZE = 40
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

Rows = Select[Conversation, int]


@dataclass(frozen=True)
class Place:
    """Where a row stands: the larger, the higher; `id` decides between equals."""

    rank: int
    id: int


def listed(agent: Agent, view: View, words: str = "") -> Rows:
    """The first page, and one row more, to know whether others follow.

    Whoever looks for somebody by name or number means everybody, closed or not. Lines
    the session knows already are not read again with every row.
    """
    found = wanted(agent, view, words).options(lazyload(Conversation.line))
    if in_turn(view):
        ordered = found.order_by(Conversation.waiting_since, Conversation.id)
    else:
        ordered = found.order_by(Conversation.last_message_id.desc())
    return ordered.limit(PAGE_SIZE + 1)


def wanted(agent: Agent, view: View, words: str = "") -> Rows:
    met = filters.conditions(agent, view, anywhere=bool(words))
    found = everything(agent).where(Conversation.last_message_id.is_not(None), *met)
    return matching(found, words, agent) if words else found


def standing(agent: Agent, view: View, words: str, conversation_id: int) -> Rows:
    """The row of a single conversation, if it stands in this view."""
    return wanted(agent, view, words).where(Conversation.id == conversation_id)


def longest_waiting(agent: Agent, view: View) -> Rows:
    """Whom to answer next, of all who stand in this view."""
    waiting = replace(view, order=LONGEST_WAIT)
    return listed(agent, waiting).limit(1)


def following(rows: Rows, view: View, place: Place) -> Rows:
    """The page that follows the row that stood at `place`."""
    if not in_turn(view):
        return rows.where(Conversation.last_message_id < place.rank)
    since = EPOCH - place.rank * MICROSECOND
    key = tuple_(Conversation.waiting_since, Conversation.id)
    return rows.where(key > tuple_(since, place.id))


def in_turn(view: View) -> bool:
    return view.order == LONGEST_WAIT


def rank(conversation: Conversation, view: View) -> int:
    """How high a row stands in the view's order."""
    if in_turn(view):
        since = conversation.waiting_since or EPOCH
        return (EPOCH - since) // MICROSECOND
    return conversation.last_message_id or 0


def matching(rows: Rows, words: str, agent: Agent) -> Rows:
    """Those whose customer's name, or whose number in any format, holds `words`."""
    found = db.session.scalars(known.few(agent, words)).all()
    return rows.where(known.talked_to(agent, words, found))


def one(agent: Agent, conversation_id: int) -> Rows:
    """The row of a single conversation."""
    return everything(agent).where(Conversation.id == conversation_id)


def everything(agent: Agent) -> Rows:
    read_up_to, mark = filters.read_up_to(agent), filters.marked_by(agent)
    rows = select(Conversation, read_up_to).outerjoin(ReadMark, mark)
    return rows if agent.admin else rows.where(visibility.may_see(agent))


def with_anybody() -> Select[Conversation]:
    """Every conversation, latest first, for programs, which have read nothing."""
    return (
        select(Conversation)
        .where(Conversation.last_message_id.is_not(None))
        .order_by(Conversation.last_message_id.desc())
    )


def with_number(found: Select[Conversation], number: str) -> Select[Conversation]:
    """Only with the customer at exactly this number, in whatever format it is given."""
    digits = phone.digits(number)
    same = Customer.digits == digits if digits else Customer.address == number
    customer = select(Customer.id).where(same)
    return found.where(Conversation.customer_id.in_(customer))


def on_line(found: Select[Conversation], number: str) -> Select[Conversation]:
    addresses = (number, f"+{phone.digits(number)}", phone.digits(number))
    line = select(Line.id).where(Line.address.in_(addresses))
    return found.where(Conversation.line_id.in_(line))


def unread(conversation: Conversation, read_up_to: int) -> bool:
    """Whether the customer wrote something that this agent has not seen."""
    return (conversation.last_inbound_id or 0) > read_up_to
