"""What is known of a customer besides their texts: read for the panel, and changed."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Select, delete, or_, select

from conversations.db import db, upsert
from conversations.desk import visibility
from conversations.live import changes
from conversations.models import (
    Agent,
    Conversation,
    Customer,
    CustomerValue,
    Episode,
    Message,
)
from conversations.texting import zones
from conversations.texting.opting import OPTED_OUT

EPISODES_SHOWN = 20
THREADS_SHOWN = 50


class Overtaken(Exception):
    """Somebody else changed the same since it was shown."""


def of_person(person_id: int) -> Select[int]:
    """The ids of the customers who are this person."""
    merged = Customer.merged_into_id == person_id
    return select(Customer.id).where(or_(Customer.id == person_id, merged))


def threads(agent: Agent, customer_ids: Select[int]) -> Select[Conversation]:
    """The conversations with these customers that the agent may see, latest first."""
    theirs = (
        select(Conversation)
        .where(Conversation.customer_id.in_(customer_ids))
        .order_by(Conversation.last_message_id.desc())
        .limit(THREADS_SHOWN)
    )
    return visibility.visible_to(agent, theirs)


def episodes(conversation_ids: Collection[int]) -> Select[Episode]:
    """The matters that were closed in these, latest first."""
    return (
        select(Episode)
        .where(
            Episode.conversation_id.in_(conversation_ids),
            Episode.closed_at.is_not(None),
        )
        .order_by(Episode.id.desc())
        .limit(EPISODES_SHOWN)
    )


def stops(threads: Sequence[Conversation]) -> Mapping[int, Message]:
    """The text that opted out of each of these, where a text did and not a report."""
    out = [each.id for each in threads if each.opted_out]
    if not out:
        return {}
    said = (
        select(Message)
        .where(Message.conversation_id.in_(out), Message.consent == OPTED_OUT)
        .order_by(Message.id)
    )
    return {text.conversation_id: text for text in db.session.scalars(said)}


def values(customer_id: int) -> Mapping[int, str]:
    """What is known, by the id of its field."""
    theirs = CustomerValue.customer_id == customer_id
    known = select(CustomerValue.field_id, CustomerValue.value).where(theirs)
    return {row.field_id: row.value for row in db.session.execute(known)}


def set_values(
    customer_id: int, wanted: Mapping[int, str], known: Mapping[int, str]
) -> Sequence[int]:
    """Know this of the customer, empty is nothing; the ids of what changed.

    `known` is what whoever wrote this saw before; what they left so stays as it is.
    Raises `Overtaken` when somebody else wrote something different there meanwhile.
    """
    before = values(customer_id)
    changed = []
    for field_id, value in wanted.items():
        now = before.get(field_id, "")
        if value not in (now, known.get(field_id, now)):
            if now != known.get(field_id, now):
                raise Overtaken
            changed.append(field_id)
    for field_id in changed:
        set_value(customer_id, field_id, wanted[field_id])
    return changed


def set_value(customer_id: int, field_id: int, value: str) -> None:
    there = {"customer_id": customer_id, "field_id": field_id}
    if value:
        new = upsert(CustomerValue).values(**there, value=value)
        db.session.execute(
            new.on_conflict_do_update(index_elements=list(there), set_={"value": value})
        )
    else:
        db.session.execute(delete(CustomerValue).filter_by(**there))


def zone_will_do(name: str) -> bool:
    return not name or name in zones.known()


def set_zone(customer: Customer, name: str, known: str) -> bool:
    """Their zone from now on, empty for what the number tells; whether it changed.

    `known` as for `set_values`. Raises `Overtaken`.
    """
    now = customer.time_zone or ""
    if name in (now, known):
        return False
    if now != known:
        raise Overtaken
    theirs = of_person(customer.person_id)
    for each in db.session.scalars(select(Customer).where(Customer.id.in_(theirs))):
        each.time_zone = name or None
    return True


def tell(customer_ids: Collection[int] | Select[int]) -> None:
    """Whoever has their threads open shall see what changed."""
    theirs = select(Conversation.id).where(Conversation.customer_id.in_(customer_ids))
    changes.note_all((id, None) for id in db.session.scalars(theirs))
