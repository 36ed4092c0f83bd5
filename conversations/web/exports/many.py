"""The export of all that meets some filters, and its making in the background."""

import logging
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import NamedTuple, TypeVar

from flask_babel import force_locale
from sqlalchemy import delete

from conversations.config import Config
from conversations.db import db, reading, utcnow
from conversations.desk import audit
from conversations.desk.audit import Act
from conversations.desk.exports import asking
from conversations.desk.exports.archive import Member, archive
from conversations.desk.exports.picking import Picked, picked
from conversations.desk.exports.records import Chain
from conversations.desk.finding import kept
from conversations.desk.room import abandoned, leave_room
from conversations.models import Agent, Export
from conversations.web.exports import book, documents, telling
from conversations.web.exports.threads import circumstances, sealed
from conversations.web.languages import ENGLISH

logger = logging.getLogger(__name__)

REST_SECONDS = 1.0
LOOKS_PER_TIDYING = 600
LOOK_EVERY = 500
TELL_SECONDS = 1.0

Row = TypeVar("Row")


class Lost(Exception):
    """Another maker has taken it over; this one was thought to be dead."""


class Maker:
    """The job of making exports, one at a time, and of removing old ones."""

    name = "exports"

    def __init__(self, config: Config) -> None:
        self.folder = config.exports
        self.secret = config.secret_key
        self.days = config.export_days
        self.looks = 0

    def step(self) -> float:
        if self.looks % LOOKS_PER_TIDYING == 0:
            remove_old(self.folder, self.days)
        self.looks += 1
        with reading():
            found = asking.due()
        maker = asking.claim(found) if found else None
        if found is None or maker is None:
            return REST_SECONDS
        self.make(found, maker)
        return 0.0

    def make(self, export_id: int, maker: str) -> None:
        beside = asking.file(self.folder, export_id).with_suffix(f".{maker}")
        try:
            with force_locale(tongue(export_id)):
                self.write(export_id, maker, beside)
        except Lost:
            logger.warning("Export %s was given to another maker", export_id)
        except Exception:
            logger.exception("Export %s could not be made", export_id)
            db.session.rollback()
            asking.fail(export_id, maker)
        finally:
            beside.unlink(missing_ok=True)
        db.session.commit()

    def write(self, export_id: int, maker: str, beside: Path) -> None:
        """Into a file beside the one to be, so that no half of one is ever fetched."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.touch(mode=0o600)
        with beside.open("wb") as file:
            for piece in pieces(export_id, maker, self.secret):
                file.write(piece)
                leave_room(self.folder)
        size = beside.stat().st_size
        beside.replace(asking.file(self.folder, export_id))
        if not asking.finish(export_id, maker, size):
            raise Lost

    def finish(self) -> None:
        """What is half made is begun again by whoever finds it."""


def tongue(export_id: int) -> str:
    """A page speaks the language of who asked for it; what programs read, English."""
    with reading():
        export = db.session.get_one(Export, export_id)
        asker = db.session.get_one(Agent, export.agent_id)
        chosen = asker.language if export.format == asking.HTML else ""
    return chosen or ENGLISH


def pieces(export_id: int, maker: str, secret: str) -> Iterator[bytes]:
    """The zip, telling meanwhile how far it is."""
    with reading():
        export = db.session.get_one(Export, export_id)
        agent = db.session.get_one(Agent, export.agent_id)
        wanted, rights = asking.choice(export), asking.rights(agent)
    found = picked(agent, wanted, by_thread=export.format == asking.HTML)
    progress = Progress(export_id, maker, found.count())
    asking.change(export_id, asking.made_by(maker), rights=rights)
    made_at, what = utcnow(), what_of(export)
    file = member(found, export.format, agent, made_at, what, progress)
    around = circumstances(agent, made_at, what)
    yield from archive(iter([file]), made_at, partial(sealed, around, secret))


def member(
    found: Picked,
    format: str,
    agent: Agent,
    made_at: datetime,
    what: dict[str, object],
    progress: "Progress",
) -> Member:
    """The file in the zip; how many messages are in it is told meanwhile."""
    name, chain = f"messages.{format}", Chain()
    if format == asking.HTML:
        leaves = told(book.leaves(found, agent, chain), progress, chain)
        heading = book.heading(agent, made_at, what)
        return Member(name, book.alone(heading, leaves), chain, chained=False)
    records = told(telling.records(found, agent), progress, chain)
    if format == asking.JSON:
        about = {"time_zone": agent.time_zone, **what}
        return Member(name, documents.as_document(records, chain, about), chain)
    make = documents.as_csv if format == asking.CSV else documents.as_lines
    return Member(name, make(records, chain), chain)


def what_of(export: Export) -> dict[str, object]:
    """The filters or the search, as the manifest names them."""
    chosen: dict[str, object] = {"filters": export.query}
    if export.search:
        chosen = {"search": kept.plainly(export.search), "whole": export.whole}
    return {
        "export": export.id,
        **chosen,
        "since": export.since.isoformat() if export.since else None,
        "until": export.until.isoformat() if export.until else None,
        "notes": export.notes,
    }


class Progress(NamedTuple):
    """Of which export, by which maker, and out of how many messages."""

    export_id: int
    maker: str
    total: int

    def tell(self, done: int) -> None:
        total = max(self.total, done)
        if not asking.get_on(self.export_id, self.maker, done, total):
            raise Lost


def told(records: Iterator[Row], progress: Progress, chain: Chain) -> Iterator[Row]:
    progress.tell(0)
    told_at = monotonic()
    for record in records:
        if chain.rows % LOOK_EVERY == 0 and monotonic() - told_at > TELL_SECONDS:
            told_at = monotonic()
            progress.tell(chain.rows)
        yield record
    progress.tell(chain.rows)


def remove_old(folder: Path, days: int) -> None:
    """The files and their rows; the audit trail still says that there were any."""
    with reading():
        found = asking.old(days)
    for export_id in found:
        db.session.execute(delete(Export).where(Export.id == export_id))
    asking.give_up_on_dead()
    db.session.commit()
    with reading():
        known = {str(export_id) for export_id in asking.known()}
    for file in folder.glob("[0-9]*.*"):
        unfinished = file.suffix != ".zip" and abandoned(file)
        if unfinished or file.name.partition(".")[0] not in known:
            file.unlink(missing_ok=True)


def asked(by: Agent, export: Export) -> None:
    """Note in the audit trail what somebody asked for, never words looked for."""
    audit.note(
        Act.EXPORTED, "export", export.id, by=by, format=export.format,
        filters=chips(export) if export.search else export.query, notes=export.notes,
        search=bool(export.search), whole=export.whole,
    )  # fmt: skip


def chips(export: Export) -> str:
    return " ".join(sorted({chip.name for chip in kept.read(export.search).chips}))
