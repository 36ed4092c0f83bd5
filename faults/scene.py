"""The scene of a fault: a new database, a Kaleyra, and Parley beside them."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import Engine, create_engine, text

from bench.databases import Databases
from bench.serving import TOKEN, Parley, Program
from conversations.engines import database_url
from conversations.kaleyra.practice import PracticeKaleyra
from conversations.texting.status import Status
from faults.holds import Locks
from faults.load import Load

REPORT_SECONDS = 0.1
POLL_SECONDS = 0.1
SOON_SECONDS = 2.0
RETRY_SECONDS = 12.0
UNSETTLED = (
    "SELECT (SELECT count(*) FROM message WHERE status IN ('queued', 'sending'))"
    " + (SELECT count(*) FROM callback WHERE outcome = 'new')"
)
STILL_SENDING = "SELECT id, claimed_by FROM message WHERE status = 'sending'"
RUN_OUT = "UPDATE message SET lease_until = :then WHERE id = :id"

HASTY = {"KALEYRA_CONNECT_TIMEOUT": 1, "KALEYRA_READ_TIMEOUT": 1}
"""A call ends after 7 s and its lease after 22, in place of 30 and 45."""


@dataclass(eq=False)
class Scene:
    """One installation that a fault befalls. `quick` asks for the short form."""

    databases: Databases
    url: str
    kaleyra: PracticeKaleyra
    parley: Parley
    load: Load
    engine: Engine
    quick: bool
    killed: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    @property
    def locks(self) -> Locks:
        return Locks(self.url)

    def expect(self, kept: object, promise: str) -> None:
        """A promise that only this fault puts to the test."""
        if not kept:
            self.broken.append(promise)

    def seconds(self, full: float, quick: float) -> float:
        return quick if self.quick else full

    def kill(self, program: Program) -> None:
        """kill -9, children included."""
        pids = program.kill()
        self.killed |= {f"{socket.gethostname()}:{pid}" for pid in pids}

    @contextmanager
    def web_alone(self) -> Iterator[Program]:
        """Parley without its background work."""
        self.parley.env["WORKER"] = "0"
        with self.parley.serving() as web:
            yield web

    def asked(self, query: str, **values: object) -> list[tuple[object, ...]]:
        """What the database says."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]

    def told(self, statement: str, **values: object) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(statement), values)

    def statuses(self) -> list[str]:
        """Where our texts stand, in their order."""
        query = "SELECT status FROM message WHERE direction = 'outbound' ORDER BY id"
        return [str(status) for (status,) in self.asked(query)]

    def settle(self, patience: float = 150.0) -> None:
        """Wait until nothing is left to do; what still is, the judge will count.

        Reports that come last are waited for too: a busy machine reads them slowly.
        """
        ends_at = time.monotonic() + patience
        while self.unsettled() and time.monotonic() < ends_at:
            if self.quick:
                self.run_out_leases()
            time.sleep(POLL_SECONDS)
        if not self.quick:
            self.wait_for_reports()

    def unsettled(self) -> bool:
        """Kaleyra first: what it has brought is in the journal when it is done."""
        coming = self.kaleyra.later.busy(within=SOON_SECONDS)
        return coming or self.asked(UNSETTLED) != [(0,)]

    def wait_for_reports(self) -> None:
        """Kaleyra comes again with a report that nobody took, 10 s later at first."""
        ends_at = time.monotonic() + RETRY_SECONDS
        while Status.UNCONFIRMED in self.statuses() and time.monotonic() < ends_at:
            time.sleep(POLL_SECONDS)

    def run_out_leases(self) -> None:
        """In the short form nobody waits for the leases of workers that are dead."""
        for message, worker in self.asked(STILL_SENDING):
            if worker in self.killed:
                self.told(RUN_OUT, id=message, then=utc(0))


def utc(seconds: float) -> str:
    """A time, given in seconds since 1970, as both databases take it."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S.%f}"


def wait(true: Callable[[], object], seconds: float = 30.0) -> float:
    """Wait until it is true; how long that took. Fails when it never is."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > seconds:
            raise TimeoutError("what was waited for did not happen")
        time.sleep(0.02)
    return time.monotonic() - began


@contextmanager
def scene(
    databases: Databases, *, quick: bool = False, **settings: object
) -> Iterator[Scene]:
    """Everything but Parley's processes, which the fault itself starts."""
    url, token = prepared(databases)
    engine = create_engine(database_url(url))
    with PracticeKaleyra(report_after=REPORT_SECONDS) as kaleyra:
        parley = Parley(url, **for_practice(kaleyra) | HASTY | settings)
        load = Load([parley.port], token)
        try:
            yield Scene(databases, url, kaleyra, parley, load, engine, quick)
        finally:
            engine.dispose()


def for_practice(kaleyra: PracticeKaleyra) -> dict[str, object]:
    return {
        "KALEYRA_BASE_URL": kaleyra.url,
        "KALEYRA_SID": kaleyra.sid,
        "KALEYRA_API_KEY": kaleyra.api_key,
        "HOOK_TOKEN": TOKEN,
    }


def prepared(databases: Databases) -> tuple[str, str]:
    """A new database with our tables and an API token in it; the first is copied."""
    url, token = first_of(databases)
    return databases.copy(url), token


@cache
def first_of(databases: Databases) -> tuple[str, str]:
    url = databases.migrated()
    said = Parley(url).flask("token", "create", "load")
    return url, said.splitlines()[-1]
