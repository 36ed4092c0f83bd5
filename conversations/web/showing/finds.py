"""What a search found, as a page shows it: people, and texts by conversation."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from markupsafe import Markup

from conversations.desk.finding.results import Found, Text
from conversations.models import Agent, Conversation, Line, Message
from conversations.searching.question import Span
from conversations.web.showing import people, text, times, wording
from conversations.web.showing.people import Face
from conversations.web.showing.times import Stamp
from conversations.web.showing.wording import Mark

BEFORE, LONGEST = 50, 220
MARKED = Markup("<mark>{}</mark>")
CUT = "…"


@dataclass(frozen=True)
class Person:
    """A conversation; `number` and `line` only where they say something more."""

    id: int
    name: str
    number: str | None
    line: str | None
    face: Face


@dataclass(frozen=True)
class Hit:
    """A text; `mark` is its status, where that is worth a word."""

    id: int
    kind: str
    author: str
    at: Stamp
    body: Markup
    mark: Mark | None


@dataclass(frozen=True)
class Group:
    person: Person
    hits: Sequence[Hit]


@dataclass(frozen=True)
class Finds:
    people: Sequence[Person]
    groups: Sequence[Group]
    count: int


def finds(
    found: Found, viewer: Agent, now: datetime, several_lines: Sequence[Line]
) -> Finds:
    """`several_lines` are our lines where there are several, otherwise none."""
    lines = {line.id: people.number(line.address) for line in several_lines}

    def shown(conversation: Conversation) -> Person:
        return person(conversation, viewer, lines.get(conversation.line_id))

    return Finds(
        people=[shown(each) for each in found.people],
        groups=[
            Group(shown(texts[0].conversation), [hit(t, viewer, now) for t in texts])
            for texts in by_conversation(found.texts)
        ],
        count=len(found.texts),
    )


def by_conversation(texts: Sequence[Text]) -> Collection[list[Text]]:
    """Whoever texted last stands first."""
    groups: dict[int, list[Text]] = {}
    for each in texts:
        groups.setdefault(each.conversation.id, []).append(each)
    return groups.values()


def person(conversation: Conversation, viewer: Agent, line: str | None) -> Person:
    customer = conversation.customer
    return Person(
        id=conversation.id,
        name=people.called(customer, viewer),
        number=people.number_of(customer, viewer) if customer.name else None,
        line=line,
        face=people.face(customer),
    )


def hit(found: Text, viewer: Agent, now: datetime) -> Hit:
    message = found.message
    return Hit(
        id=message.id,
        kind=message.direction,
        author=author(message, found.conversation, viewer),
        at=times.relative(message.created_at, viewer.zone, now),
        body=snippet(message.body, found.spans),
        mark=None if message.inbound else wording.mark(message),
    )


def author(message: Message, conversation: Conversation, viewer: Agent) -> str:
    if message.inbound:
        return people.called(conversation.customer, viewer)
    if message.author_id == viewer.id:
        return str(_("You"))
    return message.author or str(_("A program"))


def snippet(body: str, spans: Sequence[Span]) -> Markup:
    """The part of a text around what was found first; all that was found is marked."""
    first = spans[0][0] if spans else 0
    start = max(first - BEFORE, 0) if len(body) > LONGEST else 0
    if start:
        start = body.find(" ", start, first) + 1 or start
    end = min(start + LONGEST, len(body))
    parts = [CUT if start else "", *marked(body, spans, start, end)]
    return Markup("").join([*parts, CUT if end < len(body) else ""])


def marked(body: str, spans: Sequence[Span], start: int, end: int) -> Iterator[Markup]:
    place = start
    for begin, after in spans:
        if begin < place or after > end:
            continue
        yield text.unlinked(body[place:begin])
        yield MARKED.format(text.unlinked(body[begin:after]))
        place = after
    yield text.unlinked(body[place:end])
