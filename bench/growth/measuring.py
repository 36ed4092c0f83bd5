"""What is measured at every size: pages, threads, searching, storing, taking away."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select, text

from app import create_app
from bench import seeds
from bench.databases import Databases
from bench.effort import QUICK
from bench.figures import percentile
from bench.growth.curves import Point
from bench.growth.loading import loading
from bench.growth.past import HOT, Past
from bench.measures import agents, exports, pages, searching
from bench.rounds import say
from bench.serving import Parley
from conversations.config import Config
from conversations.db import db, utcnow
from conversations.models import Agent, Conversation, Customer, Message
from conversations.texting import sending, tallies
from conversations.texting.sending import Draft
from tests.support.fresh import release

WARM_UP = 10
TIMES = 40
STORED = 60
LONG_ENOUGH = 15.0
SEARCHES = replace(QUICK, pages=20)
# A longer history is not taken away whole here; its newest part says as much.
TAKEN_AWAY_WHOLE = 1_000_000


class Size:
    """A database with so many messages, and what is measured on it."""

    def __init__(self, databases: Databases, count: int, *, keep: bool) -> None:
        self.databases, self.count = databases, count
        url = databases.kept(f"growth_{count}") if keep else databases.migrated()
        self.parley = Parley(url, WORKER=0)
        self.url = self.parley.env["DATABASE_URL"]
        self.past = Past(count)
        self.points: list[Point] = []

    def measured(self) -> list[Point]:
        app = create_app(Config.from_env(self.parley.env))
        new = not self.filled(app)
        if new:
            self.fill()
        self.pages(app)
        self.reports(app)
        if new:
            self.storing(app, "storing a reply, before the index is made")
        self.searching(app)
        self.storing(app, "storing a reply")
        self.away()
        with app.app_context():
            release()
        return self.points

    def filled(self, app: Flask) -> bool:
        """Whether this history was made before, and kept."""
        with app.app_context():
            newest = db.session.scalar(select(func.max(Message.id)))
            release()
        return (newest or 0) >= self.count

    def fill(self) -> None:
        began_at = time.perf_counter()
        with loading(self.url, [Message, Conversation, Customer]) as loader:
            self.past.load(loader)
        rate = self.count / (time.perf_counter() - began_at)
        say(f"  {self.count:,} messages, {rate:,.0f} a second")
        agents.create(self.parley)
        with seeds.writing(self.url) as connection:
            seeds.work(connection, list(connection.scalars(select(Agent.id))))

    def note(self, what: str, where: str, seconds: Sequence[float]) -> None:
        p50, p95 = (percentile(seconds, share) * 1000 for share in (0.50, 0.95))
        self.add(Point(self.count, what, where, p50, p95))

    def add(self, point: Point) -> None:
        self.points.append(point)
        say(f"  {point}")

    def pages(self, app: Flask) -> None:
        with self.parley.serving():
            headers = {"Cookie": agents.signed_in(self.parley)}
            for name, path in self.places(app):
                inside = pages.called(app, path, headers)
                bare = pages.replayed(app, pages.asked_by(app, inside))
                self.note(name, "database", timed(bare))
                self.note(name, "page", timed(inside))

    def places(self, app: Flask) -> Iterator[tuple[str, str]]:
        yield from pages.VIEWS.items()
        with app.app_context():
            theirs = select(Message.id).where(Message.conversation_id == HOT)
            theirs = theirs.order_by(Message.id)
            middle = db.session.scalars(theirs.offset(self.past.hot // 2).limit(1))
            at, first = middle.one(), db.session.scalars(theirs.limit(1)).one()
        thread = f"/conversations/{HOT}"
        yield "a long thread, newest", thread
        yield "a long thread, in the middle", f"{thread}?at={at}"
        yield "a long thread, oldest", f"{thread}?at={first}"

    def reports(self, app: Flask) -> None:
        """The last 28 days of the history and all of it, once it is counted."""
        with app.app_context():
            while not tallies.count_up(utcnow()):
                db.session.commit()
            db.session.commit()
        last = (seeds.STARTED_AT + timedelta(days=364)).date()
        with self.parley.serving():
            headers = {"Cookie": agents.signed_in(self.parley)}
            for name, days in (("28 days", 28), ("a year", 365)):
                first = last - timedelta(days=days - 1)
                path = f"/reports?since={first}&until={last}"
                inside = pages.called(app, path, headers)
                self.note(f"a report of {name}", "page", timed(inside, 2, 10))

    def storing(self, app: Flask, what: str) -> None:
        spent = []
        for turn in range(WARM_UP + STORED):
            with app.app_context():
                began_at = time.perf_counter()
                store(1 + (turn * 7919) % self.past.conversations)
                spent.append(time.perf_counter() - began_at)
        self.note(what, "database", spent[WARM_UP:])

    def searching(self, app: Flask) -> None:
        before = self.bytes(app)
        table = searching.of(self.url, self.databases.name, SEARCHES)
        for figure in table.figures:
            if figure.run.p50 and figure.run.p99:
                run, what = figure.run, f"searching {figure.what}"
                self.add(Point(self.count, what, "database", run.p50, run.p99))
            elif figure.run.rate:
                self.add(Point(self.count, figure.what, "a second", figure.run.rate))
        size = (self.bytes(app) - before) / 1e6
        if size > 1:  # a history that was kept has its index already
            without = "the database without the index"
            self.add(Point(self.count, without, "MB", before / 1e6))
            self.add(Point(self.count, "the index of words", "MB", size))

    def bytes(self, app: Flask) -> int:
        if self.databases.kind == "sqlite":
            path = Path(self.url.removeprefix("sqlite:///"))
            return sum(
                each.stat().st_size for each in path.parent.glob(path.name + "*")
            )
        with app.app_context():
            whole = text("SELECT pg_database_size(current_database())")
            return int(db.session.execute(whole).scalar_one())

    def away(self) -> None:
        newest = max(1 - TAKEN_AWAY_WHOLE / self.count, 0)
        since = "" if not newest else self.past.moment(newest)
        figure = exports.figure(self.parley, "csv", since)
        if figure.run.rate:
            self.add(
                Point(self.count, "messages taken away", "a second", figure.run.rate)
            )


def store(conversation_id: int) -> None:
    conversation = db.session.get_one(Conversation, conversation_id)
    sending.reply(conversation, Draft(body="Your order is ready.", author="Ana"))
    db.session.commit()


def timed(
    call: Callable[[], None], warm_up: int = WARM_UP, times: int = TIMES
) -> list[float]:
    """The seconds that each took; of what takes long, fewer."""
    spent: list[float] = []
    while len(spent) < warm_up + times and sum(spent) < LONG_ENOUGH:
        began_at = time.perf_counter()
        call()
        spent.append(time.perf_counter() - began_at)
    return spent[warm_up:] or spent[-1:]
