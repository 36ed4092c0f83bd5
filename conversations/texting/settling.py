"""The one place where a text's status moves: by an answer of Kaleyra's or by a report.

News may come twice, late and out of order. Each piece either moves the text forward
(`status.may_follow`) or changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, Update, bindparam, case, func, select, update

from conversations.db import db
from conversations.live import changes
from conversations.many import ForEach, Types, Values, among
from conversations.models import Message
from conversations.texting import opting, tallies, thread, waits
from conversations.texting.consent import Refusal
from conversations.texting.status import CAME_TO_NOTHING, Status, may_follow

ASK_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class News:
    """What was learned about one of our texts, and when.

    `due_at` comes with QUEUED: the text surely never left and will be tried again then.
    """

    message_id: int
    status: Status | None
    at: datetime
    provider_id: str | None = None
    batch_id: str | None = None
    due_at: datetime | None = None
    failure_code: str | None = None
    failure_text: str | None = None
    opted_out: bool = False


def refused(message_id: int, why: Refusal, at: datetime) -> News:
    """The news that a text may not be sent after all."""
    return News(
        message_id=message_id,
        status=Status.FAILED,
        at=at,
        failure_code=why.code,
        failure_text=why.sentence,
    )


@dataclass
class Standing:
    """Where a text stands while a batch of news is applied to it."""

    id: int
    conversation_id: int
    status: Status
    stored_at: datetime
    moved: bool = False
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    due_at: datetime | None = None
    provider_id: str | None = None
    batch_id: str | None = None
    failure_code: str | None = None
    failure_text: str | None = None
    opted_out: bool = False
    ask_at: datetime | None = None

    def __post_init__(self) -> None:
        self.was = self.status

    @property
    def came_to_nothing(self) -> bool:
        return self.status in CAME_TO_NOTHING

    @property
    def arrived_after_all(self) -> bool:
        return self.was in CAME_TO_NOTHING and self.status is Status.DELIVERED

    def hear(self, news: News) -> None:
        """Take in one piece of news."""
        self.provider_id = news.provider_id or self.provider_id
        self.batch_id = news.batch_id or self.batch_id
        self.opted_out = self.opted_out or news.opted_out
        if news.status and may_move(self.status, news.status):
            self.move_to(news.status, news)

    def move_to(self, status: Status, news: News) -> None:
        self.status, self.moved, self.due_at = status, True, news.due_at
        self.failure_code, self.failure_text = news.failure_code, news.failure_text
        self.ask_at = None if status.final or news.due_at else news.at + ASK_AFTER
        if status in LEFT:
            self.sent_at = self.sent_at or news.at
        if status is Status.DELIVERED:
            self.delivered_at = news.at


# Of a text at any of these it is known that it left us, whichever was heard of first.
LEFT = {Status.ACCEPTED, Status.SENT, Status.UNDELIVERED, Status.DELIVERED}


def may_move(old: Status, new: Status) -> bool:
    """Whether news of `new` counts for a text that is `old`.

    Only a text whose call is under way can turn out never to have left, or unconfirmed;
    only one whose call is not can be cancelled.
    """
    if new is Status.CANCELLED:
        return old is Status.QUEUED
    if new in (Status.QUEUED, Status.UNCONFIRMED):
        return old is Status.SENDING
    return may_follow(new, old)


def apply(news: Iterable[News]) -> None:
    """Let these pieces of news, in this order, move the texts they are about."""
    pieces = list(news)
    if not pieces:
        return
    message_ids = {piece.message_id for piece in pieces}
    thread.hold_with(message_ids)
    standings = locked(message_ids)
    for piece in pieces:
        if standing := standings.get(piece.message_id):
            standing.hear(piece)
    write_down(
        [s for s in standings.values() if s.moved or s.provider_id or s.opted_out]
    )


def locked(message_ids: set[int]) -> dict[int, Standing]:
    """Where these texts stand, held until the commit so that news cannot cross."""
    query = STANDINGS.where(among(TABLE.c.id, message_ids))
    rows = db.session.connection().execute(query)
    return {id: Standing(id, where, Status(s), at) for id, where, s, at in rows}


def write_down(standings: Sequence[Standing]) -> None:
    if not standings:
        return
    NAME.execute([name_of(s) for s in standings if s.provider_id and not s.moved])
    if stopped := who_stopped(standings):
        db.session.connection().execute(STOP, [{"message": s.id} for s in stopped])
        opting.opt_out_all({s.conversation_id for s in stopped})
    moved = [s for s in standings if s.moved]
    MOVE.execute([row_of(s) for s in moved])
    tallies.late(s.stored_at for s in moved)
    waits.go_on(s.id for s in moved if s.came_to_nothing)
    waits.ended_after_all(s.id for s in moved if s.arrived_after_all)
    thread.show_status([(s.conversation_id, s.id, s.status) for s in moved])
    changes.note_all((s.conversation_id, s.id) for s in (*stopped, *moved))


def who_stopped(standings: Iterable[Standing]) -> list[Standing]:
    """The texts from which it became known that their customers opted out."""
    said = [s for s in standings if s.opted_out]
    old = opting.old_news(s.id for s in said) if said else set()
    return [s for s in said if s.id not in old]


def name_of(standing: Standing) -> dict[str, object]:
    return {
        "message": standing.id,
        "provider": standing.provider_id,
        "batch": standing.batch_id,
    }


def row_of(standing: Standing) -> dict[str, object]:
    return name_of(standing) | {
        "to_status": standing.status,
        "sent": standing.sent_at,
        "delivered": standing.delivered_at,
        "due": standing.due_at,
        "code": standing.failure_code,
        "why": standing.failure_text,
        "ask": standing.ask_at,
    }


TABLE = cast("Table", Message.__table__)
STANDINGS = (
    select(TABLE.c.id, TABLE.c.conversation_id, TABLE.c.status, TABLE.c.created_at)
    .order_by(TABLE.c.id)
    .with_for_update()
)


def moved_on(value: Values) -> Update:
    """Everything that becomes known when a text moves."""
    provider, ask = value("provider"), value("ask")
    return named(value).values(
        status=value("to_status"),
        provider_id=func.coalesce(provider, TABLE.c.provider_id),
        batch_id=func.coalesce(value("batch"), TABLE.c.batch_id),
        sent_at=func.coalesce(TABLE.c.sent_at, value("sent")),
        delivered_at=value("delivered"),
        due_at=value("due"),
        lease_until=None,
        failure_code=value("code"),
        failure_text=value("why"),
        ask_at=case(
            (ask.is_(None), None), (TABLE.c.asks == 0, ask), else_=TABLE.c.ask_at
        ),
    )


def given_ids(value: Values) -> Update:
    return named(value).values(provider_id=value("provider"), batch_id=value("batch"))


def named(value: Values) -> Update:
    return update(TABLE).where(TABLE.c.id == value("message"))


WORDS, AT = TABLE.c.status.type, TABLE.c.sent_at.type
NAMES: Types = {"message": TABLE.c.id.type, "provider": WORDS, "batch": WORDS}
MOVES: Types = {
    **NAMES,
    "to_status": WORDS,
    "sent": AT,
    "delivered": AT,
    "due": AT,
    "code": WORDS,
    "why": WORDS,
    "ask": AT,
}
MOVE, NAME = ForEach(moved_on, MOVES), ForEach(given_ids, NAMES)
STOP = (
    update(TABLE)
    .where(TABLE.c.id == bindparam("message"))
    .values(consent=opting.OPTED_OUT)
)
