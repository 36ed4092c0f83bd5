"""Texts sent per second by one worker, to a Kaleyra that takes 100 ms to answer.

The best there is: as many texts in every 100 ms as calls may be made at once.
"""

import time
from collections.abc import Callable, Iterator
from functools import partial

from sqlalchemy import create_engine, select

from bench import seeds
from bench.databases import Databases
from bench.effort import Effort
from bench.figures import Figure, Goal, Run
from bench.load.provider import ANSWER_SECONDS
from bench.measures.kaleyra import kaleyra
from bench.report import Table
from bench.rounds import Findings, alternate
from bench.serving import Parley
from conversations.engines import database_url
from conversations.models import Message
from conversations.models.message import waiting

CONCURRENCIES = (16, 64)
WAVES = 100
POLL_SECONDS = 0.02
GOAL = Goal(share=0.80)

SENT = "sent, {} calls at once"
WRITTEN = "and their answers written down, {} at once"


def tables(databases: Databases, effort: Effort) -> Iterator[Table]:
    contenders: list[Callable[[], Findings]] = [
        partial(sending, databases, effort.texts, concurrency)
        for concurrency in CONCURRENCIES
    ]
    runs = alternate(contenders, effort.rounds)
    yield Table(f"Texts sent, {databases.name}", list(compared(runs)))


def compared(runs: dict[str, Run]) -> Iterator[Figure]:
    for concurrency in CONCURRENCIES:
        ideal = Run(rate=concurrency / ANSWER_SECONDS)
        for what in (SENT.format(concurrency), WRITTEN.format(concurrency)):
            yield Figure(what=what, run=runs[what], floor=ideal, goal=GOAL)


def sending(databases: Databases, texts: int, concurrency: int) -> Findings:
    """Queue texts all at once, each in its own conversation, and see them come."""
    count = min(texts, concurrency * WAVES)
    url = databases.migrated()
    with kaleyra() as provider:
        parley = Parley(
            url, KALEYRA_BASE_URL=provider.url, SEND_CONCURRENCY=concurrency
        )
        with parley.serving() as serving:
            cpu = serving.cpu_seconds()
            queue(url, count)
            written_at = wait_until_written(url)
            spent = serving.cpu_seconds() - cpu
        times = [at for at, _ in provider.arrivals()]
    # The first wave needs no time to come, and the last none to be answered.
    sent = Run(
        rate=(count - concurrency) / (times[-1] - times[0]), cpu=spent / count * 1e6
    )
    written = Run(rate=count / (written_at - times[0]))
    return {SENT.format(concurrency): sent, WRITTEN.format(concurrency): written}


def queue(url: str, count: int) -> None:
    with seeds.writing(url) as connection:
        ids = seeds.conversations(connection, count)
        seeds.waiting_texts(connection, ids)


def wait_until_written(url: str) -> float:
    """When the answer to the last text was written down, in seconds since 1970."""
    engine = create_engine(database_url(url))
    left = select(Message.id).where(waiting()).limit(1)
    while True:
        with engine.connect() as connection:
            if connection.execute(left).first() is None:
                engine.dispose()
                return time.time()
        time.sleep(POLL_SECONDS)
