"""Agents who decide something about a conversation."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from conversations.db import db
from conversations.models import Agent, Conversation
from tests.support.cast import Caller, Customer, writing
from tests.support.stage import LINE, Stage


def an_agent(name: str = "Cleo Park") -> int:
    """The id of an agent of this name, made where there is none yet."""
    with writing():
        agent = db.session.scalar(select(Agent).where(Agent.name == name))
        if agent is None:
            email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
            agent = Agent(email=email, name=name, role="agent", password_hash="")
            db.session.add(agent)
            db.session.flush()
        return agent.id


def with_row(customer: Customer, change: Callable[..., Any], *more: Any) -> Any:
    """What `change` answers, done by an agent to this customer's conversation."""
    id, by = customer.conversation.id, an_agent()
    with writing():
        row = db.session.get_one(Conversation, id)
        return change(row, db.session.get_one(Agent, by), *more)


@pytest.fixture
def bob(stage: Stage, kaleyra_calls: Caller) -> Customer:
    """Bob has written to us too, after Ada."""
    customer = Customer("+442079460018", LINE, kaleyra_calls)
    customer.texts("Do you deliver to Hackney?")
    stage.read()
    return customer
