"""Checking and storing the files of customers that admins bring."""

import logging
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import delete

from conversations.config import Config
from conversations.db import db, reading
from conversations.desk import audit, tags
from conversations.desk.audit import Act
from conversations.desk.imports import asking, storing
from conversations.desk.imports.asking import Place
from conversations.desk.imports.checking import Checker, Entry, Rejected
from conversations.desk.imports.sheets import Sheet, Unreadable
from conversations.models import Agent, CustomerImport
from conversations.models.customer_import import TO_CHECK

logger = logging.getLogger(__name__)

REST_SECONDS = 1.0
LOOKS_PER_TIDYING = 600


class Importer:
    """The job of importing, one file at a time, and of removing old ones."""

    name = "importer"

    def __init__(self, config: Config) -> None:
        self.folder = config.imports
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
        self.work_on(found)
        return 0.0

    def work_on(self, import_id: int) -> None:
        with reading():
            wanted = db.session.get_one(CustomerImport, import_id)
        place = Place(self.folder, import_id)
        try:
            (check if wanted.state == TO_CHECK else store)(wanted, place)
        except Exception as error:
            if not isinstance(error, Unreadable):
                logger.exception("Import %s could not be done", import_id)
            db.session.rollback()
            asking.fail(import_id)
        db.session.commit()

    def finish(self) -> None:
        """What is half checked is begun again; storing is one transaction."""


def check(wanted: CustomerImport, place: Place) -> None:
    """Stage what is fine beside what is rejected; the customers stay as they are."""
    columns = asking.columns(wanted)
    with reading():
        known = {tag.name.lower(): tag.id for tag in db.session.scalars(tags.in_use())}
    rows = Sheet(place.given, wanted.encoding, wanted.separator).rows()
    if columns.header:
        next(rows, None)
    counts = dict(asking.NOTHING_YET)
    with place.staged.open("w") as staged, place.rejected.open("w") as rejected:
        for some in storing.batches(Checker(columns, known).checked(rows)):
            entries = [each for each in some if isinstance(each, Entry)]
            faults = [each for each in some if isinstance(each, Rejected)]
            staged.writelines(f"{each.json}\n" for each in entries)
            rejected.writelines(f"{each.json}\n" for each in faults)
            with reading():
                found = storing.difference(entries, columns)
            count(counts, found, len(faults))
            asking.get_on(wanted.id, counts)
    asking.checked(wanted.id, counts)


def store(wanted: CustomerImport, place: Place) -> None:
    """All of it in one transaction, which the caller commits."""
    if not asking.begin_storing(wanted.id):
        return
    columns, counts = asking.columns(wanted), dict(asking.NOTHING_YET)
    counts["rejected"] = wanted.rejected
    for entries in storing.batches(staged(place)):
        count(counts, storing.store(entries, columns), 0)
    counts["done"] += wanted.rejected
    asking.stored(wanted.id, counts)
    by = db.session.get(Agent, wanted.agent_id)
    audit.note(
        Act.IMPORTED, "import", wanted.id, by=by, added=counts["added"],
        changed=counts["changed"], rejected=counts["rejected"],
    )  # fmt: skip
    db.session.commit()
    place.given.unlink(missing_ok=True)
    place.staged.unlink(missing_ok=True)


def staged(place: Place) -> Iterator[Entry]:
    with place.staged.open() as file:
        yield from map(Entry.from_json, file)


def count(counts: dict[str, int], found: storing.Difference, rejected: int) -> None:
    """Add what a batch came to."""
    added, changed = len(found.added), len(found.changed)
    counts["added"] += added
    counts["changed"] += changed
    counts["unchanged"] += found.unchanged
    counts["rejected"] += rejected
    counts["done"] += added + changed + found.unchanged + rejected


def remove_old(folder: Path, days: int) -> None:
    with reading():
        found = asking.old(days)
    for import_id in found:
        Place(folder, import_id).clear()
        here = CustomerImport.id == import_id
        db.session.execute(delete(CustomerImport).where(here))
    db.session.commit()
