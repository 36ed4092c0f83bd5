"""Erasing a person: all that is personal goes, for good; what is counted stays.

Their conversations and messages stay as rows without words, so that reports, waits and
bills add up as before. The number goes too; that it had opted out of a line is kept.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import (
    Delete,
    Select,
    String,
    Update,
    and_,
    case,
    cast,
    delete,
    false,
    func,
    literal,
    or_,
    select,
    update,
)

from conversations.db import db, reading
from conversations.desk import closing, details, within
from conversations.live import changes
from conversations.models import (
    Agent,
    Callback,
    Conversation,
    Customer,
    CustomerMerge,
    CustomerValue,
    DeliveryReport,
    Export,
    Message,
    MessagePart,
    RecentText,
    ReviewItem,
    ScheduledText,
    UnsentText,
)
from conversations.models.message import EVENT, imported, waiting
from conversations.searching import index
from conversations.texting import erased, thread
from conversations.texting.consent import Refusal
from conversations.words import N_

LOOKED_AT = 10_000
AT_ONCE = 500
UNREAD = "new"

ON_ITS_WAY = Refusal(
    "on_its_way",
    N_("A text to them is on its way or waits to be sent. Wait until it is settled."),
)


@dataclass(frozen=True)
class Extent:
    """Who is meant: one person with all their numbers, and what is stored of them."""

    customers: Sequence[Customer]
    conversations: Sequence[Conversation]
    messages: int

    @property
    def customer_ids(self) -> list[int]:
        return [each.id for each in self.customers]

    @property
    def conversation_ids(self) -> list[int]:
        return [each.id for each in self.conversations]

    @property
    def numbers(self) -> list[str]:
        return [each.address for each in self.customers]

    @property
    def erased(self) -> bool:
        """Whether nothing is left to erase."""
        return all(map(erased.is_tombstone, self.numbers))


def extent(customer: Customer) -> Extent:
    ids = details.of_person(customer.person_id)
    people = select(Customer).where(Customer.id.in_(ids)).order_by(Customer.id)
    theirs = select(Conversation).where(Conversation.customer_id.in_(ids))
    customers = db.session.scalars(people).all()
    conversations = db.session.scalars(theirs.order_by(Conversation.id)).all()
    said = select(func.count()).where(
        Message.conversation_id.in_([each.id for each in conversations]),
        Message.direction != EVENT,
    )
    return Extent(customers, conversations, db.session.scalar(said) or 0)


def objection(theirs: Extent) -> Refusal | None:
    """Why it cannot be now."""
    open_texts = select(Message.id).where(
        Message.conversation_id.in_(theirs.conversation_ids), waiting()
    )
    return ON_ITS_WAY if db.session.scalar(open_texts.limit(1)) else None


def erase(theirs: Extent, by: Agent) -> Refusal | None:
    """All but the journal and the files, which come before and after it."""
    thread.hold(theirs.conversation_ids)
    if problem := objection(theirs):
        return problem
    for conversation in theirs.conversations:
        seen = conversation.last_message_id or 0
        if problem := closing.close(conversation, by, seen):
            return problem
        put_out(conversation)
    keep_stops(theirs)
    db.session.flush()
    forget_words(theirs.conversation_ids)
    forget_details(theirs.customer_ids)
    run(delete(Export))
    for id in theirs.conversation_ids:
        changes.note(id)
    return None


def keep_stops(theirs: Extent) -> None:
    for customer in theirs.customers:
        stops = {
            each.line_id: each.opted_out_at
            for each in theirs.conversations
            if each.customer_id == customer.id
        }
        erased.keep(customer.address, stops)


def put_out(conversation: Conversation) -> None:
    """Of the row that the inbox shows, all that is of the person's or to be done."""
    conversation.preview = ""
    conversation.waiting_since = None
    conversation.follow_up_at = conversation.follow_up_note = None
    conversation.snoozed_at = conversation.snoozed_until = None


def forget_words(conversation_ids: Collection[int]) -> None:
    theirs = Message.conversation_id.in_(conversation_ids)
    worded = select(Message.id).where(theirs, Message.direction != EVENT)
    index.emptied(db.session.scalars(worded).all())
    said = select(Message.id).where(theirs)
    run(delete(MessagePart).where(MessagePart.message_id.in_(said)))
    run(reports().where(DeliveryReport.message_id.in_(said)))
    run(update(Message).where(theirs).values(**without_links()))
    run(update(Message).where(theirs, Message.direction != EVENT).values(body=""))
    for noun in (RecentText, UnsentText, ScheduledText):
        run(delete(noun).where(noun.conversation_id.in_(conversation_ids)))
    judged = ReviewItem.conversation_id.in_(conversation_ids)
    run(update(ReviewItem).where(judged).values(comment=""))


def without_links() -> dict[str, object]:
    """What leads to the message elsewhere; what was brought in stays known as such."""
    past = case((imported(), literal("imported:erased:") + cast(Message.id, String)))
    names = ("submission_key", "reference", "provider_id", "batch_id", "provider_time",
             "ref1", "ref2")  # fmt: skip
    return dict.fromkeys(names) | {"arrival_key": past}


def reports() -> Update:
    return update(DeliveryReport).values(
        recipient="", reference="", provider_id="", batch_id="", description=""
    )


def forget_details(customer_ids: Collection[int]) -> None:
    mine = CustomerMerge.kept_id.in_(customer_ids)
    run(
        delete(CustomerMerge).where(
            or_(mine, CustomerMerge.joined_id.in_(customer_ids))
        )
    )
    run(delete(CustomerValue).where(CustomerValue.customer_id.in_(customer_ids)))
    for id in customer_ids:
        gone = {"name": None, "name_key": None, "time_zone": None, "digits": ""}
        row = update(Customer).where(Customer.id == id)
        run(row.values(address=erased.tombstone(id), merged_into_id=None, **gone))


def run(statement: Update | Delete) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": False})


def from_journal(theirs: Extent, after: int = 0) -> Iterator[None]:
    """Delete, a few at a time, the callbacks that are about them; commit each time.

    Of those with an id above `after`. What nobody has read yet stays, for it may be a
    text.
    """
    while True:
        with reading():
            rows = db.session.execute(looked_at(theirs, after)).all()
        if not rows:
            return
        after = rows[-1].id
        ids = [row.id for row in rows if row.theirs]
        for start in range(0, len(ids), AT_ONCE):
            run(delete(Callback).where(Callback.id.in_(ids[start : start + AT_ONCE])))
            yield


def newest_callback() -> int:
    with reading():
        return db.session.scalar(select(func.max(Callback.id))) or 0


def looked_at(theirs: Extent, after: int) -> Select[int, bool]:
    said = select(Message.id).where(
        Message.conversation_id.in_(theirs.conversation_ids)
    )
    named = [within.holds(number) for number in theirs.numbers]
    about = and_(Callback.outcome != UNREAD, or_(*named, Callback.message_id.in_(said)))
    return (
        select(Callback.id, func.coalesce(about, false()).label("theirs"))
        .where(Callback.id > after)
        .order_by(Callback.id)
        .limit(LOOKED_AT)
    )


def files(folder: Path) -> None:
    """Every export there is may hold their words, and can be made again without."""
    for file in folder.glob("[0-9]*.*"):
        file.unlink(missing_ok=True)
