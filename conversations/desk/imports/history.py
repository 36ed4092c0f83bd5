"""Past conversations, brought in where nothing was said yet, all or nothing.

Ids are the order of a thread, so what is past can only stand in a conversation that has
no messages of its own. What comes in is closed and read: nobody is told, nothing waits.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import String, Table, func, select, update

from conversations.db import Id, UtcDateTime, db, reading, utcnow
from conversations.desk.imports import past
from conversations.desk.imports.past import IMPORTED, Fault, Numbered, Past
from conversations.many import ForEach, NewRows, among
from conversations.models import Conversation, Customer, Line, Message
from conversations.models.conversation import PREVIEW_LENGTH
from conversations.texting import directory, segments

Side = tuple[str, str]

NO_LINE = "No line of ours has this number; add it to KALEYRA_NUMBERS first."
SPOKEN = "There are messages in this conversation already, and ids are their order."
LATE = "It is older than the row before it in this conversation."

GIVEN = (
    "conversation_id", "direction", "body", "status", "segments", "encoding",
    "created_at", "sent_at", "delivered_at", "author", "provider_id", "arrival_key",
    "attempts",
)  # fmt: skip
NEW = NewRows(cast("Table", Message.__table__), GIVEN)
LATEST = ForEach(
    lambda value: update(cast("Table", Conversation.__table__))
    .where(Conversation.id == value("at_id"))
    .values(
        last_message_id=value("last"),
        last_message_at=value("at"),
        preview=value("said"),
        last_author=value("who"),
        closed_at=func.coalesce(Conversation.closed_at, value("now")),
    ),
    {"at_id": Id, "last": Id, "at": UtcDateTime(), "said": String(), "who": String(),
     "now": UtcDateTime()},
)  # fmt: skip
# What a conversation's row shows of its latest message; customers have no author here.
SHOWN = (
    Message.conversation_id.label("at_id"),
    Message.id.label("last"),
    Message.created_at.label("at"),
    func.substr(Message.body, 1, PREVIEW_LENGTH).label("said"),
    Message.author.label("who"),
)


@dataclass
class Checked:
    """What is known of the rows so far; `times` are those of the latest, by side."""

    counts: Counter[str] = field(default_factory=Counter)
    times: dict[Side, str] = field(default_factory=dict)
    spoken: dict[Side, bool] = field(default_factory=dict)
    lines: frozenset[str] = frozenset()


def beginning() -> Checked:
    with reading():
        ours = db.session.scalars(select(Line.address).where(Line.sender != ""))
        return Checked(lines=frozenset(ours))


def check(
    rows: Iterable[Numbered], so_far: Checked
) -> Iterator[Past | tuple[int, str]]:
    """Each row as a message, or its line and why it is none."""
    read = [(line, understood(row)) for line, row in rows]
    found = [each for _, each in read if isinstance(each, Past)]
    learn(found, so_far)
    there = known(found)
    for line, each in read:
        if each is None:
            so_far.counts["passed over"] += 1
            continue
        fault = each if isinstance(each, str) else wrong(each, so_far, there)
        so_far.counts["rejected" if fault else "fine"] += 1
        yield (line, fault) if fault else cast("Past", each)


def understood(row: Mapping[str, Any]) -> Past | str | None:
    try:
        return past.past(row)
    except Fault as fault:
        return str(fault)


def wrong(each: Past, so_far: Checked, there: Container[str | None]) -> str:
    """What was brought in before is as right as it was then."""
    if each.key in there:
        return ""
    if each.line not in so_far.lines:
        return NO_LINE
    if so_far.spoken.get(each.side):
        return SPOKEN
    if each.at < so_far.times.get(each.side, ""):
        return LATE
    so_far.times[each.side] = each.at
    return ""


def learn(found: Sequence[Past], so_far: Checked) -> None:
    """Which of these conversations have messages that nobody brought in."""
    unknown = {each.side for each in found} - so_far.spoken.keys()
    so_far.spoken |= dict.fromkeys(unknown, False)
    if not unknown:
        return
    imported = Message.arrival_key.startswith(IMPORTED)
    spoken = (
        select(Line.address, Customer.address)
        .select_from(Conversation)
        .join(Line, Line.id == Conversation.line_id)
        .join(Customer, Customer.id == Conversation.customer_id)
        .where(among(Customer.address, {number for _, number in unknown}))
        .where(
            select(Message.id)
            .where(Message.conversation_id == Conversation.id)
            .where(Message.arrival_key.is_(None) | ~imported)
            .exists()
        )
    )
    with reading():
        for line, number in db.session.execute(spoken):
            so_far.spoken[line, number] = True


def store(found: Sequence[Past]) -> int:
    """How many were not there already. Inside the caller's transaction."""
    new = list(unknown(found))
    lines = directory.line_ids(each.line for each in new)
    customers = directory.customer_ids(each.number for each in new)
    sides = {each.side: (lines[each.line], customers[each.number]) for each in new}
    conversations = directory.conversation_ids(sides.values())
    NEW.execute([row(each, conversations[sides[each.side]]) for each in new])
    call(new)
    show(sorted({conversations[side] for side in sides.values()}))
    return len(new)


def known(found: Iterable[Past]) -> set[str | None]:
    """The keys of those that were brought in before."""
    keys = among(Message.arrival_key, [each.key for each in found])
    return set(db.session.scalars(select(Message.arrival_key).where(keys)))


def unknown(found: Sequence[Past]) -> Iterator[Past]:
    seen = known(found)
    for each in found:
        if each.key not in seen:
            seen.add(each.key)
            yield each


def row(each: Past, conversation_id: int) -> dict[str, object]:
    measure = segments.measure(each.body)
    return {
        "conversation_id": conversation_id,
        "direction": each.direction,
        "body": each.body,
        "status": each.status,
        "segments": measure.segments,
        "encoding": measure.encoding.value,
        "created_at": moment(each.at),
        "sent_at": moment(each.sent_at),
        "delivered_at": moment(each.delivered_at),
        "author": each.author,
        "provider_id": each.provider_id,
        "arrival_key": each.key,
        "attempts": 0,
    }


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def call(new: Sequence[Past]) -> None:
    """Name customers who have no name yet."""
    names = {each.number: each.name for each in new if each.name}
    nameless = select(Customer).where(
        among(Customer.address, names), Customer.name.is_(None)
    )
    for customer in db.session.scalars(nameless):
        customer.rename(names[customer.address])
    db.session.flush()


def show(conversation_ids: Sequence[int]) -> None:
    """Carry the latest message to the conversation's row; nobody need answer it."""
    latest = (
        select(func.max(Message.id))
        .where(among(Message.conversation_id, conversation_ids))
        .group_by(Message.conversation_id)
    )
    now = utcnow()
    query = select(*SHOWN).where(Message.id.in_(latest))
    LATEST.execute([row._asdict() | {"now": now} for row in db.session.execute(query)])
