"""A bare driver in a loop: one callback into the journal, one commit, and again."""

import sqlite3
import time
from collections.abc import Callable

import psycopg

from bench.figures import Run, latencies
from bench.floors import rows

PREFIX = "sqlite:///"


def inserting(url: str, seconds: float) -> Run:
    """How many callbacks a second the driver alone can store, each durably."""
    if url.startswith(PREFIX):
        return inserting_in_sqlite(url.removeprefix(PREFIX), seconds)
    with psycopg.connect(url, autocommit=True) as connection:
        statement = rows.insert("%s")
        return repeated(lambda: connection.execute(statement, rows.callback()), seconds)


def inserting_in_sqlite(path: str, seconds: float) -> Run:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    statement = rows.insert("?")

    def store() -> None:
        address, received_at, *rest = rows.callback()
        connection.execute(statement, (address, str(received_at), *rest))

    run = repeated(store, seconds)
    connection.close()
    return run


def repeated(step: Callable[[], object], seconds: float) -> Run:
    times = []
    began_at = now = time.perf_counter()
    while now < began_at + seconds:
        step()
        times.append(time.perf_counter() - now)
        now = time.perf_counter()
    spent = latencies(times)
    return Run(rate=len(times) / (now - began_at), p50=spent.p50, p99=spent.p99)
