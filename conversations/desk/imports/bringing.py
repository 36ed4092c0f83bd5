"""Bringing in past conversations that were checked, all or nothing.

What comes in is closed and read: nobody is told, nothing waits. Who opted out in it is
out from now on; nobody is let in again by what they wrote long ago.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from sqlalchemy import String, Table, func, or_, select, update

from conversations.db import Id, UtcDateTime, db, utcnow
from conversations.desk import details
from conversations.desk.imports.history import known, spoken
from conversations.desk.imports.past import Past
from conversations.desk.imports.storing import batches
from conversations.many import ForEach, NewRows, among
from conversations.models import Conversation, Customer, Message
from conversations.models.conversation import PREVIEW_LENGTH
from conversations.models.message import INBOUND
from conversations.texting import (
    directory,
    keywords,
    opting,
    segments,
    tallies,
    thread,
)

GIVEN = (
    "conversation_id", "direction", "body", "status", "segments", "encoding",
    "created_at", "sent_at", "delivered_at", "author", "provider_id", "arrival_key",
    "attempts", "consent",
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


class Begun(Exception):
    """Something was said in one of these conversations since it was checked."""


@dataclass
class Bringing:
    """One whole file, inside the caller's transaction.

    `before` and `out` say of each conversation whether its customer has opted out, at
    first and by now; `times` are those of one message of each quarter of an hour.
    """

    before: dict[int, bool] = field(default_factory=dict)
    out: dict[int, bool] = field(default_factory=dict)
    times: dict[int, datetime] = field(default_factory=dict)

    def store(self, found: Sequence[Past]) -> int:
        """How many were not there already. Raises `Begun`."""
        numbers = {each.number for each in found}
        lines = directory.line_ids(each.line for each in found)
        there = directory.known_customers(sorted(numbers))
        customers = directory.customer_ids(numbers)
        sides = {e.side: (lines[e.line], customers[e.number]) for e in found}
        conversations = directory.conversation_ids(sides.values())
        places = {side: conversations[ids] for side, ids in sides.items()}
        thread.hold(places.values())
        new = list(unknown(found))
        look_again(new, places)
        NEW.execute([self.row(each, places[each.side]) for each in new])
        call(new, set(there.values()))
        show(sorted({places[each.side] for each in new}))
        return len(new)

    def row(self, each: Past, conversation_id: int) -> dict[str, object]:
        at = datetime.fromisoformat(each.at)
        self.times.setdefault(tallies.quarter_of(at), at)
        return row(each, conversation_id) | {
            "consent": self.effect(each, conversation_id)
        }

    def effect(self, each: Past, conversation_id: int) -> str | None:
        """What it does to consent, as far as the past itself goes."""
        effect = opting.EFFECTS.get(keywords.meaning(each.body))
        if each.direction != INBOUND or not effect:
            return None
        if conversation_id not in self.out:
            self.before |= opting.opted_out([conversation_id])
            self.out[conversation_id] = self.before[conversation_id]
        return opting.turn(self.out, conversation_id, effect)

    def finish(self) -> None:
        """What can only be said at the end: who is out, and what is to be counted."""
        out = [id for id, out in self.out.items() if out and not self.before[id]]
        for some in batches(out):
            opting.opt_out_all(some)
        tallies.late(self.times.values())


def look_again(new: Sequence[Past], places: Mapping[tuple[str, str], int]) -> None:
    """Nothing may have come meanwhile: what is past cannot stand behind it."""
    first = {places[each.side]: each.at for each in reversed(new)}
    these = select(Conversation.id, Conversation.last_message_at, spoken())
    rows = db.session.execute(these.where(among(Conversation.id, first)))
    for id, last, live in rows:
        if live or (last and datetime.fromisoformat(first[id]) < last):
            raise Begun


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


def call(new: Sequence[Past], there: set[int]) -> None:
    """Name people who have no name yet; tell whoever looks at those who were there."""
    names = {each.number: each.name for each in reversed(new) if each.name}
    nameless = among(Customer.address, names) & Customer.name.is_(None)
    called = {
        customer.person_id: names[customer.address]
        for customer in db.session.scalars(select(Customer).where(nameless))
    }
    theirs = or_(among(Customer.id, called), among(Customer.merged_into_id, called))
    people = db.session.scalars(select(Customer).where(theirs)).all()
    for each in people:
        if not each.name:
            each.rename(called[each.person_id])
    db.session.flush()
    details.tell(there & {each.id for each in people})


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
