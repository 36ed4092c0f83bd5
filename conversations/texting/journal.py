"""Reading the journal: callbacks, kept raw when they came, become messages and reports.

A callback that cannot be read is set aside with the reason; it never stops the others
and is never lost, because reading can be repeated.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias, TypeVar, cast
from urllib.parse import parse_qsl

from sqlalchemy import Row, Table, bindparam, func, select, text, update

from conversations import db as database
from conversations.db import db, utcnow
from conversations.kaleyra import callbacks
from conversations.kaleyra.callbacks import InboundText, RawCallback, Report, Unreadable
from conversations.many import ForEach, among
from conversations.models import Callback, callback
from conversations.texting import (
    corrections,
    directory,
    phone,
    receiving,
    reports,
    thread,
)
from conversations.texting.outcome import Entry, Kind, Outcome
from conversations.texting.receiving import Arrival
from conversations.texting.reports import Matched
from conversations.words import N_

logger = logging.getLogger(__name__)

INBOUND = "inbound"
STATUS = "status"
READER_LOCK = 7_411_002
READING_FAILED = N_("Reading it failed with {error}.")
NO_LINE = N_("It does not say which of our numbers was texted, and we have several.")

Said = InboundText | Report | Unreadable
Meant = TypeVar("Meant", InboundText, Report, Unreadable)
Kept: TypeAlias = Callback | Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class Ours:
    """What tells our side of a text from the customer's."""

    numbers: Sequence[str]
    only_line: str | None
    region: str | None


def unread_entries(limit: int, region: str | None = None) -> list[Entry[Said]]:
    """What the oldest unread callbacks say. This takes time and only reads.

    `region` (such as US) says how to take numbers that come without a country code.
    """
    rows = db.session.connection().execute(UNREAD, {"limit": limit}).all()
    if not rows:
        return []
    ours = Ours(directory.own_numbers(), directory.only_line(), region)
    return [Entry(row.id, row.received_at, read(row, ours)) for row in rows]


def latest_id() -> int:
    """The id of the callback that came last; 0 before the first."""
    return db.session.scalar(select(func.max(Callback.id))) or 0


def unread() -> bool:
    """Whether a callback waits to be read."""
    return bool(db.session.connection().execute(UNREAD, {"limit": 1}).all())


def take_in(entries: Sequence[Entry[Said]]) -> int:
    """Make messages and reports of what nobody else has taken in yet; how many."""
    if not alone():
        return 0
    new = still_unread(entries)
    arrivals = receiving.placed(only(InboundText, new))
    told = reports.matched(only(Report, new))
    hold(arrivals, told)
    mark(
        [
            *receiving.take_in(arrivals),
            *reports.take_in(told),
            *map(set_aside, only(Unreadable, new)),
        ]
    )
    return len(new)


def alone() -> bool:
    """One reader at a time, so that texts keep the order in which they came."""
    if database.on_sqlite():
        return True
    lock = text("SELECT pg_try_advisory_xact_lock(:lock)")
    return bool(db.session.execute(lock, {"lock": READER_LOCK}).scalar())


def hold(arrivals: Sequence[Arrival], told: Sequence[Matched]) -> None:
    """Hold every conversation that will change, all at once (see `thread.hold`)."""
    if not database.on_sqlite():
        texted = {arrival.conversation_id for arrival in arrivals}
        thread.hold(texted | reports.conversations_of(told))


def still_unread(entries: Sequence[Entry[Said]]) -> list[Entry[Said]]:
    ids = [entry.callback_id for entry in entries]
    query = select(TABLE.c.id).where(callback.unread(), among(TABLE.c.id, ids))
    left = set(db.session.connection().scalars(query))
    return [entry for entry in entries if entry.callback_id in left]


def read(row: Kept, ours: Ours) -> Said:
    """What a callback says. A mistake of ours in reading it is a reason, no crash."""
    raw = RawCallback(row.method, row.content_type, row.query, row.body)
    try:
        if row.correction:
            return corrections.said(row.correction, callbacks.fields(raw))
        return interpret(row.address, raw, ours)
    except Exception as error:
        logger.exception("Callback %s could not be read", row.id)
        return Unreadable(READING_FAILED.format(error=type(error).__name__))


def interpret(address: str, raw: RawCallback, ours: Ours) -> Said:
    """A text or a report, whichever address it came to."""
    fields = callbacks.fields(raw)
    if address == STATUS:
        heard = callbacks.looks_like_inbound(fields, ours.numbers)
    else:
        heard = not callbacks.looks_like_report(fields)
    if heard:
        said = callbacks.inbound_text(fields, ours.numbers, ours.region)
        return with_line(said, ours) if isinstance(said, InboundText) else said
    return callbacks.report(fields, reference_in(raw.query), region=ours.region)


def reference_in(query: str) -> str:
    """Our reference, as the address that we gave for reports carries it."""
    return dict(parse_qsl(query)).get("ref", "")


def with_line(said: InboundText, ours: Ours) -> InboundText | Unreadable:
    """A text that does not name our number can only be for our only line."""
    if phone.textable(said.line):
        return said
    if ours.only_line is None:
        return Unreadable(NO_LINE)
    return replace(said, line=ours.only_line)


def only(kind: type[Meant], entries: Sequence[Entry[Said]]) -> list[Entry[Meant]]:
    return [
        Entry(entry.callback_id, entry.received_at, entry.said)
        for entry in entries
        if isinstance(entry.said, kind)
    ]


def set_aside(entry: Entry[Unreadable]) -> Outcome:
    return Outcome(entry.callback_id, Kind.UNREADABLE, entry.said.reason)


def give_up(entry: Entry[Said], reason: str) -> None:
    """Set a callback aside that could be read and not stored."""
    mark([Outcome(entry.callback_id, Kind.UNREADABLE, reason)])


def mark(outcomes: Sequence[Outcome]) -> None:
    """Write down what reading came to."""
    now = utcnow()
    MARK.execute([marked(outcome, now) for outcome in outcomes])


def marked(outcome: Outcome, now: datetime) -> dict[str, object]:
    return {
        "row": outcome.callback_id,
        "outcome": outcome.kind,
        "note": outcome.note,
        "message_id": outcome.message_id,
        "read_at": now,
    }


# Put together once: they are asked many times a second, mostly for nothing.
TABLE = cast("Table", Callback.__table__)
UNREAD = (
    select(TABLE)
    .where(callback.unread())
    .order_by(TABLE.c.id)
    .limit(bindparam("limit"))
)
WRITTEN = ("outcome", "note", "message_id", "read_at")
MARK = ForEach(
    lambda value: (
        update(TABLE)
        .where(TABLE.c.id == value("row"))
        .values({name: value(name) for name in WRITTEN})
    ),
    {"row": TABLE.c.id.type, **{name: TABLE.c[name].type for name in WRITTEN}},
)
