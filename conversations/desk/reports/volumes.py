"""How many texts there were: from the tallies, and from the texts that are too new.

An agent sees what nobody's team and their own teams have, by the team that each
conversation had when it was counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Subquery, func, select, union_all

from conversations.desk import visibility
from conversations.desk.reports import choices
from conversations.desk.reports.asked import Asked
from conversations.models import Agent, Conversation, Tally
from conversations.models.message import INBOUND
from conversations.searching.limit import Limit
from conversations.texting import tallies
from conversations.texting.status import Status
from conversations.texting.tallies import COLUMNS, quarter_of

ALIKE = ("line_id", "author_id", "direction", "status", "code")


@dataclass(frozen=True)
class Count:
    """So many texts, in so many parts, that are alike in what was asked for."""

    direction: str
    status: Status
    texts: int
    segments: int
    quarter: int = 0
    line_id: int = 0
    author_id: int = 0
    code: str = ""

    @property
    def inbound(self) -> bool:
        return self.direction == INBOUND


def by_time(viewer: Agent, asked: Asked, limit: Limit) -> list[Count]:
    """In each quarter of an hour, by direction and status."""
    return list(counts(viewer, asked, ("quarter", "direction", "status"), limit))


def by_kind(viewer: Agent, asked: Asked, limit: Limit) -> list[Count]:
    """In the whole period, by line, author, direction, status and failure code."""
    return list(counts(viewer, asked, ALIKE, limit))


def counts(
    viewer: Agent, asked: Asked, names: Sequence[str], limit: Limit
) -> Iterator[Count]:
    its = source(asked, tallies.reached()).c
    columns = [its[name] for name in names]
    sums = [func.sum(its[name]).label(name) for name in ("texts", "segments")]
    query = select(*columns, *sums).where(
        visibility.may_count(viewer, its.team_id),
        *choices.chosen(asked, its.line_id, its.team_id, its.author_id),
    )
    for row in limit.rows(query.group_by(*columns)):
        values: dict[str, Any] = dict(row._mapping)
        sizes = {name: int(values[name]) for name in ("texts", "segments")}
        yield Count(**values | sizes | {"status": Status(values["status"])})


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
