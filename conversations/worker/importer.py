"""Checking and storing the files of customers that admins bring."""

import logging
import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path

from conversations.config import Config
from conversations.db import db, reading
from conversations.desk import audit, tags
from conversations.desk.audit import Act
from conversations.desk.imports import asking, storing
from conversations.desk.imports.asking import Lost, Place
from conversations.desk.imports.checking import Checker, Entry, Rejected
from conversations.desk.imports.sheets import Sheet, Unreadable
from conversations.desk.room import abandoned, leave_room
from conversations.models import Agent, CustomerImport
from conversations.models.customer_import import TO_CHECK, TO_STORE

logger = logging.getLogger(__name__)

REST_SECONDS = 1.0
LOOKS_PER_TIDYING = 600
# So few that whoever else writes waits some hundredths of a second at most.
STEP = 300


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
        maker = asking.claim(found) if found else None
        if found is None or maker is None:
            return REST_SECONDS
        self.work_on(found, maker)
        return 0.0

    def work_on(self, import_id: int, maker: str) -> None:
        with reading():
            wanted = db.session.get_one(CustomerImport, import_id)
        place = Place(self.folder, import_id)
        try:
            (check if wanted.state == TO_CHECK else store)(wanted, place, maker)
        except Lost:
            db.session.rollback()
            logger.warning("Import %s was given to another worker", import_id)
        except Exception as error:
            if not isinstance(error, Unreadable):
                logger.exception("Import %s could not be done", import_id)
            db.session.rollback()
            asking.fail(import_id, maker, for_good=isinstance(error, Altered))
        db.session.commit()

    def finish(self) -> None:
        """What is half checked is begun again; what is half stored goes on."""


def check(wanted: CustomerImport, place: Place, maker: str) -> None:
    """Stage what is fine beside what is rejected; the customers stay as they are."""
    staged = place.beside(place.staged, maker)
    rejected = place.beside(place.rejected, maker)
    try:
        counts, lines = checked(wanted, place, maker)
        digest = write(staged, sorted(lines))
        asking.checked(wanted.id, maker, counts, len(lines), digest)
        staged.replace(place.staged)
        rejected.replace(place.rejected)
        db.session.commit()
    finally:
        staged.unlink(missing_ok=True)
        rejected.unlink(missing_ok=True)


def checked(
    wanted: CustomerImport, place: Place, maker: str
) -> tuple[dict[str, int], list[str]]:
    """What it comes to, and what is to be staged; what is rejected is written."""
    columns = asking.columns(wanted)
    with reading():
        known = {tag.name.lower(): tag.id for tag in db.session.scalars(tags.in_use())}
    rows = Sheet(place.given, wanted.encoding, wanted.separator).rows()
    if columns.header:
        next(rows, None)
    counts, lines = dict(asking.NOTHING_YET), list[str]()
    with place.beside(place.rejected, maker).open("w") as rejected:
        for some in storing.batches(Checker(columns, known).checked(rows)):
            leave_room(place.given.parent)
            entries = [each for each in some if isinstance(each, Entry)]
            faults = [each for each in some if isinstance(each, Rejected)]
            lines += [f"{each.json}\n" for each in entries]
            rejected.writelines(f"{each.json}\n" for each in faults)
            with reading():
                found = storing.difference(entries, columns)
            count(counts, found, len(faults))
            asking.get_on(wanted.id, maker, counts)
    return counts, lines


def write(path: Path, lines: Iterable[str]) -> str:
    """Down to the disk; the hash of it."""
    digest = sha256()
    with path.open("wb") as file:
        for line in lines:
            piece = line.encode()
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def count(counts: dict[str, int], found: storing.Difference, rejected: int) -> None:
    """Add what a batch came to."""
    added, changed = len(found.added), len(found.changed)
    counts["added"] += added
    counts["changed"] += changed
    counts["unchanged"] += found.unchanged
    counts["rejected"] += rejected
    counts["done"] += added + changed + found.unchanged + rejected


class Altered(Exception):
    """What was staged is not there any more as it was when it was checked."""


def store(wanted: CustomerImport, place: Place, maker: str) -> None:
    """Step by step, each with the mark of how far it is; whoever finds it goes on."""
    staged_as = (wanted.staged_rows, wanted.staged_sha256)
    if not place.staged.exists() or hashed(place.staged) != staged_as:
        raise Altered
    if wanted.state == TO_STORE:
        asking.begin_storing(wanted.id, maker)
    columns, done = asking.columns(wanted), wanted.stored_rows
    for entries in storing.batches(staged(place, done), STEP):
        with reading():
            found = storing.difference(entries, columns)
        counts = storing.store(entries, found, columns)
        asking.store_on(wanted.id, maker, done, len(entries), counts)
        db.session.commit()
        done += len(entries)
    finish(wanted.id, maker)
    place.given.unlink(missing_ok=True)
    place.staged.unlink(missing_ok=True)


def finish(import_id: int, maker: str) -> None:
    asking.stored(import_id, maker)
    found = db.session.get_one(CustomerImport, import_id)
    by = db.session.get(Agent, found.agent_id)
    audit.note(
        Act.IMPORTED, "import", import_id, by=by, added=found.added,
        changed=found.changed, rejected=found.rejected,
    )  # fmt: skip
    db.session.commit()


def hashed(path: Path) -> tuple[int, str]:
    """How many lines there are, and their hash."""
    digest, lines = sha256(), 0
    with path.open("rb") as file:
        for line in file:
            digest.update(line)
            lines += 1
    return lines, digest.hexdigest()


def staged(place: Place, begin: int) -> Iterator[Entry]:
    with place.staged.open() as file:
        yield from map(Entry.from_json, islice(file, begin, None))


def remove_old(folder: Path, days: int) -> None:
    """Their rows and files, and files that belong to none or were never finished."""
    for import_id in asking.forget_old(days):
        Place(folder, import_id).clear()
    db.session.commit()
    with reading():
        known = {str(import_id) for import_id in asking.known()}
    for file in folder.glob("*.*"):
        whole = file.name.count(".") == 1 and file.suffix != ".part"
        if not (whole and file.stem in known) and abandoned(file):
            file.unlink(missing_ok=True)
