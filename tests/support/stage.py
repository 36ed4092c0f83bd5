"""The stage: the app on a real database, its background work on call, and Kaleyra.

`work()` does the background work until there is none, so a test says what happens when.
Nothing is patched: texts go to the practice Kaleyra over HTTP, its reports come back.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from flask import Flask
from werkzeug.serving import make_server

from app import create_app
from conversations import schema
from conversations.config import Config, Kaleyra
from conversations.db import Base, db
from conversations.texting import lines, outbox, reports
from conversations.worker.reader import Reader
from conversations.worker.sender import Sender
from tests.support.locks import unlocked

LINE = "+12025550100"
SHORT_CODE = "56161"
HOOK_TOKEN = "the-hook-token"
PATIENCE_SECONDS = 10.0


on_stage: list[Flask] = []


def current_app() -> Flask:
    """The app of the test that is running."""
    return on_stage[-1]


@dataclass
class Stage:
    """One app on one database."""

    app: Flask
    config: Config

    def __post_init__(self) -> None:
        bell = threading.Event()
        self.reader = Reader()
        self.sender = Sender(self.app, self.config, bell)

    def work(self) -> None:
        """Read every callback and send every text that is due; then sweep."""
        self.read()
        self.send()
        with self.app.app_context():
            outbox.sweep()
            reports.match_parked()
            db.session.commit()

    def read(self) -> None:
        while self.step(self.reader.step) == 0:
            pass

    def send(self) -> None:
        while self.step(self.sender.step) == 0 or self.sender.busy:
            time.sleep(0.001)

    def step(self, step: Callable[[], float]) -> float:
        with self.app.app_context():
            return step()

    def empty(self) -> None:
        """Forget every row; our two lines are there again."""
        with self.app.app_context(), unlocked():
            connection = db.session.connection()
            for deletion in deletions(connection.dialect.name):
                connection.exec_driver_sql(deletion)
            lines.sync(self.config.numbers, None)


@cache
def deletions(kind: str) -> list[str]:
    """The statements that empty all tables; PostgreSQL takes them as one."""
    tables = reversed(Base.metadata.sorted_tables)
    each = [f"DELETE FROM {table.name}" for table in tables]
    return each if kind == "sqlite" else ["; ".join(each)]


def config_for(database_url: str, kaleyra_port: int, port: int) -> Config:
    return Config(
        database_url=database_url,
        secret_key="a secret key for the tests, long enough",
        hook_token=HOOK_TOKEN,
        public_url=f"http://127.0.0.1:{port}",
        port=port,
        numbers=(LINE, SHORT_CODE),
        send_concurrency=4,
        kaleyra=Kaleyra(
            base_url=f"http://127.0.0.1:{kaleyra_port}",
            sid="PRACTICE",
            api_key="practice",
            connect_timeout=1,
            read_timeout=1,
        ),
    )


def set_up(config: Config) -> Stage:
    """The app with its tables made by the migrations, as everywhere."""
    app = create_app(config)
    app.testing = True
    with app.app_context():
        schema.migrate()
    return Stage(app, config)


@contextmanager
def served(stage: Stage) -> Iterator[str]:
    """The app answering real requests at its public address."""
    server = make_server("127.0.0.1", stage.config.port, stage.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield stage.config.public_url
    server.shutdown()
    thread.join()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def until(
    true: Callable[[], object],
    seconds: float = PATIENCE_SECONDS,
    *,
    every: float = 0.005,
) -> None:
    """Wait for something that happens in its own time; fail if it does not.

    To ask costs: whoever waits for seconds asks `every` so many of them.
    """
    ends_at = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends_at, "it did not happen in time"
        time.sleep(every)
