"""Reaching a customer: a conversation with a new number, and a name for it."""

from sqlalchemy import Select, select

from conversations.db import db
from conversations.desk import details
from conversations.models import Conversation, Customer, Line
from conversations.texting import directory, phone


def lines() -> Select[Line]:
    """The lines that texts may leave from."""
    return select(Line).where(Line.retired_at.is_(None)).order_by(Line.id)


def conversation_with(line: Line, number: str, region: str | None) -> Conversation:
    """The lifelong conversation with `number` on `line`, made if there is none yet.

    Raises `phone.InvalidAddress` with a sentence when `number` cannot be texted.
    """
    address = phone.parse(number, region)
    customer_id = directory.customer_ids([address])[address]
    side = (line.id, customer_id)
    return db.session.get_one(Conversation, directory.conversation_ids([side])[side])


def rename(customer: Customer, name: str) -> None:
    """Call the customer `name`, with every number and everywhere they write to us."""
    person = details.of_person(customer.person_id)
    for each in db.session.scalars(select(Customer).where(Customer.id.in_(person))):
        each.rename(name)
    details.tell(person)
