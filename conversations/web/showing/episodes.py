"""The timeline of a conversation's episodes in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.desk.episodes import Current, Episodes
from conversations.models import Agent, Episode
from conversations.web.showing import times
from conversations.web.showing.times import Stamp


@dataclass(frozen=True)
class Span:
    """One episode; `message` is the one it began with, `closed` is None while it lasts.

    `lasted` is how long; `by` closed it, and `owner` had it then.
    """

    message: int | None
    opened: Stamp
    closed: Stamp | None
    lasted: str
    by: str
    owner: str
    tags: Sequence[str] = ()


def spans(
    found: Episodes, agents: Mapping[int, Agent], zone: ZoneInfo, now: datetime
) -> list[Span]:
    past = [of_past(each, agents, zone) for each in found.past]
    return (
        [under_way(found.current, agents, zone, now), *past] if found.current else past
    )


def of_past(episode: Episode, agents: Mapping[int, Agent], zone: ZoneInfo) -> Span:
    closed = episode.closed_at
    return Span(
        message=episode.first_message_id or episode.last_message_id,
        opened=times.moment(episode.opened_at, zone),
        closed=times.moment(closed, zone) if closed else None,
        lasted=times.passed(closed - episode.opened_at) if closed else "",
        by=called(episode.closed_by_id, agents),
        owner=called(episode.owner_id, agents),
        tags=[tag for tag in episode.tags.split(", ") if tag],
    )


def under_way(
    current: Current, agents: Mapping[int, Agent], zone: ZoneInfo, now: datetime
) -> Span:
    return Span(
        message=current.first_message_id,
        opened=times.moment(current.opened_at, zone),
        closed=None,
        lasted=times.passed(now - current.opened_at),
        by="",
        owner=called(current.owner_id, agents),
    )


def called(agent_id: int | None, agents: Mapping[int, Agent]) -> str:
    known = agents.get(agent_id) if agent_id else None
    return known.name if known else ""
