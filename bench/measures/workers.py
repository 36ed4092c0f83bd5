"""A long queue, worked by `flask worker`: by one of them, and by two.

Kaleyra takes 100 ms to answer, and each worker makes 64 calls at once.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

from bench.databases import Databases
from bench.effort import Effort
from bench.figures import Figure, Goal, Run
from bench.load.provider import ANSWER_SECONDS
from bench.measures.kaleyra import kaleyra
from bench.measures.sending import queue, wait_until_written
from bench.report import Table
from bench.rounds import Findings, alternate
from bench.serving import Parley

CONCURRENCY = 64
GOALS = {1: Goal(share=0.90), 2: Goal(share=0.80)}
SENT = "{:,} texts sent by {} worker{}"


def tables(databases: Databases, effort: Effort) -> Iterator[Table]:
    contenders = [partial(sending, databases, effort.queue, many) for many in GOALS]
    runs = alternate(contenders, min(effort.rounds, 2))
    figures = [
        Figure(
            what=named(effort.queue, many),
            run=runs[named(effort.queue, many)],
            floor=Run(rate=many * CONCURRENCY / ANSWER_SECONDS),
            goal=goal,
        )
        for many, goal in GOALS.items()
    ]
    yield Table(f"Workers, {databases.name}", figures)


def named(texts: int, many: int) -> str:
    return SENT.format(texts, many, "s" * (many > 1))


def sending(databases: Databases, texts: int, many: int) -> Findings:
    """Queue texts all at once, each in its own conversation; `many` workers send."""
    url = databases.migrated()
    with kaleyra() as provider, ExitStack() as stack:
        parley = Parley(
            url, KALEYRA_BASE_URL=provider.url, SEND_CONCURRENCY=CONCURRENCY
        )
        working = [stack.enter_context(parley.working()) for _ in range(many)]
        cpu = sum(worker.cpu_seconds() for worker in working)
        queue(url, texts)
        wait_until_written(url)
        spent = sum(worker.cpu_seconds() for worker in working) - cpu
        times = [at for at, _ in provider.arrivals()]
    # The first wave needs no time to come, and the last none to be answered.
    rate = (texts - many * CONCURRENCY) / (times[-1] - times[0])
    return {named(texts, many): Run(rate=rate, cpu=spent / texts * 1e6)}
