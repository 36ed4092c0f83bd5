"""Who plays in the tests: Kaleyra's callbacks, and customers who text through them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Select, inspect, select
from werkzeug.test import TestResponse

from conversations.db import db, read_only
from conversations.models import Conversation, Message
from conversations.models import Customer as CustomerRow
from conversations.texting import sending
from conversations.texting.sending import Draft
from tests.support.stage import current_app

ids = count(1)


@dataclass
class Caller:
    """Kaleyra at our callback addresses, with the right secret."""

    client: FlaskClient
    token: str

    def inbound(self, said: dict[str, str]) -> TestResponse:
        """A customer's text, as JSON in Kaleyra's own names."""
        return self.post("inbound", json=said)

    def status(self, said: dict[str, str], query: str = "") -> TestResponse:
        """A delivery report; `query` is what our callback address carried."""
        return self.post(f"status?{query}", json=said)

    def post(self, address: str, **request: Any) -> TestResponse:
        headers = {"X-Hook-Token": self.token} | request.pop("headers", {})
        url = f"/hooks/kaleyra/{address}"
        return self.client.post(url, headers=headers, **request)


@dataclass
class Customer:
    """A customer with a phone; what they text arrives at our callback address."""

    number: str
    line: str
    caller: Caller
    texted: list[str] = field(default_factory=list)

    def texts(self, body: str, *, id: str | None = None, **said: str) -> TestResponse:
        self.texted.append(body)
        return self.caller.inbound(
            {
                "source": self.number.removeprefix("+"),
                "recipient": self.line,
                "message": body,
                "id": id or f"90e1-{next(ids)}",
                "timestamp": "2026-11-22 10:00:00",
                **said,
            }
        )

    @property
    def conversation(self) -> Conversation:
        """The conversation with us, as it stands now."""
        query = (
            select(Conversation)
            .join(CustomerRow, CustomerRow.id == Conversation.customer_id)
            .where(CustomerRow.address == self.number)
        )
        return the(query)

    @property
    def messages(self) -> list[Message]:
        """The thread, oldest first, as it stands now."""
        query = (
            select(Message)
            .where(Message.conversation_id == self.conversation.id)
            .order_by(Message.id)
        )
        return everything(query)


def we_reply(customer: Customer, body: str, **more: Any) -> Message:
    """An agent's reply to this customer, waiting in the outbox."""
    conversation_id = customer.conversation.id
    with writing():
        conversation = db.session.get_one(Conversation, conversation_id)
        draft = Draft(body=body, author="Ana", **more)
        message = sending.reply(conversation, draft)
        assert isinstance(message, Message), message
        id = message.id
    return now(id)


def now(message: Message | int) -> Message:
    """The message as it stands in the database now."""
    id = message if isinstance(message, int) else inspect(message).identity[0]
    return the(select(Message).where(Message.id == id))


def the(query: Select[Any]) -> Any:
    """The one thing this query finds in the database now."""
    (found,) = everything(query)
    return found


def everything(query: Select[Any]) -> list[Any]:
    """What this query finds in the database now."""
    with current_app().app_context():
        read_only()
        return list(db.session.scalars(query))


@contextmanager
def writing() -> Iterator[None]:
    """What a test writes itself, committed at the end of the block."""
    with current_app().app_context():
        yield
        db.session.commit()
