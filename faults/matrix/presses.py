"""Agents at the page: the database is away when they press, or nobody heard them."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

from sqlalchemy.engine import make_url

from bench.databases import SQLITE
from bench.measures import agents
from faults.desk import Agent, desk
from faults.fault import fault
from faults.holds import sqlite_lock
from faults.matrix.databases import server_of
from faults.scene import Scene

WINDOWS = 4
AWAY_SECONDS = 30.0
QUICK_AWAY_SECONDS = 14.0
CROWD = 20
IMPATIENT_SECONDS = 0.02
UNAVAILABLE = 503


@fault(explains={"interrupted"})
def replies_while_the_database_is_away(scene: Scene) -> None:
    """Agents press Send in the page, and again, while the database is away or locked"""
    agents.create(scene.parley)
    rounds = int(scene.seconds(3, 1))
    with scene.parley.serving():
        windows = desk(scene, WINDOWS)
        for number in range(rounds):
            press_while_away(scene, windows, f"reply {number}")
        scene.settle()
    answers = scene.load.promises.answers
    scene.expect(answers[UNAVAILABLE] + answers[0], "nobody noticed")
    ours = len(scene.statuses())
    scene.expect(ours == rounds * WINDOWS, f"{ours} of {rounds * WINDOWS} stored")


def press_while_away(scene: Scene, windows: list[Agent], words: str) -> None:
    """All have the page open and have written when the database goes."""
    forms = [each.form() | {"body": f"{words} in {each.thread}"} for each in windows]
    with ThreadPoolExecutor(len(windows)) as hands:
        with away(scene):
            work = list(map(partial(hands.submit, Agent.insist), windows, forms))
            time.sleep(scene.seconds(AWAY_SECONDS, QUICK_AWAY_SECONDS))
        for each in work:
            each.result()


@contextmanager
def away(scene: Scene) -> Iterator[None]:
    """A SQLite file that somebody else writes to, or no server."""
    if scene.databases.kind == SQLITE:
        with sqlite_lock(str(make_url(scene.url).database)):
            yield
        return
    server = server_of(scene)
    server.crash()
    try:
        yield
    finally:
        server.come_back()
        scene.engine.dispose()


@fault()
def reply_pressed_again(scene: Scene) -> None:
    """One press in the page comes 20 times at once, and again where nobody heard it"""
    agents.create(scene.parley)
    with scene.parley.serving():
        crowded, lonely = desk(scene, 2)
        written = crowded.form() | {"body": "one press"}
        with ThreadPoolExecutor(CROWD) as hands:
            ids = set(hands.map(lambda _: crowded.press(written), range(CROWD)))
        scene.expect(len(ids) == 1 and all(ids), f"stored as {sorted(ids)}")
        unheard = lonely.form() | {"body": "not heard"}
        for _ in range(CROWD):
            lonely.press(unheard, IMPATIENT_SECONDS)
        scene.load.promises.queued |= {lonely.press(unheard): time.time()}
        scene.settle()
    scene.expect(len(scene.statuses()) == 2, f"{len(scene.statuses())} of two presses")


PRESSES = (replies_while_the_database_is_away, reply_pressed_again)
