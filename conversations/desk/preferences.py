"""What agents choose for themselves; kept with the agent, so any browser has it."""

import json

from conversations.db import db
from conversations.models import Agent

TAKE_ON_REPLY = "take_on_reply"


def chosen(agent: Agent, name: str, *, unless_said: bool = False) -> bool:
    return bool(json.loads(agent.preferences).get(name, unless_said))


def choose(agent: Agent, name: str, *, value: bool) -> None:
    here = db.session.get_one(Agent, agent.id)
    here.preferences = json.dumps(json.loads(here.preferences) | {name: value})
