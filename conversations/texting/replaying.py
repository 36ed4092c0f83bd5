"""Reading a callback again: as it came, or as an admin says that it is.

The reader does it, as with any other callback. What is a message already stays one
message: its callback is not read again.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update

from conversations.db import db, utcnow
from conversations.models import Callback, DeliveryReport, Message
from conversations.models.message import INBOUND
from conversations.texting import corrections, receiving
from conversations.texting.corrections import Correction
from conversations.texting.outcome import Kind

MOST_AT_ONCE = 1_000
NEW = "new"


def open_again() -> ColumnElement[bool]:
    """Read before, and not a message; or its own words are not those of the message."""
    heard = exists(
        select(Message.id).where(
            Message.id == Callback.message_id, Message.direction == INBOUND
        )
    )
    other_words = Callback.note == receiving.OTHER_WORDS
    return and_(Callback.outcome != NEW, or_(~heard, other_words))


def is_open(callback_id: int) -> bool:
    one = select(Callback.id).where(Callback.id == callback_id, open_again())
    return db.session.scalar(one) is not None


def replay(callback_ids: Sequence[int]) -> list[int]:
    """Have these read again; those of them for which that makes sense."""
    some = select(Callback.id, Callback.message_id).where(
        Callback.id.in_(callback_ids[:MOST_AT_ONCE]), open_again()
    )
    chosen = db.session.execute(some.order_by(Callback.id).with_for_update()).all()
    ids = [row.id for row in chosen]
    forget_reports(ids, [row.message_id for row in chosen if row.message_id])
    values = {"outcome": NEW, "note": None, "read_at": None, "message_id": None}
    change(ids, values)
    return ids


def correct(callback_id: int, correction: Correction, who: str) -> bool:
    """Have it read as `correction` says; False where it is a message, or not read."""
    if not replay([callback_id]):
        return False
    change(
        [callback_id], said_by(who) | {"correction": corrections.written(correction)}
    )
    return True


def as_it_came(callback_id: int) -> bool:
    """Have it read again without what anybody said that it is."""
    if not replay([callback_id]):
        return False
    change([callback_id], {"correction": None, "corrected_by": None})
    return True


def set_aside(callback_id: int, who: str) -> bool:
    """Nobody needs to look at it again; False where nobody has read it yet.

    The message that was made of it stays, and a report that it parked is forgotten.
    """
    one = select(Callback.id).where(Callback.id == callback_id, Callback.outcome != NEW)
    if db.session.scalar(one.with_for_update()) is None:
        return False
    forget_reports([callback_id], [])
    values = {"outcome": Kind.ASIDE, "correction": None}
    change([callback_id], said_by(who) | values)
    return True


def said_by(who: str) -> dict[str, object]:
    return {"corrected_by": who, "corrected_at": utcnow()}


def forget_reports(callback_ids: list[int], message_ids: list[int]) -> None:
    """Reading them again writes their reports down again."""
    theirs = delete(DeliveryReport).where(DeliveryReport.callback_id.in_(callback_ids))
    parked = DeliveryReport.message_id.is_(None)
    for known in (parked, DeliveryReport.message_id.in_(message_ids)):
        db.session.execute(
            theirs.where(known), execution_options={"synchronize_session": False}
        )


def change(callback_ids: list[int], values: Mapping[str, object]) -> None:
    db.session.execute(
        update(Callback).where(Callback.id.in_(callback_ids)).values(values),
        execution_options={"synchronize_session": False},
    )
