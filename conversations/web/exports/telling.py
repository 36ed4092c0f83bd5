"""A message in the words and times of an export."""

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from conversations.desk.exports.picking import Picked
from conversations.desk.exports.records import Record
from conversations.models import Agent, Message
from conversations.models.message import EVENT, INBOUND
from conversations.web.exports.clocks import Clocks
from conversations.web.showing import happenings, people


def records(found: Picked, viewer: Agent) -> Iterator[Record]:
    """What was picked, as far as this agent may see the numbers in it."""
    here, utc = Clocks(viewer.zone), Clocks(UTC)
    for rows in found.stretches():
        for row in rows:
            yield record(row, viewer, here, utc)


def record(row: Sequence[Any], viewer: Agent, here: Clocks, utc: Clocks) -> Record:
    """Taken apart at once: to ask a row for each of its names takes much longer."""
    (id, conversation_id, line, address, name, direction, body, status, segments,
     encoding, at, sent_at, delivered_at, author, *others) = row  # fmt: skip
    number = people.address_of(address, viewer)
    return (
        id,
        conversation_id,
        line,
        number,
        name,
        direction,
        here.show(at),
        utc.show(at),
        (name or number) if direction == INBOUND else author or happenings.NOBODY,
        body if direction != EVENT else happened(body, author, viewer.zone),
        status,
        segments,
        encoding,
        sent_at and here.show(sent_at),
        delivered_at and here.show(delivered_at),
        *others,
    )


def happened(body: str, author: str | None, zone: ZoneInfo) -> str:
    """Of an event, the sentence that stands in the thread."""
    return happenings.sentence(Message(body=body, author=author), zone)
