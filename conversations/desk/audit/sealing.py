"""Sealing: giving each act its place in a chain in which every hash covers the last.

Acts are noted without waiting for one another; the sweeper seals them seconds later, in
the order in which it finds them, one sweeper at a time.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Row, bindparam, func, select, text, update

from conversations import db as database
from conversations.db import db, reading
from conversations.models import Audit

AT_ONCE = 500
BEGINNING = "0" * 64
ONE_SEALER = text("SELECT pg_advisory_xact_lock(7274839)")

WHAT = (
    Audit.id,
    Audit.at,
    Audit.agent_id,
    Audit.agent,
    Audit.act,
    Audit.kind,
    Audit.subject_id,
    Audit.detail,
    Audit.once,
)
SEAL = (Audit.place, Audit.previous, Audit.hash)


@dataclass(frozen=True)
class Head:
    """The end of the chain: how many rows it has, and the hash of the last."""

    place: int
    hash: str


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found; `fault` is the first thing wrong, or ""."""

    head: Head
    waiting: int
    fault: str = ""


def seal() -> int:
    """Seal what has been noted since; the caller commits. How many there were."""
    if not waiting():
        return 0
    if not database.on_sqlite():
        db.session.execute(ONE_SEALER)
    unsealed = select(*WHAT).where(Audit.place.is_(None))
    rows = db.session.execute(unsealed.order_by(Audit.id).limit(AT_ONCE)).all()
    end, sealed = head(), []
    for row in rows:
        place = end.place + 1
        digest = hashed(row, place, end.hash)
        sealed.append({"at_id": row.id, "p": place, "before": end.hash, "h": digest})
        end = Head(place, digest)
    if sealed:
        db.session.connection().execute(SEALED, sealed)
    return len(sealed)


SEALED = (
    update(Audit.__table__)  # type: ignore[arg-type]
    .where(Audit.__table__.c.id == bindparam("at_id"))
    .values(place=bindparam("p"), previous=bindparam("before"), hash=bindparam("h"))
)


def waiting() -> int:
    with reading():
        unsealed = select(func.count()).where(Audit.place.is_(None))
        return db.session.scalar(unsealed) or 0


def head() -> Head:
    last = select(Audit.place, Audit.hash).where(Audit.place.is_not(None))
    row = db.session.execute(last.order_by(Audit.place.desc()).limit(1)).first()
    return Head(row.place or 0, row.hash or "") if row else Head(0, BEGINNING)


def hashed(row: Row[*tuple[object, ...]], place: int, previous: str) -> str:
    """The hash of a row, of its place, and through `previous` of all before it."""
    id, at, *rest = row[: len(WHAT)]
    assert isinstance(at, datetime)
    said = [place, previous, id, at.astimezone(UTC).isoformat(), *rest]
    canonical = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def verify() -> Verdict:
    """Walk along the whole chain, as far as it holds."""
    end = Head(0, BEGINNING)
    for row in chain():
        if fault := wrong(row, end):
            return Verdict(end, waiting(), fault)
        end = Head(row.place, row.hash)
    return Verdict(end, waiting())


def chain() -> Iterator[Row[*tuple[object, ...]]]:
    after = 0
    while rows := stretch(after):
        yield from rows
        after = rows[-1].place


def stretch(after: int) -> list[Row[*tuple[object, ...]]]:
    some = select(*WHAT, *SEAL).where(Audit.place > after)
    with reading():
        return list(db.session.execute(some.order_by(Audit.place).limit(AT_ONCE)))


def wrong(row: Row[*tuple[object, ...]], end: Head) -> str:
    if row.place != end.place + 1:
        return f"row {row.id}: what stood before it, at place {end.place + 1}, is gone"
    if row.previous != end.hash or row.hash != hashed(row, row.place, end.hash):
        return f"row {row.id}, at place {row.place}: it was changed"
    return ""
