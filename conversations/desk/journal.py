"""What an admin looks for in the journal, newest first, a page at a time.

The journal is large, so a search goes back a bounded way, and says where it stopped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import defer

from conversations.db import db
from conversations.desk import halving, within
from conversations.models import Callback
from conversations.models.callback import ODD, unread
from conversations.texting import replaying

PAGE_SIZE = 50
LOOKED_THROUGH = 10_000

ALL = "all"
LOOK_INTO = "attention"
UNREAD = "new"

# Hosts' clocks differ, and so may the order of ids and times, a little.
SLACK = timedelta(minutes=10)


@dataclass(frozen=True)
class Search:
    """What is looked for, up to and without `until`; "" and None leave it open."""

    outcome: str = LOOK_INTO
    address: str = ""
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""
    before: int | None = None


@dataclass(frozen=True)
class Found:
    """`older` is where the next page starts; `stopped` where looking was given up."""

    callbacks: Sequence[Callback]
    older: int | None = None
    stopped: Callback | None = None


@dataclass(frozen=True)
class Batch:
    """Ids, newest first; `older` is from where on there may be more."""

    ids: Sequence[int]
    older: int | None = None


def found(search: Search) -> Found:
    """One page of what there is."""
    some = narrowed(search)
    floor = lowest(some)
    if floor is None:
        return Found([])
    page = matching(search, some, floor).options(defer(Callback.body, raiseload=True))
    rows = db.session.scalars(page.limit(PAGE_SIZE + 1)).all()
    if len(rows) > PAGE_SIZE:
        return Found(rows[:PAGE_SIZE], older=rows[PAGE_SIZE - 1].id)
    more = db.session.scalar(some.where(Callback.id < floor).limit(1))
    return Found(rows, stopped=db.session.get(Callback, floor) if more else None)


def replayable(search: Search) -> Batch:
    """The newest of what there is that can be read again, as far as one go reaches."""
    some = narrowed(search)
    floor = lowest(some)
    if floor is None:
        return Batch([])
    query = matching(search, some, floor).where(replaying.open_again())
    found_ids = query.with_only_columns(Callback.id).limit(replaying.MOST_AT_ONCE)
    ids = db.session.scalars(found_ids).all()
    if len(ids) == replaying.MOST_AT_ONCE:
        return Batch(ids, older=ids[-1])
    more = db.session.scalar(some.where(Callback.id < floor).limit(1))
    return Batch(ids, older=floor if more else None)


def lowest(some: Select[Callback]) -> int | None:
    """The oldest of the callbacks to look at; None where there is nothing."""
    newest = some.with_only_columns(Callback.id).order_by(Callback.id.desc())
    ids = newest.limit(LOOKED_THROUGH).subquery()
    oldest: int | None = db.session.scalar(select(func.min(ids.c.id)))
    return oldest


def narrowed(search: Search) -> Select[Callback]:
    """Those among which to look: only what an index answers."""
    query = select(Callback)
    if search.before:
        query = query.where(Callback.id < search.before)
    if search.since:
        query = query.where(Callback.id >= first_since(search.since - SLACK))
    if search.until:
        query = query.where(Callback.id < first_since(search.until + SLACK))
    if search.outcome == UNREAD:
        query = query.where(unread())
    if search.outcome in (LOOK_INTO, "odd", "unreadable"):
        query = query.where(ODD)
    return query


def matching(search: Search, some: Select[Callback], floor: int) -> Select[Callback]:
    within_reach = some.where(Callback.id >= floor, *conditions(search))
    return within_reach.order_by(Callback.id.desc())


def conditions(search: Search) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if search.outcome not in (ALL, LOOK_INTO):
        wanted.append(Callback.outcome == search.outcome)
    if search.address:
        wanted.append(Callback.address == search.address)
    if search.since:
        wanted.append(Callback.received_at >= search.since)
    if search.until:
        wanted.append(Callback.received_at < search.until)
    if search.words:
        wanted.append(within.holds(search.words))
    return wanted


def first_since(moment: datetime) -> int:
    """The id from which on callbacks came at `moment` or later."""
    return halving.first_since(Callback.id, Callback.received_at, moment)
