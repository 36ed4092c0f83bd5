"""The way of a file of customers: brought, checked, stored; never half of it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, Select, or_, select

from conversations import db as database
from conversations.db import db
from conversations.desk.imports.columns import Columns
from conversations.desk.imports.sheets import Sheet
from conversations.models import Agent, CustomerImport
from conversations.models.customer_import import (
    CHECKED,
    FAILED,
    GIVEN,
    STORED,
    TO_CHECK,
    TO_STORE,
)

DEAD_AFTER = timedelta(minutes=2)
SHOWN = 20
NOTHING_YET = {"done": 0, "added": 0, "changed": 0, "unchanged": 0, "rejected": 0}


class Place:
    """Where the files of an import stand."""

    def __init__(self, folder: Path, import_id: int) -> None:
        self.given = folder / f"{import_id}.csv"
        self.staged = folder / f"{import_id}.staged"
        self.rejected = folder / f"{import_id}.rejected"

    def clear(self) -> None:
        for path in (self.given, self.staged, self.rejected):
            path.unlink(missing_ok=True)


def bring(by: Agent, sheet: Sheet, columns: Columns, total: int) -> CustomerImport:
    made = CustomerImport(
        agent_id=by.id,
        encoding=sheet.encoding,
        separator=sheet.separator,
        choices=columns.json,
        total=total,
    )
    db.session.add(made)
    db.session.flush()
    return made


def recent() -> Select[CustomerImport]:
    return select(CustomerImport).order_by(CustomerImport.id.desc()).limit(SHOWN)


def columns(of: CustomerImport) -> Columns:
    return Columns.from_json(of.choices)


def check(of: CustomerImport, columns: Columns, separator: str) -> bool:
    """Have it checked, with these columns; False when it is too late for that."""
    return change(
        of.id, CustomerImport.state.in_((GIVEN, CHECKED, FAILED)), state=TO_CHECK,
        choices=columns.json, separator=separator, touched_at=None, **NOTHING_YET,
    )  # fmt: skip


def store(of: CustomerImport) -> bool:
    """Have it stored; False when it is not checked, or somebody did already."""
    ready = CustomerImport.state == CHECKED
    return change(of.id, ready, state=TO_STORE, touched_at=None)


def due() -> int | None:
    """The first that nobody works on; also one whose worker has died."""
    query = select(CustomerImport.id).where(free()).order_by(CustomerImport.id)
    return db.session.scalar(query.limit(1))


def free() -> ColumnElement[bool]:
    touched = CustomerImport.touched_at
    alone = or_(touched.is_(None), touched < database.clock() - DEAD_AFTER)
    return CustomerImport.state.in_((TO_CHECK, TO_STORE)) & alone


def claim(import_id: int) -> bool:
    claimed = change(import_id, free(), touched_at=database.clock())
    db.session.commit()
    return claimed


def get_on(import_id: int, counts: Mapping[str, int]) -> None:
    here = CustomerImport.state == TO_CHECK
    change(import_id, here, touched_at=database.clock(), **counts)
    db.session.commit()


def checked(import_id: int, counts: Mapping[str, int]) -> None:
    here, total = CustomerImport.state == TO_CHECK, counts["done"]
    change(import_id, here, state=CHECKED, touched_at=None, total=total, **counts)


def begin_storing(import_id: int) -> bool:
    """In the transaction that stores it, so that of two only one does."""
    return change(import_id, CustomerImport.state == TO_STORE, state=STORED)


def stored(import_id: int, counts: Mapping[str, int]) -> None:
    change(import_id, CustomerImport.state == STORED, touched_at=None, **counts)


def fail(import_id: int) -> None:
    working = CustomerImport.state.in_((TO_CHECK, TO_STORE))
    change(import_id, working, state=FAILED, touched_at=None)


def change(import_id: int, condition: ColumnElement[bool], **values: object) -> bool:
    here = CustomerImport.id == import_id
    return database.change(CustomerImport, here, condition, **values)


def old(days: int) -> Sequence[int]:
    before = database.clock() - timedelta(days=days)
    ids = select(CustomerImport.id).where(CustomerImport.given_at < before)
    return db.session.scalars(ids).all()
