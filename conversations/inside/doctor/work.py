"""The work: is somebody doing it, does Kaleyra call, and do the lines send?"""

from datetime import datetime, timedelta

from sqlalchemy import select

from conversations import db as database
from conversations.config import Config
from conversations.db import db
from conversations.inside.counting import MOST, up_to_most
from conversations.inside.doctor.finding import (
    Finding,
    Findings,
    ok,
    problem,
    warning,
)
from conversations.models import Callback, Heartbeat, Line
from conversations.models.callback import ODD, unread
from conversations.searching import index
from conversations.texting import phone
from conversations.worker.sweeper import ALIVE_FOR

LATE = timedelta(minutes=1)

START_IT = (
    "Start Parley, or `flask worker` where WORKER=0. If it runs, look for errors in "
    "its log."
)
INBOUND = (
    "In the Kaleyra console, make a callback profile for incoming texts on your number "
    "that POSTs to {address} with the header X-Hook-Token; see docs/going-live.md."
)
STATUS = (
    "Each text asks for its reports at {address}, so see that the internet reaches it; "
    "with KALEYRA_CALLBACK_PROFILE_ID, enter it in that profile."
)

CATCHES_UP = (
    "The background work takes them in by itself. If the number does not fall, look "
    "for errors of the indexer in its log."
)
QUIET = (
    "Text it from a phone. If nothing arrives, look at the callback profile in "
    "Kaleyra's console, and on /callbacks for what was turned away."
)


def workers() -> Findings:
    now = database.clock()
    seen = db.session.execute(select(Heartbeat.worker, Heartbeat.seen_at)).all()
    alive = [name for name, at in seen if at > now - ALIVE_FOR]
    if alive:
        yield ok(f"Done by {', '.join(sorted(alive))}.")
    elif seen:
        last = ago(now - max(at for _, at in seen))
        yield problem(f"Nobody does it; the last was heard of {last}.", START_IT)
    else:
        yield problem("Nobody does it, or ever has.", START_IT)


def search() -> Findings:
    behind = index.behind()
    if behind > index.LATE:
        sentence = f"About {behind:,} texts are not in the index of the search yet."
        yield warning(sentence, CATCHES_UP)
    else:
        yield ok("Every text can be found.")


def callbacks(config: Config) -> Findings:
    now = database.clock()
    for address, advice in (("inbound", INBOUND), ("status", STATUS)):
        yield last_heard(config, address, advice, now)
    yield backlog(now)
    if odd := up_to_most(select(Callback.id).where(ODD)):
        count = f"{odd} or more" if odd == MOST else odd
        yield warning(
            f"To be looked at: {count}.", "An admin finds them on /callbacks."
        )


def last_heard(config: Config, address: str, advice: str, now: datetime) -> Finding:
    query = select(Callback.received_at).where(Callback.address == address)
    last = db.session.scalar(query.order_by(Callback.id.desc()).limit(1))
    if last:
        return ok(f"The last {address} callback came {ago(now - last)}.")
    here = f"{config.public_url}/hooks/kaleyra/{address}"
    return warning(f"No {address} callback ever came.", advice.format(address=here))


def backlog(now: datetime) -> Finding:
    query = select(Callback.received_at).where(unread()).order_by(Callback.id)
    oldest = db.session.scalar(query.limit(1))
    if oldest and now - oldest > LATE:
        return problem(
            f"One that came {ago(now - oldest)} has not been read.", START_IT
        )
    return ok("None waits to be read.")


def lines() -> Findings:
    """Numbers are masked: what the doctor says is often passed on."""
    now = database.clock()
    rows = db.session.scalars(select(Line).where(Line.retired_at.is_(None))).all()
    for line in rows:
        if line.paused:
            yield problem(
                f"{phone.masked(line.address)} is paused and sends nothing.",
                f"{line.pause_reason} Then resume it on /lines.",
            )
        if line.quiet_since:
            last = ago(now - line.quiet_since)
            yield warning(
                f"{phone.masked(line.address)} heard its last text {last}; usually "
                "it would have heard ten more.",
                QUIET,
            )
    yield ok(f"{len(rows)} in all.")


def ago(time: timedelta) -> str:
    """How long it is, as people say it."""
    for unit, length in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        count = int(time.total_seconds()) // length
        if count:
            return f"{count} {unit}{'s' * (count > 1)} ago"
    return "just now"
