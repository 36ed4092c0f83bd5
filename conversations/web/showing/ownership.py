"""Whose a conversation is, as rows and threads show it, and who else could have it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from conversations.models import Agent, Conversation, Team
from conversations.web.showing import people
from conversations.web.showing.people import Face
from conversations.words import N_

AWAY = N_("{name} (away)")
YOU = N_("{name} (you)")
NOBODY, YOURS = N_("Unassigned"), N_("Yours")

Colleagues = Mapping[int, Agent]


@dataclass(frozen=True)
class Owner:
    id: int
    name: str
    face: Face
    mine: bool
    away: bool


@dataclass(frozen=True)
class Ownership:
    """Everything the thread's head prints about it.

    `agents` and `teams` are (id, name) of all who could have it, for its two forms;
    `takes` is whether this agent wants what nobody has when they answer it.
    """

    owner: Owner | None
    words: str
    team: str
    team_id: int | None
    agents: list[tuple[int, str]]
    teams: list[tuple[int, str]]
    takes: bool


def owner(
    conversation: Conversation, colleagues: Colleagues, me: Agent
) -> Owner | None:
    found = colleagues.get(conversation.assignee_id or 0)
    if found is None:
        return None
    return Owner(
        id=found.id,
        name=found.name,
        face=people.face_of_agent(found),
        mine=found.id == me.id,
        away=found.away or found.disabled,
    )


def ownership(
    conversation: Conversation,
    colleagues: Colleagues,
    teams: Iterable[Team],
    me: Agent,
    *,
    takes: bool,
) -> Ownership:
    names = {team.id: team.name for team in teams}
    owned = owner(conversation, colleagues, me)
    return Ownership(
        owner=owned,
        words=words(owned),
        team=names.get(conversation.team_id or 0, ""),
        team_id=conversation.team_id,
        agents=[(each.id, choice(each, me)) for each in here(colleagues)],
        teams=[(team.id, team.name) for team in teams if team.archived_at is None],
        takes=takes,
    )


def words(owned: Owner | None) -> str:
    if owned is None:
        return _(NOBODY)
    if owned.mine:
        return _(YOURS)
    return _(AWAY).format(name=owned.name) if owned.away else owned.name


def here(colleagues: Colleagues) -> list[Agent]:
    return [each for each in colleagues.values() if not each.disabled]


def choice(agent: Agent, me: Agent) -> str:
    if agent.id == me.id:
        return _(YOU).format(name=agent.name)
    return _(AWAY).format(name=agent.name) if agent.away else agent.name
