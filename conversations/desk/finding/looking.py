"""Looking for texts, newest first, in stretches of ids, until enough or out of time.

Never all that match, to sort them: a common word stands in a tenth of ten million
texts, and the newest fifty of them are a moment away. Each stretch is a question of its
own, so that what was found so far is there when time runs out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true

from conversations.desk import visibility
from conversations.desk.finding.filters import Filters
from conversations.models import Agent, Message
from conversations.models.message import EVENT
from conversations.searching import index, question
from conversations.searching.limit import Limit, OutOfTime
from conversations.searching.question import Term

FIRST_STRETCH = 5_000
WIDER = 10
WIDEST = 500_000
# So many of which an index names all in a few milliseconds, on PostgreSQL too.
FEW = 20_000
# So many texts are looked at one by one about as quickly.
NEAR = 100_000
# The share of the time left that one question to the whole index may take.
PATIENCE = 1 / 4


@dataclass
class Looking:
    """One search: for whom and for what; what it found, down to the id `reached`."""

    agent: Agent
    terms: Sequence[Term]
    filters: Filters
    limit: Limit
    wanted: int
    ids: list[int] = field(default_factory=list)
    reached: int = 0
    stopped: bool = False

    def look(self, top: int) -> None:
        """Find ids from `top` down."""
        self.reached = top
        try:
            self.in_what_is_new()
            self.in_what_is_indexed()
        except OutOfTime:
            self.stopped = True

    def in_what_is_indexed(self) -> None:
        """In ever wider stretches: what was not among the newest is far apart.

        Or at once, where the index as a whole is the quicker way.
        """
        top, size = self.reached, FIRST_STRETCH
        while not self.enough and not (self.at_once(top) and self.take_all()):
            self.stretch(size)
            size = min(size * WIDER, WIDEST)

    def at_once(self, top: int) -> bool:
        """Whether to ask the whole index, having looked so far from `top` down.

        Who has looked far already has asked, and goes on.
        """
        if not self.terms:
            return False
        if index.kind().NEWEST_FIRST:
            return self.reached == top and not self.narrowed
        return 0 < top - self.reached < NEAR and self.rare(top)

    def take_all(self) -> bool:
        """False when that takes long: a word may be rare now and common once, and of
        several words each may be common."""
        floor = self.filters.above
        try:
            patience = self.limit.part(PATIENCE)
            self.keep(self.between(floor, patience, whole=True))
        except OutOfTime:
            return False
        self.reached = floor
        return True

    def stretch(self, size: int) -> None:
        low = max(self.reached - size, self.filters.above)
        self.keep(self.between(low, self.limit))
        self.reached = min(self.reached, low)

    @property
    def enough(self) -> bool:
        return len(self.ids) >= self.wanted or self.reached <= self.filters.above

    def keep(self, ids: Sequence[int]) -> None:
        self.ids += ids[: self.wanted - len(self.ids)]

    def in_what_is_new(self) -> None:
        """What no index knows yet is read as it is."""
        indexed = max(index.mark() or 0, self.filters.above)
        if not self.terms or self.reached <= indexed:
            return
        newer = self.messages(indexed, Message.id, Message.body).limit(index.LATE)
        rows = self.limit.rows(newer)
        for id, body in rows:
            if self.limit.over():
                raise OutOfTime
            if question.found_in(body, self.terms):
                self.keep([id])
            self.reached = id - 1
        self.reached = indexed

    def rare(self, top: int) -> bool:
        """Whether few texts hold the words, going by those looked at so far.

        So few that it is far to the last one wanted.
        """
        looked_at, hits = top - self.reached, len(self.ids)
        if self.narrowed:
            found = index.kind().ids(self.terms)
            id = found.selected_columns[0]
            some = found.where(id > self.reached, id <= top).limit(FEW).subquery()
            ((hits,),) = self.limit.rows(select(func.count()).select_from(some))
        near = hits * NEAR > self.wanted * looked_at
        return bool(not near and hits * top <= FEW * looked_at)

    @property
    def narrowed(self) -> bool:
        """Whether more than the words decides what is found."""
        return bool(self.filters.conditions) or not self.agent.admin

    def between(self, low: int, limit: Limit, *, whole: bool = False) -> Sequence[int]:
        if self.terms:
            query = self.of_index(low, whole=whole)
        else:
            query = self.messages(low, Message.id)
        left = self.wanted - len(self.ids)
        return [id for (id,) in limit.rows(query.limit(left))]

    def of_index(self, low: int, *, whole: bool) -> Select[int]:
        """What else must be true is asked of each row that the index finds."""
        near = not whole and self.reached - low <= NEAR
        ids: Select[int] = index.kind().ids(self.terms, whole=whole, near=near)
        id: ColumnElement[int] = ids.selected_columns[0]
        found = ids.where(id > low, id <= self.reached).order_by(id.desc())
        if not self.narrowed:
            return found
        if whole and not self.filters.conditions:
            return self.seen(found.subquery().c.message_id, low)
        own = self.messages(low, Message.id).order_by(None)
        return found.where(own.where(Message.id == id).exists())

    def seen(self, id: ColumnElement[int], low: int) -> Select[int]:
        """Of these ids those that the agent may see: nearly all, as a rule.

        So each is asked about when its turn comes, which PostgreSQL does for a value;
        what must exist it looks up for all of them first.
        """
        own = self.messages(low, true()).order_by(None).where(Message.id == id)
        return select(id).where(own.scalar_subquery()).order_by(id.desc())

    def messages(self, low: int, *columns: Any) -> Select[Any]:
        """Messages above `low` that the agent may see, as far as filters let them."""
        found = select(*columns).join(Message.conversation)
        found = found.where(Message.id > low, Message.id <= self.reached)
        found = found.where(Message.direction != EVENT, *self.filters.conditions)
        found = visibility.visible_to(self.agent, found)
        return found.order_by(Message.id.desc())
