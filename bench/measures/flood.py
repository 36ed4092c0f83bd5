"""A flood: callbacks of all kinds at full speed, and how long until all are read.

Five of ten are texts, four are reports about texts of ours, one is a text again.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial

from sqlalchemy import Engine, create_engine

from bench import seeds
from bench.databases import Databases
from bench.effort import Effort
from bench.figures import Figure, Goal, Run
from bench.floors import drivers
from bench.load.callbacks import CUSTOMERS, reference
from bench.measures.callbacks import WARM_UP_SECONDS, call, called, wait_until_read
from bench.report import Table
from bench.rounds import Findings, alternate
from bench.serving import Parley
from conversations.engines import database_url

LONGEST_SECONDS = 600.0
ANSWERED = Goal(share=0.60, p99=40)
READ_IN_TIME = Goal(p50=5_000)

FLOOR = "floor: driver in a loop, a commit each"
WHOLE = "{:,} callbacks of all kinds, answered by {}"
LEFT = "and until the last of them was read, after the last answer, by {}"
PLACES = {"one process": True, "one process beside a worker": False}


def tables(databases: Databases, effort: Effort) -> Iterator[Table]:
    floor = databases.migrated()
    contenders: list[Callable[[], Findings]] = [
        lambda: {FLOOR: drivers.inserting(floor, effort.seconds)},
        *(partial(flooded, databases, effort.flood, where) for where in PLACES),
    ]
    runs = alternate(contenders, min(effort.rounds, 3))
    figures = [Figure(what=FLOOR, run=runs[FLOOR])]
    for where in PLACES:
        whole, left = WHOLE.format(effort.flood, where), LEFT.format(where)
        figures += [
            Figure(what=whole, run=runs[whole], floor=runs[FLOOR], goal=ANSWERED),
            Figure(what=left, run=runs[left], goal=READ_IN_TIME),
        ]
    yield Table(f"A flood, {databases.name}", figures)


def flooded(databases: Databases, count: int, where: str) -> Findings:
    """One flood over a new installation that has texts to report about."""
    url = databases.migrated()
    with seeds.writing(url) as connection:
        ids = seeds.conversations(connection, CUSTOMERS)
        seeds.accepted_texts(connection, ids, [reference(n) for n in range(count)])
    parley, engine = Parley(url, WORKER=int(PLACES[where])), engine_for(url)
    with ExitStack() as stack:
        serving = stack.enter_context(parley.serving())
        if not PLACES[where]:
            stack.enter_context(parley.working())
        call(parley.port, WARM_UP_SECONDS)
        mixed = ("--mixed", "--count", str(count))
        run, _ = called(serving, parley.port, LONGEST_SECONDS, *mixed)
        ended_at = time.monotonic()
        wait_until_read(engine)
        left = Run(p50=(time.monotonic() - ended_at) * 1000)
    engine.dispose()
    return {WHOLE.format(count, where): run, LEFT.format(where): left}


def engine_for(url: str) -> Engine:
    return create_engine(database_url(url))
