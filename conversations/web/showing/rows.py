"""A conversation as it stands in the inbox."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from conversations.desk import inbox
from conversations.desk.inbox import Place
from conversations.desk.views import View
from conversations.models import Agent, Conversation, Tag
from conversations.web.showing import ownership, people, states, times, wording
from conversations.web.showing.ownership import Colleagues, Owner
from conversations.web.showing.people import Face
from conversations.web.showing.presence import Mark as PresenceMark
from conversations.web.showing.states import Promise, Wait
from conversations.web.showing.times import Stamp
from conversations.web.showing.wording import Mark

Found = tuple[Conversation, int]

PLACE = re.compile(r"(-?[0-9]{1,18})\.([0-9]{1,18})")


@dataclass(frozen=True)
class Viewing:
    """Who looks, when, and what is needed to say it; where they began to write."""

    agent: Agent
    now: datetime
    several_lines: bool
    goal: timedelta
    colleagues: Colleagues
    view: View
    tags: Mapping[int, Sequence[Tag]] = field(default_factory=dict)
    begun: Collection[int] = ()
    named: Collection[int] = ()
    around: Mapping[int, PresenceMark] = field(default_factory=dict)

    @cached_property
    def zone(self) -> ZoneInfo:
        return self.agent.zone

    @cached_property
    def local(self) -> datetime:
        return self.now.astimezone(self.zone)


@dataclass(frozen=True)
class Row:
    """Everything the template prints; `line` only where there are several lines.

    The larger its `rank`, the higher it stands in the list.
    """

    id: int
    rank: int
    pick: str
    name: str
    face: Face
    speaker: str | None
    preview: str
    at: Stamp
    unread: bool
    marks: Sequence[Mark]
    line: str | None
    owner: Owner | None
    draft: bool
    mention: bool
    wait: Wait | None
    promise: Promise | None
    tags: Sequence[str]
    away: str | None
    around: PresenceMark | None
    closed: bool

    @property
    def marked(self) -> bool:
        """Whether it has a third line."""
        flags = self.marks or self.draft or self.mention or self.line
        return bool(flags or self.promise or self.tags or self.away)


@dataclass(frozen=True)
class Rows:
    """A page of the inbox. `older` is where the next one begins, if there is one.

    `words` are those of a search.
    """

    shown: list[Row]
    older: str | None
    view: View
    words: str = ""

    @property
    def query(self) -> str:
        """What its rows are asked for with, one by one."""
        return urlencode(({"q": self.words} if self.words else {}) | self.asked)

    @property
    def nothing_yet(self) -> bool:
        """Whether there is nothing, as when nobody has written yet."""
        return not self.shown and self.view == View()

    @property
    def asked(self) -> dict[str, str]:
        return {**self.view.filters, "order": self.view.order}

    @property
    def unread(self) -> int:
        return sum(row.unread for row in self.shown)

    @property
    def unread_shown(self) -> str:
        """With a plus when there may be more than are shown here."""
        more = self.older and self.unread == len(self.shown)
        return f"{self.unread}{'+' if more else ''}"


def page(found: Sequence[Found], size: int, viewing: Viewing, words: str) -> Rows:
    """At most `size` rows; one more was read to know whether older ones follow."""
    shown = [row(each, viewing) for each in found[:size]]
    older = f"{shown[-1].rank}.{shown[-1].id}" if len(found) > size else None
    return Rows(shown, older, viewing.view, words)


def place(older: str) -> Place | None:
    """Where the row stood that the next page follows, as `page` wrote it."""
    found = PLACE.fullmatch(older)
    return Place(int(found[1]), int(found[2])) if found else None


def row(found: Found, viewing: Viewing) -> Row:
    conversation, read_up_to = found
    customer, line = conversation.customer, conversation.line
    at = conversation.last_message_at or conversation.created_at
    return Row(
        id=conversation.id,
        pick=pick(conversation),
        rank=inbox.rank(conversation, viewing.view),
        name=people.called(customer, viewing.agent),
        face=people.face(customer),
        speaker=wording.speaker(conversation, viewing.agent),
        preview=conversation.preview,
        at=times.relative(at, viewing.zone, viewing.now),
        unread=inbox.unread(conversation, read_up_to),
        marks=wording.row_marks(conversation),
        line=people.number(line.address) if viewing.several_lines else None,
        owner=ownership.owner(conversation, viewing.colleagues, viewing.agent),
        draft=conversation.id in viewing.begun,
        mention=conversation.id in viewing.named,
        wait=states.wait(conversation, viewing.goal, viewing.now),
        promise=states.promise(conversation, viewing.local),
        tags=[tag.name for tag in viewing.tags.get(conversation.id, ())],
        away=away(conversation, viewing),
        around=viewing.around.get(conversation.id),
        closed=conversation.closed_at is not None,
    )


def pick(conversation: Conversation) -> str:
    """What is decided about, as it stands here; `together.Pick` reads it."""
    owner = conversation.assignee_id or 0
    return f"{conversation.id}.{conversation.last_message_id or 0}.{owner}"


def away(conversation: Conversation, viewing: Viewing) -> str | None:
    if conversation.closed_at:
        return _("Closed")
    return states.snoozed(conversation, viewing.local)
