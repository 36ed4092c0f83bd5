"""Noticing silence: a line that usually hears something, and now hears nothing.

What is usual for an hour is what the same hour of the last weeks heard, without its
best week; so nights, weekends and one busy day are no surprise.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from conversations.db import db
from conversations.live import changes
from conversations.models import Callback, Hearing, Line
from conversations.models.callback import unread
from conversations.texting import hearing
from conversations.texting.hearing import HOUR, KEPT, hour_of

WEEK = timedelta(weeks=1)
MOST_WEEKS = 4
FEWEST_WEEKS = 2
# If so many texts would usually have come, their staying away is hardly chance.
MISSED = 10.0
SHORTEST = timedelta(minutes=30)
BACKLOG = timedelta(minutes=1)
TURNS_PER_LOOK = 30

Heard = Mapping[datetime, int]


class Listener:
    """One process that listens, a little now and then.

    It judges from its second look on: after a time when nobody worked, the first only
    catches up with what came meanwhile.
    """

    def __init__(self) -> None:
        self.turns = 0
        self.looks = 0
        self.caught_up = True

    def turn(self, now: datetime) -> None:
        """Called with every sweep; looks once a minute, or until all is counted."""
        if not self.caught_up or self.turns % TURNS_PER_LOOK == 0:
            self.look(now)
        self.turns += 1

    def look(self, now: datetime) -> None:
        self.caught_up = hearing.count_up(now)
        if self.caught_up and self.looks and not backlog(now):
            judge(now)
        self.looks += 1


def backlog(now: datetime) -> bool:
    """Whether callbacks wait to be read: then the silence may only be ours."""
    oldest = select(Callback.received_at).where(unread()).order_by(Callback.id)
    at = db.session.scalar(oldest.limit(1))
    return at is not None and at < now - BACKLOG


def judge(now: datetime) -> None:
    """Mark the lines that have fallen silent; after some weeks, silence is usual."""
    for line in db.session.scalars(select(Line).where(Line.retired_at.is_(None))):
        before = line.quiet_since
        if before is None:
            line.quiet_since = silent_since(line.id, now)
        elif now - before > MOST_WEEKS * WEEK:
            line.quiet_since = None
        if line.quiet_since != before:
            changes.note_lines()
    db.session.execute(
        delete(Hearing).where(Hearing.hour < now - KEPT),
        execution_options={"synchronize_session": False},
    )


def silent_since(line_id: int, now: datetime) -> datetime | None:
    """When the line last heard something, if it should have heard more since."""
    of_line = select(Hearing.last_at).where(Hearing.line_id == line_id)
    last = db.session.scalar(of_line.order_by(Hearing.hour.desc()).limit(1))
    if last is None or now - last < SHORTEST:
        return None
    hours = select(Hearing.hour, Hearing.texts).where(Hearing.line_id == line_id)
    heard = {row.hour: row.texts for row in db.session.execute(hours)}
    return last if missed(heard, last, now) >= MISSED else None


def missed(heard: Heard, since: datetime, now: datetime) -> float:
    """How many texts usually come in such a time; 0 while we know too little."""
    weeks = min(MOST_WEEKS, (since - min(heard)) // WEEK)
    if weeks < FEWEST_WEEKS:
        return 0.0
    return sum(
        usual(heard, hour, weeks) * ((min(hour + HOUR, now) - max(hour, since)) / HOUR)
        for hour in hours_between(since, now)
    )


def usual(heard: Heard, hour: datetime, weeks: int) -> float:
    """What this hour of the week heard on average, leaving out its best week."""
    counts = [heard.get(hour - week * WEEK, 0) for week in range(1, weeks + 1)]
    return (sum(counts) - max(counts)) / (weeks - 1)


def hours_between(since: datetime, now: datetime) -> Iterator[datetime]:
    hour = hour_of(since)
    while hour < now:
        yield hour
        hour += HOUR
