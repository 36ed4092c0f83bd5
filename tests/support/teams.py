"""Teams and owners, as a test needs them."""

from sqlalchemy import select, update

from conversations.db import db
from conversations.desk import teams
from conversations.models import Agent, Conversation
from conversations.texting import owners
from tests.support.cast import Customer, the, writing


def agent_named(first_name: str) -> Agent:
    return the(select(Agent).where(Agent.name.startswith(first_name)))


def team_of(name: str, *first_names: str) -> int:
    """The id of a new team with these agents in it."""
    ids = [agent_named(each).id for each in first_names]
    with writing():
        team = teams.create(name)
        teams.set_members(team, ids)
        return team.id


def give(customer: Customer, team_id: int | None) -> None:
    """The conversation is that team's."""
    here = customer.conversation.id
    with writing():
        conversation = db.session.get_one(Conversation, here)
        owners.move(conversation, team_id, conversation.assignee_id)


def own(customer: Customer, first_name: str | None) -> None:
    """The conversation is this agent's, or nobody's."""
    here, owner_id = customer.conversation.id, None
    if first_name:
        owner_id = agent_named(first_name).id
    with writing():
        conversation = db.session.get_one(Conversation, here)
        owners.move(conversation, conversation.team_id, owner_id)


def change(first_name: str, **columns: object) -> None:
    """Something about an agent, such as `masked`."""
    with writing():
        here = Agent.name.startswith(first_name)
        db.session.execute(update(Agent).where(here).values(**columns))
