"""Keeping the index: a follower takes in what was stored since, a batch at a time.

So nobody who receives or sends waits for it. `SearchMark` says how far it has come;
what is newer is read as it is by whoever searches. Whoever changes a text afterwards
says so with `changed`.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from types import ModuleType
from typing import NamedTuple

from sqlalchemy import Select, delete, exists, func, select

from conversations import db as database
from conversations.db import db, upsert
from conversations.models import Message, SearchMark
from conversations.models.message import EVENT
from conversations.searching import postgresql, sqlite
from conversations.searching.signs import signs
from conversations.searching.words import VERSION, words

BATCH = 1_000
# A batch is stored in one go, and on SQLite nobody else writes meanwhile.
MOST_CHARACTERS = 200_000
# So far back may a text turn up that was numbered earlier and stored later.
LATE = 5_000


class Body(NamedTuple):
    id: int
    direction: str
    body: str


class Batch(NamedTuple):
    """What follows the mark `since`, oldest first; None: nothing was ever indexed."""

    since: int | None
    bodies: list[Body]


def kind() -> ModuleType:
    """How the database at hand does it."""
    return sqlite if database.on_sqlite() else postgresql


def name() -> str:
    """Of the index as it is made here and now; another is not relied on."""
    return f"{db.engine.dialect.name} {VERSION}"


def mark() -> int | None:
    """The id up to which everything is indexed."""
    own = select(SearchMark.message_id).where(SearchMark.name == name())
    return db.session.scalar(own)


def behind() -> int:
    """About how many texts wait to be indexed."""
    newest = db.session.scalar(select(func.max(Message.id))) or 0
    return max(newest - (mark() or 0), 0)


def following(limit: int = BATCH) -> Batch:
    since = mark()
    newer = bodies().where(Message.id > (since or 0)).order_by(Message.id)
    found = [Body(*row) for row in db.session.execute(newer.limit(limit))]
    return Batch(since, found[: fitting(found)])


def fitting(found: Sequence[Body]) -> int:
    """How many of them, from the first on, are not too much for one batch."""
    lengths = accumulate(len(each.body) for each in found)
    return max(sum(length <= MOST_CHARACTERS for length in lengths), 1)


def bodies() -> Select[int, str, str]:
    return select(Message.id, Message.direction, Message.body)


def take_in(batch: Batch) -> bool:
    """Index a batch and move the mark; False when another process did already."""
    if batch.since is None:
        return begin()
    rows = rows_of(batch.bodies)
    reached = batch.bodies[-1].id
    own = SearchMark.name == name(), SearchMark.message_id == batch.since
    if not database.change(SearchMark, *own, message_id=reached):
        return False
    store(rows)
    return True


def begin() -> bool:
    """Start from nothing, also where an older index is; False: another process did."""
    fresh = upsert(SearchMark).values(name=name(), message_id=0)
    fresh = fresh.on_conflict_do_nothing()
    first = db.session.scalar(fresh.returning(SearchMark.name)) is not None
    if first:
        db.session.execute(delete(SearchMark).where(SearchMark.name != name()))
        kind().clear()
    return first


def late(since: int, reached: int) -> list[Body]:
    """What was stored after newer ones were indexed, which PostgreSQL allows.

    `since` is where the mark stood when it was last looked for, `reached` where it is.
    """
    if database.on_sqlite():
        return []
    indexed = exists().where(Message.id == postgresql.MESSAGE_ID)
    lately = bodies().where(
        Message.id > since - LATE,
        Message.id <= reached,
        Message.direction != EVENT,
        ~indexed.select_from(postgresql.INDEX),
    )
    return [Body(*row) for row in db.session.execute(lately)]


def add(found: Iterable[Body]) -> None:
    """Index these, except where somebody changed them since: they know better."""
    store(rows_of(found))


def rows_of(found: Iterable[Body]) -> list[dict[str, object]]:
    """Made before anything is held, because it takes longer than storing."""
    return [row(each.id, each.body) for each in found if each.direction != EVENT]


def store(rows: Sequence[dict[str, object]]) -> None:
    if rows:
        db.session.connection().execute(kind().ADD, rows)


def changed(message_id: int, body: str) -> None:
    """The text is another now, or "": index that, and forget what it was."""
    db.session.execute(kind().PUT, row(message_id, body))


def emptied(message_ids: Iterable[int]) -> None:
    """These have no words any more; the index forgets those they had."""
    rows = [row(id, "") for id in message_ids]
    if rows:
        db.session.connection().execute(kind().PUT, rows)


def row(message_id: int, body: str) -> dict[str, object]:
    return {"id": message_id, "words": kind().stored(words(body), signs(body))}
