"""The server's time for the inbox and for a thread, among many conversations.

Measured inside, at the WSGI boundary, and from outside over one connection. The floor
is the page's own SQL, repeated by the bare driver.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from flask import Flask
from sqlalchemy import event, select
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app import create_app
from bench import seeds
from bench.databases import Databases
from bench.effort import Effort
from bench.figures import Figure, Goal, latencies
from bench.load import wire
from bench.measures import agents
from bench.report import Table
from bench.rounds import Findings, alternate
from bench.serving import Parley
from conversations.config import Config
from conversations.db import db
from conversations.models import Agent

MESSAGES_EACH = 10
WARM_UP = 20

INSIDE = "{}: at the WSGI boundary"
OUTSIDE = "{}: over one connection"
FLOOR = "floor of {}: its {} queries by the bare driver"
SERVED = Goal(p50=10)
ASKED = Goal(p50=1)

VIEWS = {
    "the inbox": "/conversations",
    "mine": "/conversations?box=mine",
    "unassigned, longest waiting": "/conversations?box=unassigned&order=longest-wait",
    "unread": "/conversations?unread=1&state=any",
    "failed": "/conversations?failed=1",
    "a tag, closed": "/conversations?tag=1&state=closed",
    "follow-up due": "/conversations?due=1",
    "snoozed": "/conversations?state=snoozed",
}

Call = Callable[[], None]
Query = tuple[str, Any]


def tables(databases: Databases, effort: Effort) -> Iterator[Table]:
    parley = Parley(databases.migrated())
    with seeds.writing(parley.env["DATABASE_URL"]) as connection:
        ids = seeds.conversations(connection, effort.conversations)
        seeds.threads(connection, ids, MESSAGES_EACH)
    agents.create(parley)
    with seeds.writing(parley.env["DATABASE_URL"]) as connection:
        seeds.work(connection, list(connection.scalars(select(Agent.id))))
    app = create_app(Config.from_env(parley.env))
    pages = VIEWS | {"a thread": f"/conversations/{ids[-1]}"}
    figures: list[Figure] = []
    with parley.serving():
        headers = {"Cookie": agents.signed_in(parley)}
        for name, path in pages.items():
            inside = called(app, path, headers)
            outside = fetched(parley.port, path, headers)
            figures += measured(name, app, inside, outside, effort)
    yield Table(f"Pages, {databases.name}", figures)


def measured(
    name: str, app: Flask, inside: Call, outside: Call, effort: Effort
) -> Iterator[Figure]:
    queries = asked_by(app, inside)
    floor = FLOOR.format(name, len(queries))
    calls = {
        floor: replayed(app, queries),
        INSIDE.format(name): inside,
        OUTSIDE.format(name): outside,
    }
    runs = alternate(
        [partial(timed, what, call, effort.pages) for what, call in calls.items()],
        effort.rounds,
    )
    yield Figure(what=floor, run=runs[floor], goal=ASKED)
    for what in (INSIDE.format(name), OUTSIDE.format(name)):
        yield Figure(what=what, run=runs[what], floor=runs[floor], goal=SERVED)


def timed(what: str, call: Call, times: int) -> Findings:
    for _ in range(WARM_UP):
        call()
    spent = []
    for _ in range(times):
        began_at = time.perf_counter()
        call()
        spent.append(time.perf_counter() - began_at)
    return {what: latencies(spent)}


def called(app: Flask, path: str, headers: Mapping[str, str]) -> Call:
    """Asks the app for a page as a WSGI server would, in this process."""
    builder = EnvironBuilder(path=path, headers=list(headers.items()))
    environ = builder.get_environ()

    def call() -> None:
        body, status, _ = run_wsgi_app(app, dict(environ), buffered=True)
        check(status, b"".join(body))

    return call


def fetched(port: int, path: str, headers: Mapping[str, str]) -> Call:
    """Asks the serving process for a page, over a connection that is kept."""
    sock = wire.connect(port)
    request = wire.request("GET", path, headers)

    def call() -> None:
        answer = wire.exchange(sock, request)
        check(str(wire.status(answer)), answer)

    return call


def check(status: str, page: bytes) -> None:
    if not status.startswith("200") or b"<h1" not in page:
        raise RuntimeError(f"the page was answered {status}: {page[:200]!r}")


def asked_by(app: Flask, call: Call) -> list[Query]:
    """What this call asks of the database, as the driver gets it."""
    asked: list[Query] = []

    def note(_: object, __: object, query: str, values: Any, *___: object) -> None:
        if not query.startswith("BEGIN"):
            asked.append((query, values))

    call()
    with app.app_context():
        for engine in db.engines.values():
            event.listen(engine, "before_cursor_execute", note)
        call()
        for engine in db.engines.values():
            event.remove(engine, "before_cursor_execute", note)
    return asked


def replayed(app: Flask, queries: list[Query]) -> Call:
    """Asks the same again without anything between us and the driver."""
    with app.app_context():
        connection = db.engines["reader"].raw_connection()

    def call() -> None:
        for query, values in queries:
            cursor = connection.cursor()
            cursor.execute(query, values)
            if cursor.description:
                cursor.fetchall()
        connection.rollback()

    return call
