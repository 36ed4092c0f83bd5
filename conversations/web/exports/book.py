"""Many threads on paper: one page of HTML that needs nothing else, and prints well."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app
from markupsafe import Markup
from sqlalchemy import Row, select

from conversations.db import db, reading
from conversations.desk.exports.picking import Picked
from conversations.desk.exports.records import Chain
from conversations.models import Agent, Message
from conversations.web import assets
from conversations.web.exports import paper
from conversations.web.exports.paper import PARTS_AT_ONCE, STYLE, Sheet
from conversations.web.languages import spoken_language
from conversations.web.showing import people, times
from conversations.web.showing.bubbles import Reading

AT_ONCE = 500


@dataclass(frozen=True)
class Heading:
    """What stands above it all; `search` is what was looked for, if anything was."""

    language: str
    search: str
    zone: str
    made_at: str
    made_by: str


@dataclass(frozen=True)
class Thread:
    """With whom, on which line; `name` is the number of who has no name."""

    id: int
    name: str
    number: str
    line: str


@dataclass(frozen=True)
class Leaf:
    """A message, and its `thread` where the one before was of another."""

    sheet: Sheet
    thread: Thread | None


def heading(viewer: Agent, made_at: datetime, what: dict[str, object]) -> Heading:
    return Heading(
        language=spoken_language(),
        search=str(what.get("search", "")),
        zone=viewer.time_zone,
        made_at=times.exact(made_at.astimezone(viewer.zone)),
        made_by=viewer.name,
    )


def alone(heading: Heading, leaves: Iterator[Leaf]) -> Iterator[str]:
    """As a file that brings its styles along."""
    template = current_app.jinja_env.get_template("export/book.html")
    style = STYLE.format(Markup(assets.text("css/paper.css")))
    stream = template.stream(head=heading, leaves=leaves, style=style)
    stream.enable_buffering(PARTS_AT_ONCE)
    return stream


def leaves(found: Picked, viewer: Agent, chain: Chain) -> Iterator[Leaf]:
    """The messages in their order; they are counted as they go by."""
    before: Message | None = None
    for row, message in messages(found):
        new = before is None or before.conversation_id != row.conversation_id
        thread = thread_of(row, viewer)
        sheet = paper.sheet(message, None if new else before, reader(thread, viewer))
        chain.rows += 1
        yield Leaf(sheet, thread if new else None)
        before = message


def messages(found: Picked) -> Iterator[tuple[Row[Any], Message]]:
    for rows in found.stretches():
        for start in range(0, len(rows), AT_ONCE):
            yield from with_messages(rows[start : start + AT_ONCE])


def with_messages(rows: Sequence[Row[Any]]) -> Iterator[tuple[Row[Any], Message]]:
    wanted = select(Message).where(Message.id.in_([row.id for row in rows]))
    with reading():
        known = {message.id: message for message in db.session.scalars(wanted)}
    return ((row, known[row.id]) for row in rows if row.id in known)


def thread_of(row: Row[Any], viewer: Agent) -> Thread:
    seen = people.address_of(row.number, viewer)
    number = people.number(seen) if viewer.sees_numbers else seen
    line = people.number(row.line)
    return Thread(row.conversation_id, row.name or number, number, line)


def reader(thread: Thread, viewer: Agent) -> Reading:
    # No message is of this day, so that every day stands in full.
    return Reading(viewer.zone, date.max, thread.name, attempts={})
