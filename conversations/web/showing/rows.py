"""A conversation as it stands in the inbox."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from conversations.desk import inbox
from conversations.models import Agent, Conversation
from conversations.web.showing import ownership, people, times, wording
from conversations.web.showing.ownership import Colleagues, Owner
from conversations.web.showing.people import Face
from conversations.web.showing.times import Stamp
from conversations.web.showing.wording import Mark

Found = tuple[Conversation, int]


@dataclass(frozen=True)
class Viewing:
    """Who looks at the inbox, when, and where they began to write or were named."""

    agent: Agent
    now: datetime
    several_lines: bool
    colleagues: Colleagues
    begun: Collection[int] = ()
    named: Collection[int] = ()

    @cached_property
    def zone(self) -> ZoneInfo:
        return self.agent.zone


@dataclass(frozen=True)
class Row:
    """Everything the template prints; `line` only where there are several lines."""

    id: int
    last_message_id: int
    name: str
    face: Face
    speaker: str | None
    preview: str
    at: Stamp
    unread: bool
    mark: Mark | None
    line: str | None
    owner: Owner | None
    draft: bool
    mention: bool


@dataclass(frozen=True)
class Rows:
    """A page of the inbox. `older` is where the next one begins, if there is one."""

    shown: list[Row]
    older: int | None
    query: str = ""

    @property
    def unread(self) -> int:
        return sum(row.unread for row in self.shown)

    @property
    def unread_shown(self) -> str:
        """With a plus when there may be more than are shown here."""
        more = self.older and self.unread == len(self.shown)
        return f"{self.unread}{'+' if more else ''}"


def page(found: Sequence[Found], size: int, viewing: Viewing, query: str = "") -> Rows:
    """At most `size` rows; one more was read to know whether older ones follow."""
    shown = [row(each, viewing) for each in found[:size]]
    older = shown[-1].last_message_id if len(found) > size else None
    return Rows(shown, older, query)


def row(found: Found, viewing: Viewing) -> Row:
    conversation, read_up_to = found
    customer, line = conversation.customer, conversation.line
    at = conversation.last_message_at or conversation.created_at
    return Row(
        id=conversation.id,
        last_message_id=conversation.last_message_id or 0,
        name=people.called(customer, viewing.agent),
        face=people.face(customer),
        speaker=wording.speaker(conversation, viewing.agent),
        preview=conversation.preview,
        at=times.relative(at, viewing.zone, viewing.now),
        unread=inbox.unread(conversation, read_up_to),
        mark=wording.row_mark(conversation),
        line=people.number(line.address) if viewing.several_lines else None,
        owner=ownership.owner(conversation, viewing.colleagues, viewing.agent),
        draft=conversation.id in viewing.begun,
        mention=conversation.id in viewing.named,
    )
