"""All that a search finds, oldest first, to be taken away.

Nobody waits for it, so it is looked for without a limit of time, in stretches of ids
that are each soon over; and it is the very texts that the page of the search shows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, select

from conversations.db import db, reading
from conversations.desk import known, visibility
from conversations.desk.finding import kept
from conversations.desk.finding.asked import Asked
from conversations.desk.finding.filters import Filters, filters
from conversations.desk.finding.people import are_of_people, people
from conversations.models import Agent, Conversation, Message
from conversations.models.message import EVENT, texts
from conversations.searching import index, question
from conversations.searching.question import Term

STRETCH = 10_000


class Senseless(ValueError):
    """A filter of it means nothing, or no more: a tag may have gone since."""


@dataclass(frozen=True)
class Search:
    """What was asked, for whom; of what came later than `top`, nothing is found.

    What is newer than `indexed` is in no index yet, and read as it is.
    """

    agent: Agent
    asked: Asked
    terms: Sequence[Term]
    filters: Filters
    notes: bool
    top: int
    indexed: int

    def rows(self, wanted: Select[Any]) -> Iterator[list[Row[Any]]]:
        """What is found, with the columns of `wanted`, among them the body."""
        for low, high in self.bounds():
            with reading():
                rows = db.session.execute(self.between(wanted, low, high)).all()
            hits = [row for row in rows if self.holds(row.body)]
            if hits:
                yield hits

    def holds(self, body: str) -> bool:
        """What was changed since it was indexed is another text now."""
        return question.found_in(body, self.terms) is not None

    def count(self) -> int:
        """About how many: of what is in no index yet, all are counted."""
        found = 0
        counted = select(func.count()).select_from(Message).join(Message.conversation)
        for low, high in self.bounds():
            with reading():
                query = self.between(counted, low, high).order_by(None)
                found += db.session.scalar(query) or 0
        return found

    def conversations(self) -> set[int]:
        """Those with a text that is found, and those with the people who are."""
        columns: Any = select(Message.conversation_id, Message.body)
        hits = self.rows(columns.join(Message.conversation))
        found = {row.conversation_id for rows in hits for row in rows}
        return found | self.with_people()

    def with_people(self) -> set[int]:
        if not self.asked.plain or not are_of_people(self.asked.chips):
            return set()
        theirs = known.talked_to_at_all(self.agent, self.asked.plain)
        query = people(self.agent, theirs, self.filters.conditions)
        ids = query.with_only_columns(Conversation.id).order_by(None).limit(None)
        with reading():
            return set(db.session.scalars(ids))

    def bounds(self) -> Iterator[tuple[int, int]]:
        """Stretches of ids, above the first and up to the second."""
        low = self.filters.above
        while low < self.top:
            end = self.indexed if low < self.indexed else self.top
            high = min(low + STRETCH, end, self.top)
            yield low, high
            low = high

    def between(self, wanted: Select[Any], low: int, high: int) -> Select[Any]:
        found = wanted.where(Message.id > low, Message.id <= high)
        found = found.where(Message.direction != EVENT, *self.filters.conditions)
        if self.terms and high <= self.indexed:
            hits = index.kind().ids(self.terms)
            id = hits.selected_columns[0]
            found = found.where(Message.id.in_(hits.where(id > low, id <= high)))
        if not self.notes:
            found = found.where(texts())
        return visibility.visible_to(self.agent, found).order_by(Message.id)


def search(agent: Agent, written: str, *, notes: bool) -> Search:
    """A search that was kept, as of now. Raises `Senseless`."""
    asked = kept.read(written)
    with reading():
        chosen = filters(asked.chips, agent)
        newest = db.session.scalar(select(func.max(Message.id))) or 0
        indexed = index.mark() or 0
    if chosen.faults or asked.nothing:
        raise Senseless
    top = newest if chosen.below is None else min(newest, chosen.below - 1)
    terms = (*asked.terms, *chosen.terms)
    return Search(agent, asked, terms, chosen, notes, top, indexed)
