"""The rows of an export, a stretch at a time, whichever way they were chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Row, Select, tuple_

from conversations.db import db, reading
from conversations.desk import visibility
from conversations.desk.exports import choice, sought
from conversations.desk.exports.choice import Choice
from conversations.desk.finding import stored
from conversations.models import Agent, Message
from conversations.models.message import texts

AT_ONCE = 1_000

Rows = list[Row[Any]]


class Picked(Protocol):
    """Messages to be taken away, with `choice.COLUMNS`."""

    def count(self) -> int:
        """About how many there are."""

    def stretches(self) -> Iterator[Rows]:
        """All of them; each stretch in a transaction of its own, soon over."""


def picked(agent: Agent, wanted: Choice, *, by_thread: bool = False) -> Picked:
    """What this agent chose; `by_thread`: one conversation after the other.

    The texts that a search found always stand in the order of their times.
    """
    if not wanted.search:
        return in_view(agent, wanted, by_thread=by_thread)
    # A note says which conversation is meant, also to who does not want it along.
    notes = wanted.notes or wanted.whole
    found = sought.search(agent, wanted.search, notes=notes)
    return WholeThreads(found, wanted.notes) if wanted.whole else Texts(found)


def in_view(agent: Agent, wanted: Choice, *, by_thread: bool) -> "InView":
    """What meets the filters; ids say where its days begin and end in the table."""
    found = choice.messages(agent, wanted)
    with reading():
        above = stored.above(wanted.since) if wanted.since else 0
        below = stored.below(wanted.until) if wanted.until else None
    if below is not None:
        found = found.where(Message.id < below)
    return InView(found, above, by_thread)


@dataclass(frozen=True)
class InView:
    """Messages that all have ids `above` one."""

    found: Select[Any]
    above: int
    by_thread: bool

    def count(self) -> int:
        with reading():
            return choice.count(self.found.where(Message.id > self.above))

    def stretches(self) -> Iterator[Rows]:
        if self.by_thread:
            return by_thread(self.found)
        return by_id(self.found, self.above)


class Texts:
    """What a search found, oldest first."""

    def __init__(self, search: sought.Search) -> None:
        self.search = search

    def count(self) -> int:
        return self.search.count()

    def stretches(self) -> Iterator[Rows]:
        return self.search.rows(choice.everything())


class WholeThreads:
    """All that was said in the conversations that a search found, and with whom."""

    def __init__(self, search: sought.Search, notes: bool) -> None:
        self.conversations = sorted(search.conversations())
        self.agent, self.notes = search.agent, notes

    def count(self) -> int:
        with reading():
            return sum(choice.count(some) for some in self.parts())

    def stretches(self) -> Iterator[Rows]:
        for some in self.parts():
            yield from by_thread(some)

    def parts(self) -> Iterator[Select[Any]]:
        ids = self.conversations
        for start in range(0, len(ids), AT_ONCE):
            these = Message.conversation_id.in_(ids[start : start + AT_ONCE])
            found = choice.everything().where(these)
            wanted = found if self.notes else found.where(texts())
            yield visibility.visible_to(self.agent, wanted)


def by_id(found: Select[Any], after: int) -> Iterator[Rows]:
    ordered = found.order_by(Message.id).limit(AT_ONCE)
    while rows := stretch(ordered.where(Message.id > after)):
        yield rows
        after = rows[-1].id


def by_thread(found: Select[Any]) -> Iterator[Rows]:
    place = tuple_(Message.conversation_id, Message.id)
    ordered = found.order_by(Message.conversation_id, Message.id).limit(AT_ONCE)
    after = 0, 0
    while rows := stretch(ordered.where(place > tuple_(*after))):
        yield rows
        after = rows[-1].conversation_id, rows[-1].id


def stretch(some: Select[Any]) -> Rows:
    with reading():
        return list(db.session.execute(some))
