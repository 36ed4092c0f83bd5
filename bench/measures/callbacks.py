"""Callbacks answered per second, over 32 kept connections, and read into messages.

An answer is given when the callback is committed. "Everything in one process" reads the
journal meanwhile; without the background work, another process would.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy import Engine, Select, create_engine, select

from bench.databases import POSTGRESQL, Databases
from bench.effort import Effort
from bench.figures import Figure, Goal, Run
from bench.floors import drivers
from bench.report import Table
from bench.rounds import Findings, alternate
from bench.serving import TOKEN, Parley, Program, program
from conversations.config import ROOT
from conversations.engines import database_url
from conversations.models import Callback
from conversations.models.callback import unread
from tests.support.postgres import free_port

PATH = "/hooks/kaleyra/inbound"
WARM_UP_SECONDS = 0.5
POLL_SECONDS = 0.02

RATE = 1_700
OF_DRIVER = Goal(share=0.60, rate=RATE)
OF_BARE_APP = Goal(share=0.50, rate=RATE)

ANSWER = "floor: bare WSGI answer, no database"
DRIVER = "floor: driver in a loop, a commit each"
BARE_APP = "floor: bare WSGI, an insert each"
WHOLE = "answered, everything in one process"
ALONE = "answered, background work elsewhere"
READ = "read into messages, from the first callback to the last"


def tables(databases: Databases, effort: Effort) -> Iterator[Table]:
    floor = databases.migrated()
    with ExitStack() as stack:
        contenders: list[Callable[[], Findings]] = [
            lambda: {DRIVER: drivers.inserting(floor, effort.seconds)},
            stack.enter_context(bare(ANSWER, effort)),
            stack.enter_context(parley(WHOLE, databases, effort, worker=True)),
            stack.enter_context(parley(ALONE, databases, effort, worker=False)),
        ]
        if databases.kind == POSTGRESQL:
            contenders.append(stack.enter_context(bare(BARE_APP, effort, floor)))
        runs = alternate(contenders, effort.rounds)
    yield Table(f"Callbacks, {databases.name}", list(compared(runs)))


def compared(runs: dict[str, Run]) -> Iterator[Figure]:
    """Ours beside the floor that the goal speaks of; the floors themselves first."""
    goal = OF_BARE_APP if BARE_APP in runs else OF_DRIVER
    floor = runs.get(BARE_APP, runs[DRIVER])
    for what in (ANSWER, DRIVER, BARE_APP):
        if what in runs:
            yield Figure(what=what, run=runs[what])
    for what in (WHOLE, ALONE):
        yield Figure(what=what, run=runs[what], floor=floor, goal=goal)
    yield Figure(what=READ, run=runs[READ])


@contextmanager
def parley(
    what: str, databases: Databases, effort: Effort, *, worker: bool
) -> Iterator[Callable[[], Findings]]:
    """Parley under a flood of callbacks, and until the last of them is read."""
    url = databases.migrated()
    engine = create_engine(database_url(url))
    installation = Parley(url, WORKER=int(worker))

    def answering() -> Findings:
        began_at = time.monotonic()
        run, answered = called(serving, installation.port, effort.seconds)
        if not worker:
            return {what: run}
        wait_until_read(engine)
        return {what: run, READ: Run(rate=answered / (time.monotonic() - began_at))}

    with installation.serving() as serving:
        call(installation.port, WARM_UP_SECONDS)
        yield answering
    engine.dispose()


def wait_until_read(engine: Engine) -> None:
    """Wait until the journal holds nothing that is unread."""
    waiting = select(Callback.id).where(unread()).limit(1)
    while found(engine, waiting):
        time.sleep(POLL_SECONDS)


def found(engine: Engine, query: Select[int]) -> bool:
    with engine.connect() as connection:
        return connection.execute(query).first() is not None


@contextmanager
def bare(what: str, effort: Effort, url: str = "") -> Iterator[Callable[[], Findings]]:
    """The WSGI app of a few lines, called just like ours."""
    port = free_port()
    command = ["-m", "bench.floors.bare", str(port), url]

    def answering() -> Findings:
        return {what: called(running, port, effort.seconds)[0]}

    with program(command, {"PATH": os.environ["PATH"]}) as running:
        running.wait_until_heard(port)
        call(port, WARM_UP_SECONDS)
        yield answering


def called(serving: Program, port: int, seconds: float, *more: str) -> tuple[Run, int]:
    """Call this server for a while: how it went, and how many it answered."""
    cpu = serving.cpu_seconds()
    said = call(port, seconds, *more)
    spent = serving.cpu_seconds() - cpu
    if said["refused"]:
        raise RuntimeError(f"{said['refused']} callbacks were not answered 200")
    answered = int(said["answered"])
    run = Run(
        rate=said["rate"], p50=said["p50"], p99=said["p99"], cpu=spent / answered * 1e6
    )
    return run, answered


def call(port: int, seconds: float, *more: str) -> dict[str, float]:
    """Let another process call; what it says of the answers."""
    command = ("-m", "bench.load.caller", str(port), PATH, TOKEN)
    done = subprocess.run(
        [sys.executable, *command, "--seconds", str(seconds), *more],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    summary: dict[str, float] = json.loads(done.stdout)
    return summary
