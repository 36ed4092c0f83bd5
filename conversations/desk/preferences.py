"""What agents choose for themselves; kept with the agent, so any browser has it."""

import json

from conversations.config import LANGUAGES
from conversations.db import db
from conversations.desk.accounts import AccountFault
from conversations.models import Agent
from conversations.words import N_

TAKE_ON_REPLY = "take_on_reply"
SINGLE_KEYS = "single_keys"


def chosen(agent: Agent, name: str, *, unless_said: bool = False) -> bool:
    return bool(json.loads(agent.preferences).get(name, unless_said))


def choose(agent: Agent, name: str, *, value: bool) -> None:
    here = db.session.get_one(Agent, agent.id)
    here.preferences = json.dumps(json.loads(here.preferences) | {name: value})


def set_language(agent: Agent, language: str) -> None:
    """One of ours; none is that of whatever browser they use."""
    if language and language not in LANGUAGES:
        raise AccountFault(N_("Choose a language from the list."))
    db.session.get_one(Agent, agent.id).language = language
