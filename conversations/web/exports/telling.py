"""A message in the words and times of an export."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select

from conversations.desk.exports import choice
from conversations.desk.exports.records import Record
from conversations.models import Agent, Message
from conversations.models.message import EVENT, INBOUND
from conversations.web.showing import happenings, people


def records(found: Select[Any], viewer: Agent) -> Iterator[Record]:
    """What `found` selects, as far as this agent may see the numbers in it."""
    zone = viewer.zone
    for rows in choice.stretches(found):
        for row in rows:
            yield record(row, viewer, zone)


def record(row: Row[Any], viewer: Agent, zone: ZoneInfo) -> Record:
    number = people.address_of(row.number, viewer)
    at = row.created_at
    return (
        row.id,
        row.conversation_id,
        row.line,
        number,
        row.name,
        row.direction,
        local(at, zone),
        local(at, UTC),
        who(row, number),
        said(row, zone),
        row.status,
        row.segments,
        row.encoding,
        row.sent_at and local(row.sent_at, zone),
        row.delivered_at and local(row.delivered_at, zone),
        row.failure_code,
        row.failure_text,
        row.provider_id,
        row.reference,
        row.retry_of_id,
        row.repeat_of_id,
    )


def local(at: datetime, zone: Any) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds")


def who(row: Row[Any], number: str) -> str | None:
    if row.direction == INBOUND:
        return row.name or number
    return row.author or happenings.NOBODY


def said(row: Row[Any], zone: ZoneInfo) -> str:
    """Its text; of an event, the sentence that stands in the thread."""
    if row.direction != EVENT:
        return str(row.body)
    return happenings.sentence(Message(body=row.body, author=row.author), zone)
