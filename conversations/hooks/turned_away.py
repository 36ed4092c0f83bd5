"""Traces of callbacks with a wrong secret: counted at once, written down later.

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

    def note(self, address: str, came_from: str, secrets: Mapping[str, str]) -> None:
        """Count a callback; `secrets` is what it had, by the name of the place."""
        now = utcnow()
        place = next((name for name, given in secrets.items() if given), "")
        hour = now.replace(minute=0, second=0, microsecond=0)
        source = network(came_from)
        sort = Sort(hour, address, source, place, hint(secrets.get(place, "")))
        with self.lock:
            add(self.counts, sort, Count(1, now))
            if not self.is_alive():
                self.start()
        self.bell.set()

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
