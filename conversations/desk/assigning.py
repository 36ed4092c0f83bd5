"""Taking, assigning and releasing conversations, and giving them to teams.

Each is said in the thread, with the name of whoever did it. An agent may do this to any
conversation that they may see, and to nobody else's view of it: who is assigned one
sees it, whatever its team.
"""

from sqlalchemy import Select, select

from conversations.db import db
from conversations.models import Agent, Conversation, Team, TeamMember
from conversations.texting import events, owners, thread
from conversations.texting.consent import Refusal
from conversations.texting.events import Kind
from conversations.words import N_, worded

GONE = Refusal("agent_gone", N_("This agent is disabled; choose somebody else."))
ARCHIVED = Refusal("team_archived", N_("This team is archived; choose another one."))
SOMEBODY_ELSE = N_("{owner} has it by now. Look at the thread, then choose again.")
NOBODY_HAS_IT = N_("Nobody has it any more. Look at the thread, then choose again.")


def assign(
    conversation: Conversation, to: Agent, by: Agent, *, was: int | None
) -> Refusal | None:
    """Make it `to`'s; refused when it is not `was`'s any more, as `by` believed."""
    if refusal := changed_hands(conversation, was):
        return refusal
    if to.disabled:
        return GONE
    if conversation.assignee_id == to.id:
        return None
    owners.give_to_agent(conversation, to)
    if to.id == by.id:
        events.say(conversation, Kind.TAKEN, by)
    else:
        events.say(conversation, Kind.ASSIGNED, by, to=to.name)
    return None


def release(
    conversation: Conversation, by: Agent, *, was: int | None
) -> Refusal | None:
    """Make it nobody's."""
    if refusal := changed_hands(conversation, was):
        return refusal
    if conversation.assignee_id is not None:
        owners.give_to_agent(conversation, None)
        events.say(conversation, Kind.RELEASED, by)
    return None


def take_if_nobodys(conversation: Conversation, agent: Agent) -> None:
    """What goes with a reply: somebody else who was quicker keeps it."""
    assign(conversation, agent, agent, was=None)


def give(conversation: Conversation, team: Team | None, by: Agent) -> Refusal | None:
    """Make it a team's, or everybody's; an owner outside the team loses it."""
    look_closely(conversation)
    if team and team.archived_at:
        return ARCHIVED
    if conversation.team_id == (team.id if team else None):
        return None
    before = db.session.get(Team, conversation.team_id or 0)
    owner = conversation.assignee_id
    stays = owner if team is None or belongs(owner, team) else None
    owners.move(conversation, team.id if team else None, stays)
    if team:
        events.say(conversation, Kind.ASSIGNED_TO_TEAM, by, to=team.name)
    else:
        events.say(
            conversation, Kind.TEAM_TAKEN_OFF, by, team=before.name if before else "?"
        )
    return None


def changed_hands(conversation: Conversation, was: int | None) -> Refusal | None:
    look_closely(conversation)
    if conversation.assignee_id == was:
        return None
    owner = db.session.get(Agent, conversation.assignee_id or 0)
    words = worded(SOMEBODY_ELSE, owner=owner.name) if owner else NOBODY_HAS_IT
    return Refusal("changed_hands", words)


def look_closely(conversation: Conversation) -> None:
    """Read it as it stands now, and keep it so until the commit."""
    thread.hold([conversation.id])
    db.session.refresh(conversation)


def belongs(agent_id: int | None, team: Team) -> bool:
    place = (team.id, agent_id or 0)
    return db.session.get(TeamMember, place) is not None


def colleagues() -> Select[Agent]:
    """Everybody who ever had a conversation may still be named, so all of them."""
    return select(Agent).order_by(Agent.name, Agent.id)


def teams() -> Select[Team]:
    """Archived ones too: what they have keeps their name."""
    return select(Team).order_by(Team.name)
