"""A backup holds one moment, and nobody who writes waits for it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from conversations.db import db
from conversations.keeping import restore
from conversations.models import Change, Customer
from tests.support import cast
from tests.support.backups import backed_up, found
from tests.support.stage import Stage, until

pytestmark = pytest.mark.usefixtures("ada")


def test_it_does_not_wait_for_a_writer(stage: Stage, tmp_path: Path) -> None:
    with stage.app.app_context():
        db.session.add(Customer(address="+12025550199", digits="12025550199"))
        db.session.flush()

        finding = in_time(lambda: found(stage, backed_up(stage, tmp_path)))

    assert finding.contents.counts["customer"] == 1


def in_time(call: Callable[[], restore.Finding]) -> restore.Finding:
    ends: list[restore.Finding] = []
    thread = threading.Thread(target=lambda: ends.append(call()))
    thread.start()
    thread.join(30)
    return ends[0]


@contextmanager
def constant_writes(stage: Stage) -> Iterator[list[float]]:
    """Somebody who always writes two rows in one go; how long each took."""
    waits: list[float] = []
    stopping = threading.Event()

    def write() -> None:
        while not stopping.is_set():
            began = time.monotonic()
            with cast.writing():
                for _ in range(2):
                    db.session.add(Change(conversation_id=1))
            waits.append(time.monotonic() - began)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield waits
    finally:
        stopping.set()
        thread.join()


def test_under_constant_writes_it_holds_one_moment(
    stage: Stage, tmp_path: Path
) -> None:
    before = changes()
    with constant_writes(stage) as waits:
        until(lambda: len(waits) > 10)
        backup = backed_up(stage, tmp_path)
        written = len(waits)
        until(lambda: len(waits) > written)

    finding = found(stage, backup)
    added = finding.contents.counts["change"] - before
    assert finding.troubles == ()
    assert 20 <= added <= 2 * written + 2
    assert added % 2 == 0
    assert max(waits) < 5
    assert changes() - before == 2 * len(waits)


def changes() -> int:
    return cast.the(select(func.count()).select_from(Change))
