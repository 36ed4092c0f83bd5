"""The export of all that meets some filters, and its making in the background."""

import logging
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from flask_babel import force_locale
from sqlalchemy import delete

from conversations.config import Config
from conversations.db import db, reading, utcnow
from conversations.desk import audit
from conversations.desk.audit import Act
from conversations.desk.exports import asking, choice
from conversations.desk.exports.archive import Member, archive
from conversations.desk.exports.records import Chain, Record
from conversations.models import Agent, Export
from conversations.web.exports import documents, telling
from conversations.web.exports.threads import circumstances, sealed

logger = logging.getLogger(__name__)

REST_SECONDS = 1.0
LOOKS_PER_TIDYING = 600
TOLD_EVERY = 5_000


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
        if found is None or not asking.claim(found):
            return REST_SECONDS
        self.make(found)
        return 0.0

    def make(self, export_id: int) -> None:
        try:
            with force_locale("en"):
                size = self.write(export_id)
        except Exception:
            logger.exception("Export %s could not be made", export_id)
            db.session.rollback()
            asking.fail(export_id)
        else:
            asking.finish(export_id, size)
        db.session.commit()

    def write(self, export_id: int) -> int:
        """Into a file beside the one to be, so that no half of one is ever fetched."""
        target = asking.file(self.folder, export_id)
        beside = target.with_suffix(".part")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.touch(mode=0o600)
        with beside.open("wb") as file:
            for piece in pieces(export_id, self.secret):
                file.write(piece)
        beside.replace(target)
        return target.stat().st_size

    def finish(self) -> None:
        """What is half made is begun again by whoever finds it."""


def pieces(export_id: int, secret: str) -> Iterator[bytes]:
    """The zip, telling meanwhile how far it is."""
    with reading():
        export = db.session.get_one(Export, export_id)
        agent = db.session.get_one(Agent, export.agent_id)
        wanted = asking.choice(export)
        found = choice.messages(agent, wanted)
        total = choice.count(found)
    made_at, chain = utcnow(), Chain()
    records = told(telling.records(found, agent), export_id, chain, total)
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


def told(
    records: Iterator[Record], export_id: int, chain: Chain, total: int
) -> Iterator[Record]:
    asking.get_on(export_id, 0, total)
    for record in records:
        if chain.rows % TOLD_EVERY == 0 and chain.rows:
            asking.get_on(export_id, chain.rows, total)
        yield record
    asking.get_on(export_id, chain.rows, max(total, chain.rows))


def remove_old(folder: Path, days: int) -> None:
    """The files and their rows; the audit trail still says that there were any."""
    with reading():
        found = asking.old(days)
    for export_id in found:
        asking.file(folder, export_id).unlink(missing_ok=True)
        db.session.execute(delete(Export).where(Export.id == export_id))
    db.session.commit()


def asked(by: Agent, export: Export) -> None:
    """Note in the audit trail what somebody asked for."""
    audit.note(
        Act.EXPORTED, "export", export.id, by=by, format=export.format,
        filters=export.query, notes=export.notes,
    )  # fmt: skip
