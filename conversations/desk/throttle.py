"""How often anybody may try something: a token bucket per key, kept in the database.

Counting there holds across processes and hosts, and one statement both refills a bucket
and takes from it, so two tries at once cannot share a token.
"""

import time
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, Float, cast, delete, func, update

from conversations import db as database
from conversations.db import db, upsert
from conversations.models import Allowance

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """`tries` may be used up at once; they come back evenly over `per`."""

    name: str
    tries: int
    per: timedelta

    @property
    def per_second(self) -> float:
        return self.tries / self.per.total_seconds()


def take(limit: Limit, who: str) -> bool:
    """Use up one of `who`'s tries; False when none is left."""
    now = time.time()
    refilled = least(
        limit.tries, Allowance.left + (now - Allowance.counted_at) * limit.per_second
    )
    bucket = upsert(Allowance).values(
        key=key(limit, who), left=limit.tries - 1.0, counted_at=now
    )
    taken = bucket.on_conflict_do_update(
        index_elements=["key"],
        set_={"left": refilled - 1.0, "counted_at": now},
        where=refilled >= 1.0,
    ).returning(Allowance.left)
    return db.session.scalar(taken) is not None


def give_back(limit: Limit, who: str) -> None:
    """The try turned out well and does not count."""
    db.session.execute(
        update(Allowance)
        .where(Allowance.key == key(limit, who))
        .values(left=least(limit.tries, Allowance.left + 1.0)),
        execution_options={"synchronize_session": False},
    )


def forget_old() -> None:
    """Drop the buckets that have long been full again."""
    full = Allowance.counted_at < time.time() - KEPT.total_seconds()
    db.session.execute(
        delete(Allowance).where(full),
        execution_options={"synchronize_session": False},
    )


def least(tries: int, left: ColumnElement[float]) -> ColumnElement[float]:
    smaller = func.min if database.on_sqlite() else func.least
    return cast(smaller(float(tries), left), Float)


def key(limit: Limit, who: str) -> str:
    """Hashed, because people type passwords into the wrong field."""
    return f"{limit.name}:{sha256(who.casefold().encode()).hexdigest()}"
