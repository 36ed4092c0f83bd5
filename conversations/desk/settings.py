"""What admins set in the pages, for everybody."""

from datetime import timedelta

from sqlalchemy import delete

from conversations.db import db
from conversations.models import Setting

GOAL, GOAL_MINUTES = "goal_minutes", 30
GIVE_BACK = "give_back_minutes"
LONGEST_GOAL = 7 * 24 * 60


def goal() -> timedelta:
    """How long a customer should wait for an answer, at most."""
    found = db.session.get(Setting, GOAL)
    return timedelta(minutes=int(found.value) if found else GOAL_MINUTES)


def set_goal(minutes: int) -> None:
    """From 1 to `LONGEST_GOAL`."""
    db.session.merge(Setting(name=GOAL, value=str(minutes)))


def give_back() -> timedelta | None:
    """How late an owner may be before they lose a conversation; None: they keep it."""
    found = db.session.get(Setting, GIVE_BACK)
    return timedelta(minutes=int(found.value)) if found else None


def set_give_back(minutes: int) -> None:
    """From 1 to `LONGEST_GOAL`; 0 lets owners keep what they do not answer."""
    if minutes:
        db.session.merge(Setting(name=GIVE_BACK, value=str(minutes)))
    else:
        db.session.execute(delete(Setting).where(Setting.name == GIVE_BACK))
