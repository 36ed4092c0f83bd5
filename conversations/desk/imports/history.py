"""Which past conversations can be brought in: where nothing was said yet.

Ids are the order of a thread, so what is past can only stand in a conversation that has
no messages of its own.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import ColumnElement, select

from conversations.db import db, reading
from conversations.desk.imports import past
from conversations.desk.imports.past import Fault, Numbered, Past
from conversations.many import among
from conversations.models import Conversation, Customer, Line, Message
from conversations.models.message import imported

Side = tuple[str, str]

NO_LINE = "No line of ours has this number; add it to KALEYRA_NUMBERS first."
SPOKEN = "There are messages in this conversation already, and ids are their order."
LATE = "It is older than what stands before it in this conversation."


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
    """What stands in these conversations, and until when."""
    unknown = {each.side for each in found} - so_far.spoken.keys()
    so_far.spoken |= dict.fromkeys(unknown, False)
    if not unknown:
        return
    there = (
        select(
            Line.address,
            Customer.address,
            Conversation.last_message_at,
            spoken().label("spoken"),
        )
        .select_from(Conversation)
        .join(Line, Line.id == Conversation.line_id)
        .join(Customer, Customer.id == Conversation.customer_id)
        .where(among(Customer.address, {number for _, number in unknown}))
    )
    with reading():
        for line, number, last, live in db.session.execute(there):
            so_far.spoken[line, number] = live
            if last:
                so_far.times[line, number] = last.isoformat()


def spoken() -> ColumnElement[bool]:
    """Whether a conversation has messages that nobody brought in."""
    return (
        select(Message.id)
        .where(Message.conversation_id == Conversation.id)
        .where(Message.arrival_key.is_(None) | ~imported())
        .exists()
    )


def known(found: Iterable[Past]) -> set[str | None]:
    """The keys of those that were brought in before."""
    keys = among(Message.arrival_key, [each.key for each in found])
    return set(db.session.scalars(select(Message.arrival_key).where(keys)))
