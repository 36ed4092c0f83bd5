"""A flood: callbacks of all kinds at full speed, and how long until all are read.

Five of ten are texts, four are reports about texts of ours, one is a text again. One
process answers them and reads them.
"""

import time
from collections.abc import Iterator

from sqlalchemy import create_engine

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
WHOLE = "{:,} callbacks of all kinds, answered"
LEFT = "and until the last of them was read, after the last answer"


def tables(databases: Databases, effort: Effort) -> Iterator[Table]:
    floor = databases.migrated()
    runs = alternate(
        [
            lambda: {FLOOR: drivers.inserting(floor, effort.seconds)},
            lambda: flooded(databases, effort.flood),
        ],
        rounds=min(effort.rounds, 3),
    )
    what = WHOLE.format(effort.flood)
    yield Table(
        f"A flood, {databases.name}",
        [
            Figure(what=FLOOR, run=runs[FLOOR]),
            Figure(what=what, run=runs[what], floor=runs[FLOOR], goal=ANSWERED),
            Figure(what=LEFT, run=runs[LEFT], goal=READ_IN_TIME),
        ],
    )


def flooded(databases: Databases, count: int) -> Findings:
    """One flood over a new installation that has texts to report about."""
    url = databases.migrated()
    with seeds.writing(url) as connection:
        ids = seeds.conversations(connection, CUSTOMERS)
        seeds.accepted_texts(connection, ids, [reference(n) for n in range(count)])
    parley, engine = Parley(url), create_engine(database_url(url))
    with parley.serving() as serving:
        call(parley.port, WARM_UP_SECONDS)
        mixed = ("--mixed", "--count", str(count))
        run, _ = called(serving, parley.port, LONGEST_SECONDS, *mixed)
        ended_at = time.monotonic()
        wait_until_read(engine)
        left = Run(p50=(time.monotonic() - ended_at) * 1000)
    engine.dispose()
    return {WHOLE.format(count): run, LEFT: left}
