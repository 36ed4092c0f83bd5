"""How many texts there were: from the tallies, and from the texts that are too new.

An agent sees what nobody's team and their own teams have, by the team that each
conversation had when it was counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, func, or_, select, union_all

from conversations.desk import filters, visibility
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
    found = source(asked, tallies.reached())
    columns = [found.c[name] for name in names]
    sums = [func.sum(found.c[name]).label(name) for name in ("texts", "segments")]
    query = select(*columns, *sums).where(*conditions(viewer, asked, found))
    for row in limit.rows(query.group_by(*columns)):
        values: dict[str, Any] = dict(row._mapping)
        sizes = {name: int(values[name]) for name in ("texts", "segments")}
        yield Count(**values | sizes | {"status": Status(values["status"])})


def source(asked: Asked, reached: int) -> Subquery:
    """Tallies up to where they reach; a tag is on no tally, so it is counted anew."""
    since, until = quarter_of(asked.start), quarter_of(asked.end)
    here: list[ColumnElement[bool]] = []
    if asked.tag:
        here, reached = [Conversation.id.in_(filters.tagged(asked.tag))], 0
    fresh = tallies.counted(*tallies.between(max(since, reached), until), *here)
    if reached <= since:
        return fresh.subquery("counts")
    return union_all(kept(since, min(until, reached)), fresh).subquery("counts")


def kept(since: int, until: int) -> Select[Any]:
    columns = [Tally.__table__.c[name] for name in COLUMNS]
    return select(*columns).where(Tally.quarter >= since, Tally.quarter < until)


def conditions(
    viewer: Agent, asked: Asked, found: Subquery
) -> Iterator[ColumnElement[bool]]:
    column = found.c
    if not viewer.admin:
        mine = column.team_id.in_(visibility.teams_of(viewer))
        yield or_(column.team_id == 0, mine)
    if asked.line:
        yield column.line_id == asked.line
    if asked.team:
        yield column.team_id == asked.team
    if asked.agent:
        yield column.author_id == asked.agent
