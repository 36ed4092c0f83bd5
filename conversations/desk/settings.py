"""What admins set in the pages, for everybody."""

from datetime import timedelta

from conversations.db import db
from conversations.models import Setting

GOAL, GOAL_MINUTES = "goal_minutes", 30
LONGEST_GOAL = 7 * 24 * 60


def goal() -> timedelta:
    """How long a customer should wait for an answer, at most."""
    found = db.session.get(Setting, GOAL)
    return timedelta(minutes=int(found.value) if found else GOAL_MINUTES)


def set_goal(minutes: int) -> None:
    """From 1 to `LONGEST_GOAL`."""
    db.session.merge(Setting(name=GOAL, value=str(minutes)))
