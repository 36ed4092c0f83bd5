"""Customers who are one person with several numbers: found, merged and separated.

Nothing moves. Each number keeps its conversations, and a reply goes to the number of
its thread; merged, they share a name, a zone and the details of the one that is kept.
Separated, both have again what they had.
"""

from sqlalchemy import Select, func, select

from conversations.db import db, utcnow
from conversations.desk import details, known, visibility
from conversations.models import Agent, Conversation, Customer, CustomerMerge, Message
from conversations.texting.consent import Refusal
from conversations.words import N_

MOST_FOUND = 20
PAGE_SIZE = 50

SAME = Refusal("same_person", N_("They are the same person already."))
SEVERAL = Refusal(
    "several_numbers",
    N_("This one has several numbers already. Begin there, or separate them first."),
)


def candidates(agent: Agent, customer: Customer, words: str) -> Select[Customer]:
    """Whom the agent sees and may mean by a name or number; not this very person."""
    theirs = select(Conversation.id).where(Conversation.customer_id == Customer.id)
    return (
        select(Customer)
        .where(
            known.looked_up(agent, words),
            Customer.id.not_in(details.of_person(customer.person_id)),
            visibility.visible_to(agent, theirs).exists(),
        )
        .order_by(Customer.name_key, Customer.id)
        .limit(MOST_FOUND)
    )


def objection(customer: Customer, other: Customer) -> Refusal | None:
    """Why the two cannot be merged."""
    if customer.person_id == other.person_id:
        return SAME
    merged = select(func.count()).where(Customer.merged_into_id == other.id)
    return SEVERAL if other.merged_into_id or db.session.scalar(merged) else None


def merge(customer: Customer, other: Customer) -> Refusal | None:
    """Make `other` the same person as `customer`, whose details are kept."""
    hold(customer, other)
    if problem := objection(customer, other):
        return problem
    kept = db.session.get_one(Customer, customer.person_id)
    before = CustomerMerge(
        kept_id=kept.id,
        joined_id=other.id,
        kept_name=kept.name,
        kept_time_zone=kept.time_zone,
        joined_name=other.name,
        joined_time_zone=other.time_zone,
    )
    db.session.add(before)
    other.merged_into_id = kept.id
    db.session.flush()
    call(kept, shared_name(kept, other), kept.time_zone or other.time_zone)
    return None


def call(kept: Customer, name: str, zone: str | None) -> None:
    """The whole person, with every number there is."""
    person = details.of_person(kept.id)
    for each in db.session.scalars(select(Customer).where(Customer.id.in_(person))):
        each.rename(name)
        each.time_zone = zone
    details.tell(person)


def hold(*both: Customer) -> None:
    """Read them anew, locked so that nobody else merges one of them meanwhile."""
    ids = [each.id for each in both]
    locked = select(Customer).where(Customer.id.in_(ids)).order_by(Customer.id)
    again = locked.with_for_update().execution_options(populate_existing=True)
    db.session.scalars(again).all()


def shared_name(kept: Customer, joined: Customer) -> str:
    """How both are called once they are one person."""
    return kept.name or joined.name or ""


def separate(joined: Customer) -> bool:
    """Take a merge back; whether there was one. Later changes of the kept one stay."""
    hold(joined)
    last = (
        select(CustomerMerge)
        .where(CustomerMerge.joined_id == joined.id, CustomerMerge.undone_at.is_(None))
        .order_by(CustomerMerge.id.desc())
    )
    before = db.session.scalars(last).first()
    if before is None:
        return False
    kept = db.session.get_one(Customer, before.kept_id)
    name, zone = kept.name, kept.time_zone
    if name == (before.kept_name or before.joined_name):
        name = before.kept_name
    if zone == (before.kept_time_zone or before.joined_time_zone):
        zone = before.kept_time_zone
    joined.rename(before.joined_name or "")
    joined.time_zone = before.joined_time_zone
    joined.merged_into_id = None
    before.undone_at = utcnow()
    db.session.flush()
    call(kept, name or "", zone)
    details.tell([joined.id])
    return True


def timeline(agent: Agent, person_id: int) -> Select[Message]:
    """All that was said with this person, as far as the agent may see it, newest first.

    One more than a page, to know whether older ones follow.
    """
    theirs = details.threads(agent, details.of_person(person_id))
    ids = theirs.with_only_columns(Conversation.id).subquery()
    return (
        select(Message)
        .where(Message.conversation_id.in_(select(ids.c.id)))
        .order_by(Message.id.desc())
        .limit(PAGE_SIZE + 1)
    )
