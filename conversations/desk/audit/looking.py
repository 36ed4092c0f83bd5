"""What an admin looks for in the audit trail, newest first, a page at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from conversations.db import db, reading
from conversations.models import Audit

PAGE_SIZE = 50
AT_ONCE = 1_000


@dataclass(frozen=True)
class Search:
    """From `since` and before `until`; what is 0, "" or None is left open."""

    agent: int = 0
    act: str = ""
    kind: str = ""
    subject: int = 0
    since: datetime | None = None
    until: datetime | None = None


def found(search: Search) -> Select[Audit]:
    choices = (
        (search.agent, Audit.agent_id == search.agent),
        (search.act, Audit.act == search.act),
        (search.kind, Audit.kind == search.kind),
        (search.subject, Audit.subject_id == search.subject),
    )
    query = select(Audit).where(*(condition for chosen, condition in choices if chosen))
    if search.since:
        query = query.where(Audit.at >= search.since)
    if search.until:
        query = query.where(Audit.at < search.until)
    return query.order_by(Audit.id.desc())


def page(search: Search, before: int | None) -> tuple[Sequence[Audit], int | None]:
    """A page of it, and from where on the next one goes."""
    rows = stretch(found(search), before, PAGE_SIZE + 1)
    older = rows[PAGE_SIZE - 1].id if len(rows) > PAGE_SIZE else None
    return rows[:PAGE_SIZE], older


def all_of(search: Search) -> Iterator[Audit]:
    """All of it, each stretch read in a transaction of its own."""
    before = None
    while True:
        with reading():
            rows = stretch(found(search), before, AT_ONCE)
        if not rows:
            return
        yield from rows
        before = rows[-1].id


def stretch(query: Select[Audit], before: int | None, size: int) -> Sequence[Audit]:
    if before:
        query = query.where(Audit.id < before)
    return db.session.scalars(query.limit(size)).all()
