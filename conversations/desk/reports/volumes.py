"""How many texts there were: from the tallies, and from the texts that are too new.

An agent sees what nobody's team and their own teams have, by the team that each
conversation had when it was counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    case,
    func,
    literal_column,
    select,
    union_all,
)

from conversations.desk import visibility
from conversations.desk.reports import choices
from conversations.desk.reports.asked import Asked
from conversations.models import Agent, Conversation, ConversationTag, Message, Tally
from conversations.models.message import INBOUND, OUTBOUND
from conversations.searching.limit import Limit
from conversations.texting import tallies
from conversations.texting.status import Status
from conversations.texting.tallies import COLUMNS, quarter_of

IN_TIME = ("quarter", "direction", "status", "currency")
ALIKE = ("line_id", "author_id", "direction", "status", "code", "currency")
SUMS = ("texts", "segments", "micros")


@dataclass(frozen=True)
class Count:
    """So many texts, in so many parts, that are alike in what was asked for.

    They cost so many millionths of `currency`; where that is empty, nobody knows.
    """

    direction: str
    status: Status
    texts: int
    segments: int
    quarter: int = 0
    line_id: int = 0
    author_id: int = 0
    code: str = ""
    currency: str = ""
    micros: int = 0

    @property
    def inbound(self) -> bool:
        return self.direction == INBOUND


class Heard(NamedTuple):
    """So many texts in, and so many out."""

    inbound: int = 0
    outbound: int = 0


def by_time(viewer: Agent, asked: Asked, limit: Limit) -> list[Count]:
    """In each hour or part of it, by direction, status and currency.

    `quarter` is the first quarter of an hour counted together.
    """
    return list(counts(viewer, asked, IN_TIME, limit))


def by_kind(viewer: Agent, asked: Asked, limit: Limit) -> list[Count]:
    """In the whole period, by line, author, direction, status, reason and currency."""
    return list(counts(viewer, asked, ALIKE, limit))


def by_tag(viewer: Agent, asked: Asked, limit: Limit) -> dict[int, Heard]:
    """Texts in and out of conversations, by the tags that they have now.

    No tally knows tags, so the texts themselves are counted.
    """
    tag_id = ConversationTag.tag_id
    times = tallies.between(quarter_of(asked.start), quarter_of(asked.end))
    out = case((Message.direction == OUTBOUND, Message.author_id))
    # Added to, it tempts no database to read all that was ever said with a tag.
    theirs = Conversation.id == Message.conversation_id + 0
    query = (
        select(tag_id, Message.direction, func.count())
        .select_from(Message)
        .join(Conversation, theirs)
        .join(ConversationTag, ConversationTag.conversation_id == Conversation.id)
        .where(
            *times,
            *tallies.of_note(),
            visibility.may_count(viewer, func.coalesce(Conversation.team_id, 0)),
            *choices.chosen(
                asked, Conversation.line_id, Conversation.team_id, func.coalesce(out, 0)
            ),
            *choices.tagged(asked, Conversation.id),
        )
        .group_by(tag_id, Message.direction)
    )
    found: dict[int, Heard] = {}
    for tag, direction, many in limit.rows(query):
        before = found.get(tag, Heard())
        added = Heard(many, 0) if direction == INBOUND else Heard(0, many)
        found[tag] = Heard(*map(sum, zip(before, added, strict=True)))
    return found


def counts(
    viewer: Agent, asked: Asked, names: Sequence[str], limit: Limit
) -> Iterator[Count]:
    its = source(asked, tallies.reached()).c
    first = beginning(its.quarter, asked.grain)
    columns = [first if name == "quarter" else its[name] for name in names]
    sums = [func.sum(its[name]).label(name) for name in SUMS]
    query = select(*columns, *sums).where(
        visibility.may_count(viewer, its.team_id),
        *choices.chosen(asked, its.line_id, its.team_id, its.author_id),
    )
    for row in limit.rows(query.group_by(*columns)):
        values: dict[str, Any] = dict(row._mapping)
        sizes = {name: int(values[name]) for name in SUMS}
        yield Count(**values | sizes | {"status": Status(values["status"])})


def beginning(quarter: ColumnElement[int], grain: int) -> ColumnElement[int]:
    """The first quarter of the hour, or of the half, that a quarter is part of."""
    return (quarter - quarter % literal_column(str(grain), Integer)).label("quarter")


def source(asked: Asked, reached: int) -> Subquery:
    """Tallies up to where they reach; a tag is on no tally, so it is counted anew."""
    since, until = quarter_of(asked.start), quarter_of(asked.end)
    if asked.tag:
        reached = 0
    times = tallies.between(max(since, reached), until)
    fresh = tallies.counted(*times, *choices.tagged(asked, Conversation.id))
    if reached <= since:
        return fresh.subquery("counts")
    return union_all(kept(since, min(until, reached)), fresh).subquery("counts")


def kept(since: int, until: int) -> Select[Any]:
    columns = [Tally.__table__.c[name] for name in COLUMNS]
    return select(*columns).where(Tally.quarter >= since, Tally.quarter < until)
