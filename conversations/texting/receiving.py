"""Hearing from customers: what they texted becomes messages in their conversations.

Kaleyra may say the same thing twice, late and in any order, so taking a text in may be
repeated safely: the arrival key makes a repetition the same message.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import cast

from sqlalchemy import Table, select

from conversations.db import db
from conversations.kaleyra.callbacks import InboundText
from conversations.live import changes
from conversations.many import NewRows, among
from conversations.models import Message
from conversations.models.message import INBOUND
from conversations.texting import (
    directory,
    keywords,
    opting,
    owners,
    parts,
    repeats,
    segments,
    tallies,
    thread,
    waking,
)
from conversations.texting.keywords import Keyword
from conversations.texting.outcome import Entry, Kind, Outcome
from conversations.texting.parts import Part
from conversations.texting.repeats import Text
from conversations.texting.status import Status
from conversations.words import N_

OTHER_WORDS = N_("The same id came before with another text; the first one is shown.")

Heard = Entry[InboundText]


@dataclass(frozen=True)
class Arrival:
    """A text that was heard, with the conversation and the key it arrived under."""

    heard: Heard
    conversation_id: int
    key: str

    @property
    def body(self) -> str:
        return self.heard.said.body

    def says(self, body: str) -> bool:
        """Whether these are the words of a message, or a part of them."""
        return self.body == body or (bool(self.heard.said.parts) and self.body in body)


def take_in(arrivals: Sequence[Arrival]) -> list[Outcome]:
    """Make messages of these texts, in this order; never twice of the same text."""
    seen = messages_under(arrivals)
    new = first_of_each(a for a in arrivals if a.key not in seen)
    ids = store(new)
    seen |= {a.key: (id, a.body) for a, id in zip(new, ids, strict=True)}
    fresh = {a.heard.callback_id for a in new}
    pieces = [part for a in arrivals for part in parts_in(a, seen[a.key][0])]
    begun = [id for a, id in zip(new, ids, strict=True) if a.heard.said.parts]
    fresh |= parts.keep(pieces, begun)
    return [
        outcome(a, *seen[a.key], fresh=a.heard.callback_id in fresh) for a in arrivals
    ]


def parts_in(arrival: Arrival, message_id: int) -> list[Part]:
    """What the callback brought of a text that did not come whole."""
    callback_id, said = arrival.heard.callback_id, arrival.heard.said
    return [Part(message_id, place, words, callback_id) for place, words in said.parts]


def placed(heard: Sequence[Heard]) -> list[Arrival]:
    """Each text with its conversation; customers and conversations made where new."""
    lines = directory.line_ids(entry.said.line for entry in heard)
    customers = directory.customer_ids(entry.said.customer for entry in heard)
    sides = [(lines[e.said.line], customers[e.said.customer]) for e in heard]
    conversations = directory.conversation_ids(sides)
    return [
        Arrival(entry, conversations[side], arrival_key(entry, side))
        for entry, side in zip(heard, sides, strict=True)
    ]


def arrival_key(entry: Heard, side: directory.Side) -> str:
    """What makes two callbacks the same text: the provider's id between the same two.

    Without an id, the same words at the same time by Kaleyra's clock are the same text.
    With neither, nothing is: showing a text twice is better than losing one.
    """
    said = entry.said
    where = f"{side[0]}:{side[1]}"
    if said.provider_id:
        return f"{where}:{said.provider_id}"
    if said.provider_time:
        words = f"{said.provider_time}\n{said.body}".encode("utf-8", "replace")
        return f"{where}:={sha256(words).hexdigest()}"
    return f"{where}:#{entry.callback_id}"


def messages_under(arrivals: Sequence[Arrival]) -> dict[str, tuple[int, str]]:
    """The messages that arrived under these keys before: key -> (id, body)."""
    keys = {arrival.key for arrival in arrivals}
    query = select(Message.arrival_key, Message.id, Message.body).where(
        among(Message.arrival_key, keys)
    )
    return {key: (id, body) for key, id, body in db.session.execute(query) if key}


def first_of_each(arrivals: Iterable[Arrival]) -> list[Arrival]:
    firsts: dict[str, Arrival] = {}
    for arrival in arrivals:
        firsts.setdefault(arrival.key, arrival)
    return list(firsts.values())


def store(arrivals: Sequence[Arrival]) -> list[int]:
    """Insert the messages, show them in their conversations, tell open browsers."""
    if not arrivals:
        return []
    effects = opting.effects([(a.conversation_id, a.body) for a in arrivals])
    rows = [message_row(a, e) for a, e in zip(arrivals, effects, strict=True)]
    known = dict(map(tuple, INSERT.execute(rows)))
    ids = [known[arrival.key] for arrival in arrivals]
    stored = [added(a, id) for a, id in zip(arrivals, ids, strict=True)]
    # What comes in parts is not known yet: another text may begin in the same way.
    whole = [m for a, m in zip(arrivals, stored, strict=True) if not a.heard.said.parts]
    again = repeats.mark([Text(*message[:4]) for message in whole])
    new = [m for m in stored if m.message_id not in again]
    thread.add_all(new)
    waking.by_texts(new)
    owners.put_back(m.conversation_id for m in stored)
    tallies.late(message.at for message in stored)
    changes.note_all((m.conversation_id, m.message_id) for m in stored)
    return ids


GIVEN = (
    "conversation_id",
    "direction",
    "body",
    "status",
    "segments",
    "encoding",
    "created_at",
    "arrival_key",
    "provider_id",
    "provider_time",
    "consent",
    "attempts",
)
INSERT = NewRows(cast("Table", Message.__table__), GIVEN, ("arrival_key", "id"))


def message_row(arrival: Arrival, effect: str | None) -> dict[str, object]:
    said = arrival.heard.said
    measure = segments.measure(said.body)
    return {
        "conversation_id": arrival.conversation_id,
        "direction": INBOUND,
        "body": said.body,
        "status": Status.RECEIVED,
        "segments": measure.segments,
        "encoding": measure.encoding,
        "created_at": arrival.heard.received_at,
        "arrival_key": arrival.key,
        "provider_id": said.provider_id or None,
        "provider_time": said.provider_time or None,
        "consent": effect,
        "attempts": 0,
    }


def added(arrival: Arrival, message_id: int) -> thread.Added:
    """As the thread takes it; who opts out asks for no answer."""
    return thread.Added(
        arrival.conversation_id,
        message_id,
        arrival.heard.received_at,
        arrival.body,
        author=None,
        inbound=True,
        waits=keywords.meaning(arrival.body) is not Keyword.OPT_OUT,
    )


def outcome(arrival: Arrival, message_id: int, body: str, *, fresh: bool) -> Outcome:
    """What to write beside the callback in the journal."""
    callback_id = arrival.heard.callback_id
    if not fresh and not arrival.says(body):
        return Outcome(callback_id, Kind.ODD, OTHER_WORDS, message_id)
    if not fresh:
        return Outcome(callback_id, Kind.DUPLICATE, None, message_id)
    if notes := arrival.heard.said.notes:
        return Outcome(callback_id, Kind.ODD, " ".join(notes), message_id)
    return Outcome(callback_id, Kind.READ, None, message_id)
