"""Rows to measure with, written in bulk: customers, conversations and messages."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    create_engine,
    func,
    insert,
    literal,
    select,
    text,
    update,
)

from bench import people
from bench.load.callbacks import customer
from bench.serving import LINE
from conversations.engines import database_url
from conversations.models import (
    Conversation,
    ConversationTag,
    Customer,
    Line,
    Message,
    ReadMark,
    Tag,
)
from conversations.models.message import INBOUND, OUTBOUND
from conversations.texting.letters import folded
from conversations.texting.status import Status

Row = dict[str, Any]

# A year before today, so that a history of a year is over: reports count what is past.
STARTED_AT = datetime.now(UTC).replace(
    hour=0, minute=0, second=0, microsecond=0
) - timedelta(days=365)
APART = timedelta(minutes=3)
AUTHOR = "Ana"
SIX, SEVEN, SEVENTEEN, NINETEEN, MOST = 6, 7, 17, 19, 97
SAYINGS = (
    "Hello, thanks, I will be there tomorrow morning. ",
    "Is my order ready? ",
    "Sorry, we are closed today; please come after ten. ",
    "Yes. ",
    "Could you deliver to number six instead? ",
)


@contextmanager
def writing(url: str) -> Iterator[Connection]:
    """One transaction on the database, committed at the end.

    PostgreSQL then counts what is in its tables, as it soon does by itself.
    """
    engine = create_engine(database_url(url))
    with engine.begin() as connection:
        yield connection
        if engine.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))
    engine.dispose()


def conversations(connection: Connection, count: int) -> list[int]:
    """Make so many customers with a conversation each; the conversations' ids."""
    line = line_id(connection)
    customers = [customer_row(number) for number in range(count)]
    connection.execute(insert(Customer), customers)
    ids = connection.scalars(select(Customer.id).order_by(Customer.id))
    rows = [conversation_row(line, id) for id in ids]
    connection.execute(insert(Conversation), rows)
    return list(connection.scalars(select(Conversation.id).order_by(Conversation.id)))


def line_id(connection: Connection) -> int:
    known = connection.scalar(select(Line.id).where(Line.address == LINE))
    if known is not None:
        return known
    connection.execute(
        insert(Line), {"address": LINE, "sender": LINE, "created_at": STARTED_AT}
    )
    return line_id(connection)


def customer_row(number: int) -> Row:
    address = customer(number)
    name = people.name(number)
    return {
        "address": address,
        "digits": address.removeprefix("+"),
        "name": name,
        "name_key": name and folded(name),
        "created_at": STARTED_AT,
    }


def conversation_row(line: int, customer_id: int) -> Row:
    return {
        "line_id": line,
        "customer_id": customer_id,
        "preview": "",
        "created_at": STARTED_AT,
    }


def threads(connection: Connection, conversation_ids: list[int], each: int) -> None:
    """Give every conversation so many messages, all of them talking at once."""
    chance = Random(7)
    for turn in range(each):
        rows = [message_row(id, turn, chance) for id in conversation_ids]
        connection.execute(insert(Message), rows)
    show_latest(connection)


def message_row(conversation_id: int, turn: int, chance: Random) -> Row:
    inbound = turn % 2 == 0
    at = STARTED_AT + turn * timedelta(days=1) + conversation_id * APART
    return {
        "conversation_id": conversation_id,
        "direction": INBOUND if inbound else OUTBOUND,
        "body": "".join(chance.choices(SAYINGS, k=chance.randint(1, 4))).strip(),
        "status": Status.RECEIVED if inbound else Status.DELIVERED,
        "segments": 1,
        "encoding": "gsm7",
        "created_at": at,
        "sent_at": None if inbound else at,
        "delivered_at": None if inbound else at,
        "author": None if inbound else AUTHOR,
        "attempts": 0 if inbound else 1,
    }


def show_latest(connection: Connection) -> None:
    """Carry the latest messages to the conversations' rows."""
    connection.execute(
        update(Conversation).values(
            last_message_id=newest(),
            last_inbound_id=newest(Message.direction == INBOUND),
            last_outbound_id=newest(Message.direction == OUTBOUND),
            last_outbound_status=Status.DELIVERED,
            last_author=AUTHOR,
        )
    )
    latest = select(Message).where(Message.id == Conversation.last_message_id)
    connection.execute(
        update(Conversation).values(
            last_message_at=latest.with_only_columns(
                Message.created_at
            ).scalar_subquery(),
            preview=latest.with_only_columns(Message.body).scalar_subquery(),
        )
    )


def work(connection: Connection, agent_ids: list[int]) -> None:
    """Give conversations the states that a year leaves, each in its own proportion.

    Of a hundred, 60 are closed and 3 snoozed; the first agent has 5 and has read all
    but the newest; 10 wait, of which half are open; one failed; 10 have a tag.
    """
    id, at = Conversation.id, Conversation.last_message_at
    for place, columns in (
        (id % 10 < SIX, {"closed_at": at}),
        (id % 100 >= MOST, {"snoozed_at": at}),
        (id % 20 == 1, {"waiting_since": at}),
        (id % 20 == NINETEEN, {"waiting_since": at}),
        (id % 20 == SEVENTEEN, {"assignee_id": agent_ids[0]}),
        (id % 100 == SEVENTEEN, {"last_outbound_status": Status.FAILED}),
        (id % 100 == NINETEEN, {"follow_up_at": STARTED_AT}),
    ):
        connection.execute(update(Conversation).where(place).values(columns))
    tags = [{"name": name, "created_at": STARTED_AT} for name in ("orders", "billing")]
    connection.execute(insert(Tag), tags)
    tag = connection.scalars(select(Tag.id).order_by(Tag.id)).first()
    tagged = select(id, literal(tag)).where(id % 10 == SEVEN)
    into = insert(ConversationTag).from_select(["conversation_id", "tag_id"], tagged)
    connection.execute(into)
    read = select(literal(agent_ids[0]), id, Conversation.last_message_id)
    names = ["agent_id", "conversation_id", "message_id"]
    marks = read.where(id % 1000 != 0, Conversation.last_message_id.is_not(None))
    connection.execute(insert(ReadMark).from_select(names, marks))


def newest(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    """The id of the latest message of a conversation that meets these conditions."""
    here = Message.conversation_id == Conversation.id
    return select(func.max(Message.id)).where(here, *conditions).scalar_subquery()


def waiting_texts(connection: Connection, conversation_ids: list[int]) -> None:
    """Queue a text in each of these conversations, all due now."""
    now = datetime.now(UTC)
    rows = [waiting_row(id, now) for id in conversation_ids]
    connection.execute(insert(Message), rows)


def accepted_texts(
    connection: Connection, conversation_ids: list[int], references: list[str]
) -> None:
    """A text that Kaleyra took for each of these references."""
    now = datetime.now(UTC)
    rows = [
        waiting_row(conversation_ids[place % len(conversation_ids)], now)
        | {"reference": reference, "status": Status.ACCEPTED}
        for place, reference in enumerate(references)
    ]
    connection.execute(insert(Message), rows)


def waiting_row(conversation_id: int, now: datetime) -> Row:
    return {
        "conversation_id": conversation_id,
        "direction": OUTBOUND,
        "body": f"Your order {conversation_id} is ready.",
        "status": Status.QUEUED,
        "segments": 1,
        "encoding": "gsm7",
        "created_at": now,
        "author": AUTHOR,
        "reference": uuid4().hex,
        "due_at": now,
        "attempts": 0,
    }
