"""A thread on paper: one page of HTML that needs nothing else, and prints well."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import Select

from conversations.db import db, reading
from conversations.desk import timeline
from conversations.models import Agent, Conversation, Message
from conversations.models.message import texts
from conversations.web import assets
from conversations.web.languages import spoken
from conversations.web.showing import bubbles, people, times, wording
from conversations.web.showing.bubbles import Bubble, Reading

AT_ONCE = 200
PARTS_AT_ONCE = 500
STYLE = Markup("<style>\n{}</style>")


@dataclass(frozen=True)
class Heading:
    """What stands above the messages."""

    name: str
    number: str
    line: str
    zone: str
    made_at: str
    made_by: str


@dataclass(frozen=True)
class Sheet:
    """A message: how it looks in the thread, and all that is known of its way."""

    bubble: Bubble
    who: str
    day: str
    at: str
    facts: Sequence[str]


def heading(conversation: Conversation, viewer: Agent, made_at: datetime) -> Heading:
    customer = conversation.customer
    return Heading(
        name=people.called(customer, viewer),
        number=people.number_of(customer, viewer),
        line=people.number(conversation.line.address),
        zone=viewer.time_zone,
        made_at=times.exact(made_at.astimezone(viewer.zone)),
        made_by=viewer.name,
    )


def shown(heading: Heading, sheets: Iterator[Sheet]) -> Iterator[str]:
    """As a page of ours, with a sheet of styles of ours."""
    return page(heading, sheets, assets.link("css/paper.css"))


def alone(heading: Heading, sheets: Iterator[Sheet]) -> Iterator[str]:
    """As a file that brings its styles along."""
    style = Markup(assets.text("css/paper.css"))
    return page(heading, sheets, STYLE.format(style))


def page(heading: Heading, sheets: Iterator[Sheet], style: Markup) -> Iterator[str]:
    template = current_app.jinja_env.get_template("export/paper.html")
    stream = template.stream(head=heading, sheets=sheets, style=style)
    stream.enable_buffering(PARTS_AT_ONCE)
    return stream


def sheets(
    conversation: Conversation, viewer: Agent, *, notes: bool
) -> Iterator[Sheet]:
    reading = reading_for(conversation, viewer)
    before: Message | None = None
    for message in messages(conversation, notes=notes):
        yield sheet(message, before, reading)
        before = message


def messages(conversation: Conversation, *, notes: bool) -> Iterator[Message]:
    """All of them, oldest first, a stretch at a time."""
    found = timeline.in_conversation(conversation).order_by(Message.id).limit(AT_ONCE)
    wanted = found if notes else found.where(texts())
    after = 0
    while some := stretch(wanted, after):
        yield from some
        after = some[-1].id


def stretch(wanted: Select[Message], after: int) -> Sequence[Message]:
    with reading():
        return db.session.scalars(wanted.where(Message.id > after)).all()


def reading_for(conversation: Conversation, viewer: Agent) -> Reading:
    zone = viewer.zone
    # No message is of this day, so that every day stands in full.
    never = date.max
    customer = people.called(conversation.customer, viewer)
    return Reading(zone=zone, today=never, customer=customer, attempts={})


def sheet(message: Message, before: Message | None, reading: Reading) -> Sheet:
    bubble = bubbles.bubble(message, before, reading)
    local = message.created_at.astimezone(reading.zone)
    return Sheet(
        bubble=bubble,
        who=bubble.author,
        day=times.long_date(local.date(), with_year=True),
        at=f"{local:%H:%M:%S %Z}",
        facts=facts(message, reading) if message.outbound else (),
    )


def facts(message: Message, reading: Reading) -> list[str]:
    """What became of one of our texts, each a few words."""
    told = [spoken(wording.mark(message).words)]
    if message.segments > 1:
        told.append(f"{message.segments} SMS")
    if at := message.sent_at:
        told.append(_("sent %(at)s", at=times.exact(at.astimezone(reading.zone))))
    if at := message.delivered_at:
        told.append(_("delivered %(at)s", at=times.exact(at.astimezone(reading.zone))))
    if message.provider_id:
        told.append(f"Kaleyra {message.provider_id}")
    if message.retry_of_id:
        told.append(_("a new attempt at message %(id)s", id=message.retry_of_id))
    return told
