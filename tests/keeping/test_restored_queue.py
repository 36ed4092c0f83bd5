"""An old backup that is brought back texts nobody: what waited in it has expired."""

import shutil
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from conversations.config import Config, Kaleyra
from conversations.db import db
from conversations.desk import customers
from conversations.kaleyra.practice import PracticeKaleyra
from conversations.keeping import backup, dumps
from conversations.models import Line, Message
from conversations.texting import lines, sending
from conversations.texting.sending import Draft
from conversations.worker.sender import Sender
from conversations.worker.sweeper import Sweeper
from tests.support.fresh import app_on, release, with_tables

OURS = "+12025550100"
A_MOMENT = timedelta(seconds=0.2)


@pytest.fixture
def another_database(
    own_database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[str]:
    """An empty place of the same kind, for what is restored."""
    if own_database.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'restored.db'}"
        return
    server = request.getfixturevalue("postgres")
    name = f"parley_restored_{uuid4().hex}"
    yield server.create_database(name)
    server.drop_database(name)


def queue_a_text(url: str) -> None:
    with with_tables(url).app_context():
        lines.sync([OURS], None)
        line = db.session.scalars(select(Line)).one()
        conversation = customers.conversation_with(line, "+12025550142", None)
        draft = Draft(body="Your table is free now", author="Ana", valid_for=A_MOMENT)
        sending.reply(conversation, draft)
        db.session.commit()
        release()


def restore(made: Path, url: str) -> None:
    if url.startswith("sqlite"):
        shutil.copy(made, url.removeprefix("sqlite:///"))
    else:
        dumps.run("pg_restore", url, "--no-owner", "--exit-on-error", str(made))


@pytest.mark.parametrize("first", ["sender", "sweeper"])
def test_what_waited_in_an_old_backup_is_not_sent(
    own_database: str, another_database: str, tmp_path: Path, first: str
) -> None:
    queue_a_text(own_database)
    made = backup.make(own_database, tmp_path / "made").path
    time.sleep(A_MOMENT.total_seconds())

    restore(made, another_database)

    with PracticeKaleyra() as kaleyra:
        account = Kaleyra(base_url=kaleyra.url, sid="PRACTICE", api_key="practice")
        config = Config(database_url=another_database, kaleyra=account)
        app = app_on(another_database, kaleyra=account)
        jobs = [Sender(app, config, threading.Event()), Sweeper("w", lambda: True)]
        for job in jobs if first == "sender" else reversed(jobs):
            with app.app_context():
                job.step()
        with app.app_context():
            text = db.session.scalars(select(Message)).one()
            assert (text.status, text.failure_code) == ("failed", "expired")
            release()
        assert not kaleyra.requests
