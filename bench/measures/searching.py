"""Searching a long history at the database: what agents type, newest texts first."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from flask import Flask
from sqlalchemy import text

from app import create_app
from bench import histories, people, seeds
from bench.databases import Databases
from bench.effort import Effort
from bench.figures import Figure, Goal, Run, percentile
from bench.report import Table
from bench.rounds import say
from bench.serving import Parley
from bench.vocabulary import vocabulary as words
from conversations.config import Config
from conversations.db import db, read_only, reading
from conversations.desk.finding import results
from conversations.desk.finding.asked import asked_for
from conversations.models import Agent
from conversations.searching import index
from tests.support.fresh import release

WARM_UP = 3
ASKED = Goal(p99=50)
VARIANTS = 10

AFTER = f"after:{(seeds.STARTED_AT + timedelta(days=1)).date()}"

Question = Callable[[int], str]

# Each asked about other words every time, as agents do.
QUESTIONS: dict[str, Question] = {
    "a common word": lambda n: words().common(n),
    "a middling word": lambda n: f"{words().middling(n)} ",
    "a rare word": lambda n: words().rare(n),
    "two words": lambda n: f"{words().common(n)} {words().common(50 + n)}",
    "a phrase": lambda n: f'"{words().pair(n)}"',
    "a word begun": lambda n: words().rare(n)[:2],
    "a first name": lambda n: people.FIRST[5 * n],
    "a whole name": lambda n: f"{people.FIRST[n]} {people.LAST[3 * n]}",
    "a part of a name": lambda n: people.LAST[7 * n][1:4],
    "four digits": lambda n: f"{4_000 + 137 * n}",
    "a whole number": lambda n: f"(202) {4_000_000 + 20 * n}",
    "nothing of it": lambda n: f"zzz{n}zzz",
    "a word, two filters": lambda n: f"{words().common(n)} from:agent {AFTER}",
    "only filters": lambda _: "from:customer status:received",
    "a word, a filter that nothing meets": lambda n: f"{words().common(n)} is:failed",
}


def tables(databases: Databases, effort: Effort) -> Iterator[Table]:
    url = databases.migrated()
    with seeds.writing(url) as connection:
        histories.fill(connection, effort.history)
    yield of(url, databases.name, effort)


def of(url: str, name: str, effort: Effort) -> Table:
    """The same of a database that is filled already, such as `histories.fill` does."""
    app = create_app(Config.from_env(Parley(url).env))
    with app.app_context():
        took, count = index_all()
    say(f"  indexed {count:,} texts in {took:.0f} s")
    rate = Run(rate=count / took if took else None)
    figures = [Figure(what="texts taken into the index", run=rate), *asked(app, effort)]
    with app.app_context():
        release()
    return Table(f"Searching {count:,} texts, {name}", figures)


def index_all() -> tuple[float, int]:
    """How many seconds it took, and the newest id there is."""
    began_at, count = time.perf_counter(), 0
    while True:
        with reading():
            batch = index.following()
        if batch.since is not None and not batch.bodies:
            break
        index.take_in(batch)
        db.session.commit()
        count = batch.since or 0
    took = time.perf_counter() - began_at
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE"))
        db.session.commit()
    return took, count


def asked(app: Flask, effort: Effort) -> Iterator[Figure]:
    agents = {"": Agent(id=0, role="admin", time_zone="UTC", read_before=0)}
    agents[", seen by one team"] = Agent(
        id=1, role="agent", time_zone="UTC", read_before=0, masked=False
    )
    for who, agent in agents.items():
        for what, question in QUESTIONS.items():
            name = what + who
            run = timed(app, agent, question, effort.pages)
            say(f"  {name}: {run}")
            yield Figure(what=name, run=run, goal=ASKED)


def timed(app: Flask, agent: Agent, question: Question, times: int) -> Run:
    with app.app_context():
        read_only()
        for n in range(WARM_UP):
            results.found(agent, asked_for(question(n)))
        spent = [took(agent, question(n % VARIANTS)) for n in range(times)]
        db.session.remove()
    return latencies(spent)


def took(agent: Agent, words: str) -> float:
    began_at = time.perf_counter()
    results.found(agent, asked_for(words))
    db.session.rollback()
    return time.perf_counter() - began_at


def latencies(seconds: Sequence[float]) -> Run:
    """The p99 column holds the p95 here: there are too few searches for more."""
    return Run(
        p50=percentile(seconds, 0.50) * 1000, p99=percentile(seconds, 0.95) * 1000
    )
