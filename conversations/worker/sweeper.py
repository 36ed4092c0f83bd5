"""Sweeping up behind processes that died, and saying that this one is alive."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete, func, select

from conversations import db as database
from conversations.db import db, reading, utcnow
from conversations.desk import giving_back, presence, releasing
from conversations.desk.audit import sealing
from conversations.models import Change, Heartbeat, RecentText, SignIn, TurnedAway
from conversations.texting import (
    expiry,
    forgetting,
    outbox,
    quiet,
    repeats,
    reports,
    tallies,
    waking,
)

SWEEP_SECONDS = 2.0
SWEEPS_PER_EXPIRY = 5
SWEEPS_PER_COUNT = 30
SWEEPS_PER_TIDYING = 150
CHANGES_KEPT = 5_000
AN_HOUR = timedelta(hours=1)
ALIVE_FOR = timedelta(seconds=60)
TRACES_KEPT = timedelta(days=30)


class Sweeper:
    """The job of settling what nobody else will, every few seconds."""

    name = "sweeper"

    def __init__(
        self,
        worker: str,
        well: Callable[[], bool],
        journal_days: int = 0,
        valid_for: timedelta = AN_HOUR,
    ) -> None:
        self.worker = worker
        self.well = well
        self.valid_for = valid_for
        self.journal = forgetting.Pass(journal_days)
        self.listener = quiet.Listener()
        self.sweeps = 0
        self.all_counted = False

    def step(self) -> float:
        if self.sweeps % SWEEPS_PER_EXPIRY == 0:
            end_the_overdue()
        with reading():
            due = releasing.due()
        if releasing.release(due, self.valid_for):
            db.session.commit()
        forget_presence()
        # Each holds conversations in their order, and lets go of them before the next.
        outbox.sweep()
        db.session.commit()
        reports.match_parked()
        db.session.commit()
        waking.wake_due(database.clock())
        db.session.commit()
        if self.well():
            beat(self.worker)
        if self.sweeps % SWEEPS_PER_TIDYING == 0:
            tidy()
            self.journal.begin()
        self.sweeps += 1
        db.session.commit()
        self.journal.forget_some()
        db.session.commit()
        self.listener.turn(database.clock())
        db.session.commit()
        sealing.seal()
        db.session.commit()
        self.count_texts()
        db.session.commit()
        return SWEEP_SECONDS

    def count_texts(self) -> None:
        """For the reports: once a minute, or until all is counted."""
        if not self.all_counted or self.sweeps % SWEEPS_PER_COUNT == 0:
            self.all_counted = tallies.count_up(database.clock())

    def finish(self) -> None:
        """Nothing is half done between steps."""


def end_the_overdue() -> None:
    """Texts that waited too long fail, and who was answered too late is nobody's."""
    with reading():
        texts, conversations = expiry.overdue(), giving_back.overdue()
    if expiry.expire(texts):
        db.session.commit()
    if giving_back.give_back(conversations):
        db.session.commit()


def beat(worker: str) -> None:
    """Say that this worker is alive."""
    db.session.merge(Heartbeat(worker=worker, seen_at=database.clock()))


def forget_presence() -> None:
    """Say who is not heard of any more; most of the time that is nobody."""
    with reading():
        now = database.clock()
        over = db.session.scalars(presence.over(now)).all()
    if presence.expire(over, now):
        db.session.commit()


def somebody_works() -> bool:
    """Whether any worker, here or elsewhere, has said within a minute that it lives."""
    newest = db.session.scalar(select(func.max(Heartbeat.seen_at)))
    return newest is not None and newest > database.clock() - ALIVE_FOR


def tidy() -> None:
    """Throw away what nobody will ask for again."""
    newest = db.session.scalar(select(func.max(Change.id))) or 0
    db.session.execute(delete(Change).where(Change.id <= newest - CHANGES_KEPT))
    db.session.execute(
        delete(Heartbeat).where(Heartbeat.seen_at < utcnow() - ALIVE_FOR * 10)
    )
    db.session.execute(delete(SignIn).where(SignIn.expires_at < utcnow()))
    a_while_ago = utcnow() - 2 * repeats.WINDOW
    db.session.execute(delete(RecentText).where(RecentText.heard_at < a_while_ago))
    long_ago = utcnow() - TRACES_KEPT
    db.session.execute(delete(TurnedAway).where(TurnedAway.hour < long_ago))
