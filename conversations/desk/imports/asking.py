"""The way of a file of customers: brought, checked, stored; to the end."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from secrets import token_hex

from sqlalchemy import ColumnElement, Select, delete, or_, select

from conversations import db as database
from conversations.db import db
from conversations.desk.imports.columns import Columns
from conversations.desk.imports.sheets import Sheet
from conversations.models import Agent, CustomerImport
from conversations.models.customer_import import (
    CHECKED,
    FAILED,
    GIVEN,
    IN_WORK,
    STORED,
    STORING,
    TO_CHECK,
    TO_STORE,
)

DEAD_AFTER = timedelta(minutes=2)
SHOWN = 20
STEPS = ("added", "changed", "unchanged", "skipped")
NOTHING_YET = dict.fromkeys(("done", "rejected", "stored_rows", *STEPS), 0)


class Lost(Exception):
    """Another worker has taken it over; this one was thought to be dead."""


class Place:
    """Where the files of an import stand."""

    def __init__(self, folder: Path, import_id: int) -> None:
        self.given = folder / f"{import_id}.csv"
        self.staged = folder / f"{import_id}.staged"
        self.rejected = folder / f"{import_id}.rejected"

    def beside(self, path: Path, maker: str) -> Path:
        """Where this maker writes, so that of two nobody writes into the other's."""
        return path.with_suffix(f".{maker}{path.suffix}")

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
    return CustomerImport.state.in_(IN_WORK) & alone


def claim(import_id: int) -> str | None:
    """The name of its maker from now on; None when it is somebody else's to do."""
    maker = token_hex(8)
    claimed = change(import_id, free(), maker=maker, touched_at=database.clock())
    db.session.commit()
    return maker if claimed else None


def get_on(import_id: int, maker: str, counts: Mapping[str, int]) -> None:
    """So much is checked by now. Raises `Lost`."""
    advance(import_id, made_by(TO_CHECK, maker), **counts)
    db.session.commit()


def checked(
    import_id: int, maker: str, counts: Mapping[str, int], rows: int, sha256: str
) -> None:
    """So many rows are staged, of this hash. Raises `Lost`."""
    if not change(
        import_id, made_by(TO_CHECK, maker), state=CHECKED, touched_at=None,
        total=counts["done"], staged_rows=rows, staged_sha256=sha256, **counts,
    ):  # fmt: skip
        raise Lost


def begin_storing(import_id: int, maker: str) -> None:
    """Raises `Lost`."""
    none = dict.fromkeys(STEPS, 0)
    advance(import_id, made_by(TO_STORE, maker), state=STORING, stored_rows=0, **none)
    db.session.commit()


def store_on(
    import_id: int, maker: str, before: int, rows: int, counts: Mapping[str, int]
) -> None:
    """So many more rows are stored, in this very transaction. Raises `Lost`."""
    here = made_by(STORING, maker) & (CustomerImport.stored_rows == before)
    more = {name: getattr(CustomerImport, name) + counts[name] for name in STEPS}
    advance(import_id, here, stored_rows=before + rows, **more)


def stored(import_id: int, maker: str) -> None:
    """All of it. Raises `Lost`."""
    whole = CustomerImport.stored_rows == CustomerImport.staged_rows
    advance(import_id, made_by(STORING, maker) & whole, state=STORED)


def fail(import_id: int, maker: str, *, for_good: bool) -> None:
    """It changed nothing; what is being stored goes on later, if it can at all."""
    ends = (TO_CHECK, TO_STORE, STORING) if for_good else (TO_CHECK, TO_STORE)
    mine = or_(*[made_by(state, maker) for state in ends])
    change(import_id, mine, state=FAILED, touched_at=None)


def made_by(state: str, maker: str) -> ColumnElement[bool]:
    return (CustomerImport.state == state) & (CustomerImport.maker == maker)


def advance(import_id: int, condition: ColumnElement[bool], **values: object) -> None:
    if not change(import_id, condition, touched_at=database.clock(), **values):
        raise Lost


def change(import_id: int, condition: ColumnElement[bool], **values: object) -> bool:
    here = CustomerImport.id == import_id
    return database.change(CustomerImport, here, condition, **values)


def forget_old(days: int) -> Sequence[int]:
    """Those brought so many days ago, but none that somebody works on."""
    before = database.clock() - timedelta(days=days)
    old = delete(CustomerImport).where(
        CustomerImport.given_at < before, CustomerImport.state.not_in(IN_WORK)
    )
    found = old.returning(CustomerImport.id)
    return db.session.scalars(found.execution_options(synchronize_session=False)).all()


def known() -> Sequence[int]:
    return db.session.scalars(select(CustomerImport.id)).all()
