"""How things stand for all processes together, asked of the database each time.

No question takes longer because there are more messages: each uses an index and stops
counting in time.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import case, select, text

from conversations import db as database
from conversations.db import db
from conversations.inside.counting import (
    MOST,
    groups,
    in_state,
    seconds_since,
    up_to_most,
)
from conversations.inside.exposition import Metric, Sample, gauge
from conversations.inside.version import version
from conversations.models import Callback, DeliveryReport, Heartbeat, Line, Message
from conversations.models.callback import ODD, unread
from conversations.models.message import waiting
from conversations.models.report import PARKED
from conversations.texting.status import Status
from conversations.worker.sweeper import ALIVE_FOR


def standing() -> Iterator[Metric]:
    """Everything that the database knows about this moment."""
    now = database.clock()
    yield from place()
    yield from outbox(now)
    yield from journal(now)
    yield from lines(now)
    yield from workers(now)


def place() -> Iterator[Metric]:
    on_sqlite = database.on_sqlite()
    number = "SELECT sqlite_version()" if on_sqlite else "SHOW server_version"
    labels = {
        "version": version(),
        "database": db.engine.dialect.name,
        "database_version": str(db.session.execute(text(number)).scalar_one()),
    }
    yield Metric("info", "What runs here.", [(labels, 1)])
    size = size_of_files() if on_sqlite else size_on_server()
    yield gauge("database_bytes", "How large the database is.", size)


def size_of_files() -> int:
    """SQLite's file, with what has not yet found its way into it."""
    main = Path(db.engine.url.database or "")
    files = (main, main.with_name(f"{main.name}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def size_on_server() -> int:
    size = text("SELECT pg_database_size(current_database())")
    return int(db.session.execute(size).scalar_one())


def outbox(now: datetime) -> Iterator[Metric]:
    samples: list[Sample] = []
    for status in (Status.QUEUED, Status.SENDING):
        held = select(Message.id).where(waiting(), in_state(status))
        samples.append(({"status": status}, up_to_most(held)))
    yield Metric("outbox_texts", f"Texts yet to leave; at most {MOST}.", samples)
    queued = select(Message.due_at).where(waiting(), in_state(Status.QUEUED))
    oldest = queued.order_by(Message.due_at).limit(1)
    yield gauge(
        "outbox_oldest_due_seconds",
        "How long the text that is due longest has waited, on paused lines too.",
        seconds_since(db.session.scalar(oldest), now),
    )


def journal(now: datetime) -> Iterator[Metric]:
    new, odd = select(Callback.id).where(unread()), select(Callback.id).where(ODD)
    parked = select(DeliveryReport.id).where(PARKED)
    for name, about, query in (
        ("journal_unread", "Callbacks kept and not yet read", new),
        ("journal_odd", "Callbacks that an admin should look at", odd),
        ("reports_parked", "Reports for texts we do not know", parked),
    ):
        yield gauge(name, f"{about}; at most {MOST}.", up_to_most(query))
    oldest = select(Callback.received_at).where(unread()).order_by(Callback.id)
    yield gauge(
        "journal_oldest_unread_seconds",
        "How long the oldest unread callback has waited.",
        seconds_since(db.session.scalar(oldest.limit(1)), now),
    )


def lines(now: datetime) -> Iterator[Metric]:
    """A line that was retired is no longer anybody's worry, paused or not."""
    state = case(
        (Line.retired_at.is_not(None), "retired"),
        (Line.paused_at.is_not(None), "paused"),
        (Line.held_until > now, "held"),
        else_="open",
    ).label("state")
    found = dict.fromkeys(("open", "paused", "held", "retired"), 0)
    found |= dict(groups(select(state), state))
    samples = [({"state": name}, count) for name, count in found.items()]
    yield Metric("lines", "Our numbers.", samples)
    quiet = select(Line.id).where(Line.quiet_since.is_not(None))
    about = "Lines that usually hear something, and now hear nothing."
    open_and_quiet = up_to_most(quiet.where(Line.retired_at.is_(None)))
    yield gauge("lines_quiet", about, open_and_quiet)


def workers(now: datetime) -> Iterator[Metric]:
    seen = db.session.scalars(select(Heartbeat.seen_at))
    alive = [at for at in seen if at > now - ALIVE_FOR]
    about = "Processes that said within a minute that they do background work."
    yield gauge("workers_alive", about, len(alive))
