"""Traces of callbacks that were turned away: counted at once, written down later.

A flood of them costs the door a lookup and the database a few rows an hour: what is
alike is counted together, and what is too varied is counted as the rest.
"""

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask
from sqlalchemy import Connection, select

from conversations.db import db, upsert, utcnow
from conversations.models import TurnedAway

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 5.0
# Rows an hour may have, and sorts a process holds before it writes them down.
MOST_SORTS = 20
REST = "many others"

LONG_ENOUGH = 12
SHOWN_LETTERS = 2
LONGEST_COUNTED = 200

SIZE = "size"
"""The place of what was wrong when the secret was right and the callback too large."""
KIB = 1024


@dataclass(frozen=True)
class Sort:
    """What callbacks have in common that are counted together; see the model."""

    hour: datetime
    address: str
    source: str
    place: str
    hint: str

    @property
    def rest(self) -> "Sort":
        return Sort(self.hour, self.address, REST, "", "")


@dataclass(frozen=True)
class Count:
    times: int
    last_at: datetime


Counts = dict[Sort, Count]


class Book(threading.Thread):
    """The one thread of a process that writes them down; the first wakes it."""

    def __init__(self, app: Flask) -> None:
        super().__init__(name="turned-away", daemon=True)
        self.app = app
        self.counts: Counts = {}
        self.lock = threading.Lock()
        self.bell = threading.Event()
        self.stopping = False

    def note(self, address: str, came_from: str, secrets: Mapping[str, str]) -> None:
        """Count a callback; `secrets` is what it had, by the name of the place."""
        place = next((name for name, given in secrets.items() if given), "")
        self.count(address, came_from, place, hint(secrets.get(place, "")))

    def note_too_large(self, address: str, came_from: str, size: int) -> None:
        """Count one that had the secret and more than `size` bytes."""
        self.count(address, came_from, SIZE, more_than(size))

    def count(self, address: str, came_from: str, place: str, hint: str) -> None:
        now = utcnow()
        hour = now.replace(minute=0, second=0, microsecond=0)
        sort = Sort(hour, address, network(came_from), place, hint)
        with self.lock:
            add(self.counts, sort, Count(1, now))
            if not (self.stopping or self.is_alive()):
                self.start()
        if self.stopping:
            self.write_down()
        self.bell.set()

    def stop(self) -> None:
        """Write down what is left; what still comes is written down at once."""
        self.stopping = True
        self.write_down()

    def run(self) -> None:
        while True:
            self.bell.wait()
            self.bell.clear()
            self.write_down()
            time.sleep(PAUSE_SECONDS)

    def write_down(self) -> None:
        """Nothing is raised: what could not be written is tried again soon."""
        with self.lock:
            counts, self.counts = self.counts, {}
        if not counts:
            return
        try:
            with self.app.app_context(), db.engine.begin() as connection:
                store(connection, counts)
        except Exception as error:
            logger.warning("Traces not stored: %s", type(error).__name__)
            with self.lock:
                for sort, count in counts.items():
                    add(self.counts, sort, count)
            self.bell.set()


def add(counts: Counts, sort: Sort, more: Count) -> None:
    if sort not in counts and len(counts) >= MOST_SORTS:
        sort = sort.rest
    before = counts.get(sort, Count(0, more.last_at))
    last_at = max(before.last_at, more.last_at)
    counts[sort] = Count(before.times + more.times, last_at)


def store(connection: Connection, counts: Counts) -> None:
    """Add to what these hours have; a full hour takes no new sorts."""
    stored: dict[datetime, Counts] = {}
    for sort, count in counts.items():
        if sort.hour not in stored:
            stored[sort.hour] = known(connection, sort.hour)
        add(stored[sort.hour], sort, count)
    row = upsert(TurnedAway)
    addition = row.on_conflict_do_update(
        index_elements=["hour", "address", "source", "place", "hint"],
        set_={
            "times": TurnedAway.times + row.excluded.times,
            "last_at": row.excluded.last_at,
        },
    )
    rows = [
        vars(sort) | vars(count)
        for of_hour in stored.values()
        for sort, count in of_hour.items()
        if count.times
    ]
    if rows:
        connection.execute(addition, rows)


def known(connection: Connection, hour: datetime) -> Counts:
    """The sorts an hour has, with nothing to add to them yet."""
    table = TurnedAway.__table__.c
    columns = (table.hour, table.address, table.source, table.place, table.hint)
    query = select(*columns, table.last_at).where(table.hour == hour)
    return {Sort(*row[:-1]): Count(0, row.last_at) for row in connection.execute(query)}


def network(address: str) -> str:
    """The network somebody called from, not the very machine."""
    try:
        ip = ip_address(address)
    except ValueError:
        return "unknown"
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else ip
    known, bits = (mapped, 24) if mapped else (ip, 48)
    return str(ip_network((known, bits), strict=False))


def hint(secret: str) -> str:
    """How a wrong secret begins and how long it is: enough to know one's own."""
    if not secret:
        return ""
    start = secret[:SHOWN_LETTERS] if len(secret) >= LONG_ENOUGH else ""
    shown = "".join(x if x.isascii() and x.isalnum() else "?" for x in start)
    long = min(len(secret), LONGEST_COUNTED)
    more = " or more" if long == LONGEST_COUNTED else ""
    return f"{shown}*** ({long}{more} characters)"


def more_than(size: int) -> str:
    """How large it was, roughly, so that alike ones are counted together."""
    kib = 1 << max(0, (size // KIB).bit_length() - 1)
    return f"> {kib} KiB"
