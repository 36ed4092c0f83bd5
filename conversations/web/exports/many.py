"""The export of all that meets some filters, and its making in the background."""

import logging
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from flask_babel import force_locale
from sqlalchemy import delete

from conversations.config import Config
from conversations.db import db, reading, utcnow
from conversations.desk import audit
from conversations.desk.audit import Act
from conversations.desk.exports import asking, choice
from conversations.desk.exports.archive import Member, archive
from conversations.desk.exports.records import Chain, Record
from conversations.desk.room import abandoned, leave_room
from conversations.models import Agent, Export
from conversations.web.exports import documents, telling
from conversations.web.exports.threads import circumstances, sealed

logger = logging.getLogger(__name__)

REST_SECONDS = 1.0
LOOKS_PER_TIDYING = 600
LOOK_EVERY = 500
TELL_SECONDS = 1.0


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
            with force_locale("en"):
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


def pieces(export_id: int, maker: str, secret: str) -> Iterator[bytes]:
    """The zip, telling meanwhile how far it is."""
    with reading():
        export = db.session.get_one(Export, export_id)
        agent = db.session.get_one(Agent, export.agent_id)
        wanted = asking.choice(export)
        found = choice.messages(agent, wanted)
        rights, total = asking.rights(agent), choice.count(found)
    asking.change(export_id, asking.made_by(maker), rights=rights)
    made_at, chain = utcnow(), Chain()
    records = told(
        telling.records(found, agent), Progress(export_id, maker, total), chain
    )
    make = documents.as_csv if export.format == asking.CSV else documents.as_lines
    member = Member(f"messages.{export.format}", make(records, chain), chain)
    around = circumstances(agent, made_at, what_of(export))
    yield from archive(iter([member]), made_at, partial(sealed, around, secret))


def what_of(export: Export) -> dict[str, object]:
    """The filters, as the manifest names them."""
    return {
        "export": export.id,
        "filters": export.query,
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


def told(
    records: Iterator[Record], progress: Progress, chain: Chain
) -> Iterator[Record]:
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
    """Note in the audit trail what somebody asked for."""
    audit.note(
        Act.EXPORTED, "export", export.id, by=by, format=export.format,
        filters=export.query, notes=export.notes,
    )  # fmt: skip
