"""Teams: made and named by admins, who also say who is in which.

A team is never deleted, because conversations and events name it. An archived one gets
no more of them; its members go on seeing what it has.
"""

from collections.abc import Collection

from sqlalchemy import Select, delete, func, select, update

from conversations.db import db, utcnow
from conversations.models import Agent, Conversation, Line, Team, TeamMember
from conversations.words import N_, worded

LONGEST_NAME = 60
NAME_LENGTH = N_("Type a name of at most {most} characters.")
NAME_TAKEN = N_("There is a team {name} already, perhaps an archived one.")


class TeamFault(ValueError):
    """What was asked of a team cannot be; the message says why."""


def create(name: str) -> Team:
    """A team with nobody in it. Raises `TeamFault`."""
    check_name(name)
    team = Team(name=name.strip())
    db.session.add(team)
    db.session.flush()
    return team


def rename(team: Team, name: str) -> None:
    if name.strip() != team.name:
        check_name(name, team)
        team.name = name.strip()


def check_name(name: str, but: Team | None = None) -> None:
    wanted = name.strip()
    if not wanted or len(wanted) > LONGEST_NAME:
        raise TeamFault(worded(NAME_LENGTH, most=LONGEST_NAME))
    same = select(Team).where(func.lower(Team.name) == wanted.lower())
    if any(team is not but for team in db.session.scalars(same)):
        raise TeamFault(worded(NAME_TAKEN, name=wanted))


def archive(team: Team) -> None:
    """No more conversations for it: also no line's new ones."""
    team.archived_at = team.archived_at or utcnow()
    db.session.execute(
        update(Line).where(Line.team_id == team.id).values(team_id=None),
    )


def bring_back(team: Team) -> None:
    team.archived_at = None


def set_members(team: Team, agent_ids: Collection[int]) -> None:
    """Just these agents are in it from now on."""
    db.session.execute(delete(TeamMember).where(TeamMember.team_id == team.id))
    known = db.session.scalars(select(Agent.id).where(Agent.id.in_(agent_ids)))
    db.session.add_all(TeamMember(team_id=team.id, agent_id=id) for id in known.all())


def set_teams(agent: Agent, team_ids: Collection[int]) -> None:
    """The agent is in just these teams from now on."""
    db.session.execute(delete(TeamMember).where(TeamMember.agent_id == agent.id))
    known = db.session.scalars(select(Team.id).where(Team.id.in_(team_ids)))
    db.session.add_all(TeamMember(team_id=id, agent_id=agent.id) for id in known.all())


def of(agent: Agent) -> Select[int]:
    """The ids of the teams that this agent is in."""
    return select(TeamMember.team_id).where(TeamMember.agent_id == agent.id)


def members() -> Select[int, int]:
    """Who is in which team: (team id, agent id)."""
    return select(TeamMember.team_id, TeamMember.agent_id).order_by(
        TeamMember.team_id, TeamMember.agent_id
    )


def conversations_of(team: Team) -> Select[int]:
    return select(func.count()).where(Conversation.team_id == team.id)
