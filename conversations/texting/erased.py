"""Numbers of people who were erased: known again, but by nobody who reads them here.

A number is kept as a hash under this installation's SECRET_KEY, and only where the
person had opted out of a line, so that a new conversation on it begins opted out.
"""

import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from flask import current_app
from sqlalchemy import delete, select

from conversations.db import db, upsert
from conversations.many import among
from conversations.models import Customer, Stopped

ERASED = "erased-"


def tombstone(customer_id: int) -> str:
    """What stands where the number stood; nobody can text it."""
    return f"{ERASED}{customer_id}"


def is_tombstone(address: str) -> bool:
    return address.startswith(ERASED)


def mark(address: str) -> str:
    secret = str(current_app.secret_key).encode()
    key = sha256(b"parley erased numbers" + secret).digest()
    return hmac.new(key, address.encode(), sha256).hexdigest()


def keep(address: str, stops: Mapping[int, datetime | None]) -> None:
    """Since when this number has opted out of each of these lines, or that it has not.

    What was kept of other lines stays.
    """
    own = mark(address)
    here = Stopped.mark == own, Stopped.line_id.in_(stops)
    db.session.execute(delete(Stopped).where(*here))
    rows = [
        {"mark": own, "line_id": line_id, "at": at}
        for line_id, at in stops.items()
        if at
    ]
    if rows:
        db.session.execute(upsert(Stopped).on_conflict_do_nothing(), rows)


def stopped(sides: Iterable[tuple[int, int]]) -> dict[tuple[int, int], datetime]:
    """Of these (line id, customer id), those that had opted out, and since when."""
    if db.session.scalar(select(Stopped.mark).limit(1)) is None:
        return {}
    wanted = set(sides)
    ids = sorted({customer for _, customer in wanted})
    known = select(Customer.address, Customer.id).where(among(Customer.id, ids))
    marks = {mark(address): id for address, id in db.session.execute(known)}
    kept = select(Stopped).where(among(Stopped.mark, sorted(marks)))
    found = {
        (each.line_id, marks[each.mark]): each.at for each in db.session.scalars(kept)
    }
    return {side: at for side, at in found.items() if side in wanted}
