"""What is known of a customer, as it stands beside the thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from conversations.desk import customer_fields
from conversations.models import (
    Agent,
    Conversation,
    Customer,
    CustomerField,
    Episode,
    Message,
)
from conversations.texting import zones
from conversations.web.showing import people, times
from conversations.web.showing.times import Stamp


@dataclass(frozen=True)
class Zone:
    """`name` is what somebody chose; `now` is the time there, empty if nobody knows.

    `such` is an example of a name: the zone of who looks, or one that is more likely.
    """

    name: str
    told: str
    now: str
    likely: Sequence[str]
    such: str


@dataclass(frozen=True)
class Known:
    """A field with what is in it."""

    id: int
    name: str
    kind: str
    value: str
    was: str
    choices: Sequence[str]
    problem: str


@dataclass(frozen=True)
class Side:
    """A number of the customer's on a line of ours; `stop` says why it is shut."""

    conversation_id: int
    number: str
    line: str
    here: bool
    stopped: Stamp | None
    stop: str
    stop_id: int | None


@dataclass(frozen=True)
class Merged:
    """Another number of the same person; `joined` ones can be separated again."""

    customer_id: int
    number: str
    joined: bool


@dataclass(frozen=True)
class Past:
    """A matter that was closed, and the message where it began."""

    conversation_id: int
    message_id: int
    closed: Stamp
    by: str
    tags: str
    line: str


@dataclass(frozen=True)
class Viewer:
    """Who looks, and when."""

    agent: Agent
    now: datetime
    colleagues: Mapping[int, Agent]

    @property
    def zone(self) -> ZoneInfo:
        return self.agent.zone


def zone(customer: Customer, viewer: Viewer, typed: str | None = None) -> Zone:
    """`typed` is what would not do."""
    there, likely = zones.of(customer), zones.likely(customer.address)
    told = zones.guessed(customer.address) or ""
    return Zone(
        name=(customer.time_zone or "") if typed is None else typed,
        told=told,
        now=f"{viewer.now.astimezone(there):%H:%M}" if there else "",
        likely=likely,
        such=told or example(likely, viewer.zone.key),
    )


def example(likely: Sequence[str], ours: str) -> str:
    return ours if ours in likely else next(iter(likely), ours)


def known(
    field: CustomerField,
    values: Mapping[int, str],
    before: Mapping[int, str],
    wrong: Mapping[int, str],
) -> Known:
    return Known(
        id=field.id,
        name=field.name,
        kind=field.kind,
        value=values.get(field.id, ""),
        was=before.get(field.id, ""),
        choices=customer_fields.listed_in(field.choices),
        problem=wrong.get(field.id, ""),
    )


def side(
    conversation: Conversation, here: int, stop: Message | None, viewer: Viewer
) -> Side:
    at = conversation.opted_out_at
    return Side(
        conversation_id=conversation.id,
        number=people.number_of(conversation.customer, viewer.agent),
        line=people.number(conversation.line.address),
        here=conversation.id == here,
        stopped=times.moment(at, viewer.zone) if at else None,
        stop=stop.body if stop else "",
        stop_id=stop.id if stop else None,
    )


def merged(customer: Customer, viewer: Agent) -> Merged:
    number = people.number_of(customer, viewer)
    return Merged(customer.id, number, joined=customer.merged_into_id is not None)


def past(episode: Episode, lines: Mapping[int, str], viewer: Viewer) -> Past:
    by = viewer.colleagues.get(episode.closed_by_id or 0)
    return Past(
        conversation_id=episode.conversation_id,
        message_id=episode.first_message_id or 0,
        closed=times.moment(episode.closed_at or viewer.now, viewer.zone),
        by=by.name if by else _("somebody"),
        tags=episode.tags,
        line=lines.get(episode.conversation_id, ""),
    )
