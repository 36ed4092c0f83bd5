"""What is turned away leaves a masked trace; a flood of it leaves a few rows."""

from datetime import timedelta
from pathlib import Path

import pytest
import requests
from flask.testing import FlaskClient
from sqlalchemy import select

from conversations.db import db, utcnow
from conversations.hooks import turned_away
from conversations.hooks.turned_away import Book
from conversations.models import Callback, TurnedAway
from conversations.worker import sweeper
from tests.support.cast import Caller, everything, writing
from tests.support.fresh import app_on, release, with_tables
from tests.support.server import Server, running
from tests.support.stage import HOOK_TOKEN, Stage, until

INBOUND = "/hooks/kaleyra/inbound"
WRONG = "wrong-secret-of-ours"
TEXT = {"source": "12025550142", "message": "Nobody may see this"}


@pytest.fixture
def book(stage: Stage) -> Book:
    """The book of this test's app, with nothing left in it of others."""
    book: Book = stage.app.extensions["turned_away"]
    with book.lock:
        book.counts.clear()
    with writing():
        for row in db.session.scalars(select(TurnedAway)):
            db.session.delete(row)
    return book


def rows() -> list[TurnedAway]:
    return everything(select(TurnedAway).order_by(TurnedAway.id))


def test_a_wrong_secret_leaves_a_masked_trace(book: Book, client: FlaskClient) -> None:
    for _ in range(3):
        headers = {"X-Hook-Token": WRONG, "X-Forwarded-For": "203.0.113.9"}
        client.post(INBOUND, json=TEXT, headers=headers)
    book.write_down()
    client.post(INBOUND, json=TEXT, headers={"X-Hook-Token": WRONG})
    book.write_down()

    (row,) = rows()
    assert (row.address, row.source, row.times) == ("inbound", "127.0.0.0/24", 4)
    assert (row.place, row.hint) == ("header", "wr*** (20 characters)")
    assert not everything(select(Callback))


@pytest.mark.parametrize(
    ("request_with", "place", "hint"),
    [
        ({}, "", ""),
        ({"auth": ("anybody", WRONG)}, "password", "wr*** (20 characters)"),
        ({"query_string": {"token": "short"}}, "query", "*** (5 characters)"),
        ({"headers": {"X-Hook-Token": "<b>\tand more of it"}}, "header",
         "?b*** (18 characters)"),
    ],
)  # fmt: skip
def test_the_trace_says_where_the_secret_stood(
    book: Book,
    client: FlaskClient,
    request_with: dict[str, object],
    place: str,
    hint: str,
) -> None:
    client.post("/hooks/kaleyra/status", json=TEXT, **request_with)
    book.write_down()

    (row,) = rows()
    assert (row.address, row.place, row.hint) == ("status", place, hint)


def test_a_flood_of_secrets_leaves_a_few_rows_and_all_are_counted(
    book: Book, client: FlaskClient
) -> None:
    for n in range(200):
        client.get(f"{INBOUND}?token={'x' * n}")
        if n % 50 == 0:
            book.write_down()
    book.write_down()

    assert len(rows()) <= turned_away.MOST_SORTS + 1
    assert sum(row.times for row in rows()) == 200
    assert turned_away.REST in {row.source for row in rows()}


def test_the_thread_writes_the_first_one_down_at_once(stage: Stage) -> None:
    Book(stage.app).note("inbound", "203.0.113.9", {"header": WRONG})

    until(rows)


def test_the_right_secret_leaves_no_trace(book: Book, kaleyra_calls: Caller) -> None:
    kaleyra_calls.inbound(TEXT)
    kaleyra_calls.client.get(f"{INBOUND}?token={HOOK_TOKEN}")
    book.write_down()

    assert not rows()


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("unix:", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_sender_is_known_by_its_network_alone(address: str, network: str) -> None:
    assert turned_away.network(address) == network


def test_old_traces_are_forgotten(book: Book, client: FlaskClient) -> None:
    client.post(INBOUND, json=TEXT)
    book.write_down()
    with writing():
        for row in db.session.scalars(select(TurnedAway)):
            row.hour = utcnow() - timedelta(days=31)
    with writing():
        sweeper.tidy()

    assert not rows()


def test_one_that_is_too_large_leaves_a_trace_by_its_size(
    book: Book, kaleyra_calls: Caller
) -> None:
    for size in (70_000, 90_000, 300_000):
        answer = kaleyra_calls.post("inbound", data=b"x" * size)
        assert answer.status_code == 413
    book.write_down()

    found = [(row.place, row.hint, row.times) for row in rows()]
    assert found == [("size", "> 64 KiB", 2), ("size", "> 256 KiB", 1)]
    assert not everything(select(Callback))


def test_with_a_wrong_secret_and_too_large_it_is_the_secret_that_is_told(
    book: Book, client: FlaskClient
) -> None:
    headers = {"X-Hook-Token": WRONG}
    client.post(INBOUND, data=b"x" * 70_000, headers=headers)
    book.write_down()

    assert [row.place for row in rows()] == ["header"]


def test_after_a_stop_each_is_written_down_at_once(
    book: Book, client: FlaskClient
) -> None:
    stopped = Book(book.app)
    stopped.stop()
    stopped.note("inbound", "203.0.113.9", {"header": WRONG})

    assert [row.times for row in rows()] == [1]
    assert not stopped.is_alive()


def test_a_process_that_is_stopped_right_after_has_counted_all(
    own_database: str, tmp_path: Path
) -> None:
    with_tables(own_database)
    with running(Server(own_database, tmp_path)) as server:
        hook = f"{server.url}/hooks/kaleyra/inbound"
        right = {"X-Hook-Token": HOOK_TOKEN}
        for _ in range(3):
            wrong = requests.post(hook, headers={"X-Hook-Token": WRONG}, timeout=5)
            large = requests.post(hook, b"x" * 70_000, headers=right, timeout=5)
            assert (wrong.status_code, large.status_code) == (401, 413)

        assert server.stop() == 0

    app = app_on(own_database)
    with app.app_context():
        found = db.session.scalars(select(TurnedAway))
        counted = {row.place: row.times for row in found}
        release()
    assert counted == {"header": 3, "size": 3}
