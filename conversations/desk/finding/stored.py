"""Which ids a search for days needs to look at; never fewer than hold what is asked.

Ids grow as texts are stored, and so do the times of what came live. What was brought in
from elsewhere is older than its ids say: it is no measure, and stands below its newest.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select

from conversations.db import db
from conversations.models import Message
from conversations.models.message import imported

# Hosts' clocks differ, and so may the order of ids and times, a little.
SLACK = timedelta(minutes=10)
# Of so many texts beside a time, one came live; or we look farther away, and farther.
LOOKED_AT = 100
STEPS = tuple(timedelta(days=2**n) for n in range(15))


def above(since: datetime) -> int:
    """Whatever was said `since` then has a greater id, brought in or not."""
    found = live_id(since - SLACK, later=False)
    return found or 0


def below(until: datetime) -> int | None:
    """Whatever was said before `until` has a smaller id; None when nobody knows."""
    found = live_id(until + SLACK, later=True)
    return found and max(found, last_imported() + 1)


def live_id(moment: datetime, *, later: bool) -> int | None:
    """The id of a text that came live, near `moment` and on this side of it."""
    for away in (timedelta(), *STEPS):
        try:
            start = moment + away if later else moment - away
        except OverflowError:
            return None
        rows = db.session.execute(beside(start, later=later)).all()
        for id, brought_in in rows:
            if not brought_in:
                return int(id)
        if len(rows) < LOOKED_AT:
            return None
    return None


def beside(start: datetime, *, later: bool) -> Select[int, bool]:
    at = Message.created_at
    there: ColumnElement[bool] = at >= start if later else at < start
    found = select(Message.id, imported()).where(there)
    return found.order_by(at if later else at.desc()).limit(LOOKED_AT)


def last_imported() -> int:
    return db.session.scalar(select(func.max(Message.id)).where(imported())) or 0
