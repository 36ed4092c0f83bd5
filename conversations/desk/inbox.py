"""What the inbox shows: conversations by latest activity, a page at a time.

Only what the agent may see is ever there. Every read returns rows of (Conversation,
read_up_to): up to which message this agent has read it, or need not, because it was
there before them. Pages go by position (`before`), because the list moves.
"""

from sqlalchemy import Select, and_, case, or_, select

from conversations.desk import visibility
from conversations.models import Agent, Conversation, Customer, Line, ReadMark
from conversations.texting import phone

PAGE_SIZE = 40

Rows = Select[Conversation, int]


def latest(agent: Agent) -> Rows:
    """The newest page, and one row more, to know whether others follow."""
    return (
        everything(agent)
        .where(Conversation.last_message_id.is_not(None))
        .order_by(Conversation.last_message_id.desc())
        .limit(PAGE_SIZE + 1)
    )


def before(rows: Rows, message_id: int) -> Rows:
    """The page that follows the row whose latest message is `message_id`."""
    return rows.where(Conversation.last_message_id < message_id)


def matching(rows: Rows, words: str, agent: Agent) -> Rows:
    """Those whose customer's name, or whose number in any format, holds `words`."""
    name = Customer.name_key.contains(words.strip().casefold(), autoescape=True)
    digits = phone.digits(words)
    number = visibility.number_holds(agent, digits) if digits else None
    found = name if number is None else or_(name, number)
    return rows.where(Conversation.customer_id.in_(select(Customer.id).where(found)))


def one(agent: Agent, conversation_id: int) -> Rows:
    """The row of a single conversation."""
    return everything(agent).where(Conversation.id == conversation_id)


def everything(agent: Agent) -> Rows:
    mark = and_(
        ReadMark.conversation_id == Conversation.id, ReadMark.agent_id == agent.id
    )
    further = ReadMark.message_id > agent.read_before
    read_up_to = case((further, ReadMark.message_id), else_=agent.read_before)
    rows = select(Conversation, read_up_to).outerjoin(ReadMark, mark)
    return visibility.visible_to(agent, rows)


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
