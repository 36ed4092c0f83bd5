"""How long customers waited until a person answered, and who waits now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import ColumnElement, func, select

from conversations.desk import filters, visibility
from conversations.desk.reports import choices
from conversations.desk.reports.asked import Asked
from conversations.models import Agent, Conversation, ConversationTag, Wait
from conversations.searching.limit import Limit


class Over(NamedTuple):
    """A wait that is over."""

    seconds: int
    first: bool
    agent_id: int
    line_id: int


@dataclass(frozen=True)
class Waiting:
    """How many customers wait now, and since when the longest does."""

    many: int
    since: datetime | None


@dataclass(frozen=True)
class Times:
    """Of so many waits, half were at most so long, and nine in ten."""

    many: int
    median: int | None
    p90: int | None


def over(viewer: Agent, asked: Asked, limit: Limit) -> Sequence[Over]:
    """The waits that an answer of the period ended, shortest first."""
    query = (
        select(Wait.seconds, Wait.first, Wait.agent_id, Wait.line_id)
        .where(*conditions(viewer, asked))
        .order_by(Wait.seconds)
    )
    return cast("Sequence[Over]", limit.rows(query))


def by_tag(viewer: Agent, asked: Asked, limit: Limit) -> dict[int, list[int]]:
    """How many seconds each of them took, shortest first, by the tags there are now."""
    query = (
        select(ConversationTag.tag_id, Wait.seconds)
        .join(Wait, Wait.conversation_id == ConversationTag.conversation_id)
        .where(*conditions(viewer, asked))
        .order_by(Wait.seconds)
    )
    found: dict[int, list[int]] = {}
    for tag_id, seconds in limit.rows(query):
        found.setdefault(tag_id, []).append(seconds)
    return found


def conditions(viewer: Agent, asked: Asked) -> Iterator[ColumnElement[bool]]:
    yield Wait.ended_at >= asked.start
    yield Wait.ended_at < asked.end
    yield visibility.may_count(viewer, Wait.team_id)
    yield from choices.chosen(asked, Wait.line_id, Wait.team_id, Wait.agent_id)
    yield from choices.tagged(asked, Wait.conversation_id)


def now(viewer: Agent, asked: Asked, limit: Limit) -> Waiting:
    """Who waits at this moment, whatever the days asked about."""
    its = Conversation
    query = select(func.count(), func.min(its.waiting_since)).where(
        visibility.may_see(viewer),
        filters.waits(),
        *choices.chosen(asked, its.line_id, its.team_id, its.assignee_id),
        *choices.tagged(asked, its.id),
    )
    return Waiting(*limit.rows(query)[0])


def times(seconds: Sequence[int]) -> Times:
    """Of seconds in order, shortest first."""
    return Times(len(seconds), nearest(seconds, 50), nearest(seconds, 90))


def nearest(seconds: Sequence[int], percent: int) -> int | None:
    """The least of them that so many in a hundred do not exceed: the nearest rank."""
    if not seconds:
        return None
    return seconds[-(-len(seconds) * percent // 100) - 1]
