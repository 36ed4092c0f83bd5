"""How soon an open browser hears of a text, and what open browsers cost.

Every browser hears of every change, since each of them shows the inbox. Ten texts come
a second; the time runs from the callback's answer until a stream's line is read.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import create_engine, select

from bench.databases import Databases
from bench.effort import Effort
from bench.figures import Figure, Goal, Run, latencies
from bench.load import wire
from bench.load.callbacks import Callbacks
from bench.measures import agents
from bench.measures.callbacks import PATH
from bench.report import Table
from bench.rounds import say, wait_for_quiet
from bench.serving import TOKEN, Parley
from conversations.config import ROOT
from conversations.engines import database_url
from conversations.models import Callback

READING = 100
DESKS = 200
PAUSE_SECONDS = 0.1
LAST_ONES_SECONDS = 2.0
FROM_ANSWER = Goal(p50=250, p99=250)
INSIDE = Goal(p50=10, p99=25)

Heard = list[tuple[float, int, int]]
"""[seconds since 1970, the stream's number, the message's id], in order."""


@dataclass(frozen=True)
class Evening:
    """What one server and its streams came to."""

    from_answer: Run
    from_reading: Run
    lost: int
    megabytes: tuple[float, float]


def tables(databases: Databases, effort: Effort) -> Iterator[Table]:
    figures: list[Figure] = []
    for count in (READING, DESKS, READING + effort.streams):
        evening = listening(databases.migrated(), count, effort.events)
        say(f"  {count} streams: {evening}")
        figures += described(count, evening)
    yield Table(f"Live, {databases.name}", figures)


def described(count: int, evening: Evening) -> Iterator[Figure]:
    before, after = evening.megabytes
    yield Figure(
        what=f"{count:,} streams: from a callback's answer to every stream's line",
        run=evening.from_answer,
        goal=FROM_ANSWER,
    )
    yield Figure(
        what=f"{count:,} streams: from the text's being stored to every stream's line",
        run=evening.from_reading,
        goal=INSIDE,
        remark=f"{evening.lost} lost; the server took {before:.0f} MB before the "
        f"streams and {after:.0f} MB with them, "
        f"{(after - before) * 1000 / count:.0f} kB each",
    )


def listening(url: str, streams: int, events: int) -> Evening:
    parley = Parley(url)
    agents.create(parley)
    with parley.serving() as serving:
        call(parley.port, 1)
        cookie = agents.signed_in(parley)
        before = serving.memory_mb()
        with listeners(parley.port, cookie, streams) as browsers:
            wait_for_quiet()
            after = serving.memory_mb()
            answered_at = call(parley.port, events)
            time.sleep(LAST_ONES_SECONDS)
            heard: Heard = json.loads(browsers.communicate()[0])
    return evening(heard, answered_at, read_at(url)[1:], streams, (before, after))


def evening(
    heard: Heard,
    answered_at: list[float],
    stored_at: list[float],
    streams: int,
    megabytes: tuple[float, float],
) -> Evening:
    """Texts were sent one after the other, so their ids tell which is which."""
    turns = {id: turn for turn, id in enumerate(sorted({id for *_, id in heard}))}
    told = {(stream, id) for _, stream, id in heard}
    return Evening(
        from_answer=latencies([at - answered_at[turns[id]] for at, _, id in heard]),
        from_reading=latencies([at - stored_at[turns[id]] for at, _, id in heard]),
        lost=streams * len(answered_at) - len(told),
        megabytes=megabytes,
    )


def call(port: int, count: int) -> list[float]:
    """Bring texts over one connection, with pauses; when each was answered."""
    callbacks = Callbacks(PATH, TOKEN)
    times = []
    with wire.connect(port) as sock:
        for _ in range(count):
            answer = wire.exchange(sock, next(callbacks))
            times.append(time.time())
            if wire.status(answer) != 200:
                raise RuntimeError(f"a callback was answered {answer[:100]!r}")
            time.sleep(PAUSE_SECONDS)
    return times


def read_at(url: str) -> list[float]:
    """When each callback was about to be committed as a message, in their order."""
    engine = create_engine(database_url(url))
    with engine.connect() as connection:
        query = select(Callback.read_at).order_by(Callback.id)
        times = [at.timestamp() for at in connection.scalars(query) if at]
    engine.dispose()
    return times


@contextmanager
def listeners(port: int, cookie: str, count: int) -> Iterator[subprocess.Popen[str]]:
    """So many browsers with a stream each, in a process of their own."""
    command = ("-m", "bench.load.streams", str(port), cookie, "--streams", str(count))
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        if process.stdout is None or process.stdout.readline() != "ready\n":
            raise RuntimeError("the streams could not be opened")
        yield process
    finally:
        process.kill()
        process.wait()
