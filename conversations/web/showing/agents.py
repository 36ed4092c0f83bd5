"""Agents, invitations and teams as admins see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.models import Agent, Invitation, Team
from conversations.web.showing import people, times
from conversations.web.showing.people import Face
from conversations.web.showing.times import Stamp
from conversations.web.showing.wording import Mark
from conversations.words import N_

ROLES = {
    "agent": N_("Agent"),
    "supervisor": N_("Supervisor"),
    "admin": N_("Admin"),
}
DISABLED = Mark(N_("Disabled since"), "ban")
AWAY = Mark(N_("Away since"), "clock")


@dataclass(frozen=True)
class AgentRow:
    """`at` goes with the mark's words."""

    id: int
    name: str
    email: str
    face: Face
    role: str
    teams: str
    masked: bool
    disabled: bool
    mark: Mark | None
    at: Stamp | None


@dataclass(frozen=True)
class InvitationRow:
    name: str
    email: str
    role: str
    until: Stamp
    over: bool


@dataclass(frozen=True)
class TeamRow:
    id: int
    name: str
    archived: bool
    members: str


def rows(
    agents: Iterable[Agent],
    members: Sequence[tuple[int, int]],
    teams: Iterable[Team],
    zone: ZoneInfo,
) -> list[AgentRow]:
    """Those who can sign in first."""
    names = {team.id: team.name for team in teams}
    found = [
        row(each, [names[team] for team, one in members if one == each.id], zone)
        for each in agents
    ]
    return sorted(found, key=lambda each: each.disabled)


def row(agent: Agent, teams: Sequence[str], zone: ZoneInfo) -> AgentRow:
    mark, at = standing(agent)
    return AgentRow(
        id=agent.id,
        name=agent.name,
        email=agent.email,
        face=people.face_of_agent(agent),
        role=role(agent.role),
        teams=", ".join(teams),
        masked=not agent.sees_numbers,
        disabled=agent.disabled,
        mark=mark,
        at=times.moment(at, zone) if at else None,
    )


def standing(agent: Agent) -> tuple[Mark | None, datetime | None]:
    if agent.disabled:
        return DISABLED, agent.disabled_at
    return (AWAY, agent.away_at) if agent.away else (None, None)


def role(word: str) -> str:
    return ROLES[word]


def invitations(
    found: Iterable[Invitation], zone: ZoneInfo, now: datetime
) -> list[InvitationRow]:
    return [
        InvitationRow(
            name=each.name,
            email=each.email,
            role=role(each.role),
            until=times.moment(each.expires_at, zone),
            over=each.expires_at <= now,
        )
        for each in found
    ]


def teams(
    found: Iterable[Team], members: Sequence[tuple[int, int]], names: dict[int, str]
) -> list[TeamRow]:
    """Those in use first."""
    shown = [
        TeamRow(
            id=each.id,
            name=each.name,
            archived=each.archived_at is not None,
            members=", ".join(names[one] for team, one in members if team == each.id),
        )
        for each in found
    ]
    return sorted(shown, key=lambda each: each.archived)
