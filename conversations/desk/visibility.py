"""Who may see which conversations: the one place that decides.

Admins see all; an agent sees those without a team, those of their teams, and those they
own. What somebody may not see is, for them, not there. Programs with an API token see
all.
"""

from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    or_,
    select,
    true,
)

from conversations.db import db
from conversations.live.audience import Concern
from conversations.models import (
    Agent,
    Conversation,
    Customer,
    Line,
    Message,
    TeamMember,
)

Found = TypeVar("Found", bound=Select[Any])


def visible_to(agent: Agent, found: Found) -> Found:
    """Of these conversations, or of what is joined to them, what the agent may see."""
    return found if agent.admin else found.where(may_see(agent))


def may_see(agent: Agent) -> ColumnElement[bool]:
    """The same as a condition on `Conversation`."""
    if agent.admin:
        return true()
    return or_(
        Conversation.team_id.is_(None),
        Conversation.team_id.in_(teams_of(agent)),
        Conversation.assignee_id == agent.id,
    )


def may_count(agent: Agent, team: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """The same of what is counted, which keeps the `team` it had; 0 is none."""
    return true() if agent.admin else or_(team == 0, team.in_(teams_of(agent)))


def teams_of(agent: Agent) -> Select[int]:
    return select(TeamMember.team_id).where(TeamMember.agent_id == agent.id)


def conversation(agent: Agent, conversation_id: int) -> Conversation | None:
    """This conversation, if it is one that the agent may see."""
    one = select(Conversation).where(Conversation.id == conversation_id)
    return db.session.scalar(visible_to(agent, one))


def message(agent: Agent, message_id: int) -> Message | None:
    """This message, if the agent may see its conversation."""
    one = select(Message).join(Message.conversation).where(Message.id == message_id)
    return db.session.scalar(visible_to(agent, one))


def customer(agent: Agent, customer_id: int) -> Customer | None:
    """This customer, if the agent may see a conversation with them."""
    theirs = select(Conversation.id).where(Conversation.customer_id == Customer.id)
    one = select(Customer).where(Customer.id == customer_id)
    return db.session.scalar(one.where(visible_to(agent, theirs).exists()))


def lines(agent: Agent, found: Select[Line]) -> Select[Line]:
    """Of these lines, those whose new conversations the agent would see."""
    if agent.admin:
        return found
    return found.where(or_(Line.team_id.is_(None), Line.team_id.in_(teams_of(agent))))


@dataclass(frozen=True)
class Sight:
    """What an agent may see, as of when it was looked up, for news as it comes."""

    agent_id: int
    all: bool
    teams: frozenset[int]

    def reaches(self, concern: Concern) -> bool:
        """The rule above, for a conversation's team and owner."""
        return (
            self.all
            or concern.team_id is None
            or concern.team_id in self.teams
            or concern.assignee_id == self.agent_id
        )


def sight(agent: Agent) -> Sight:
    teams = () if agent.admin else db.session.scalars(teams_of(agent))
    return Sight(agent.id, agent.admin, frozenset(teams))
