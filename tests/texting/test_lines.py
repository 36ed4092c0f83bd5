"""The lines are those of the setting, and a text never waits on a mistake in it."""

import threading

import pytest
from sqlalchemy import select

from conversations.db import db
from conversations.models import Line
from conversations.texting import lines
from conversations.texting.phone import InvalidAddress
from tests.support.cast import everything, writing
from tests.support.stage import LINE, SHORT_CODE, Stage


def open_lines() -> set[str]:
    return set(everything(select(Line.address).where(Line.retired_at.is_(None))))


@pytest.mark.usefixtures("stage")
def test_a_number_taken_out_is_retired_and_opens_again_when_it_comes_back() -> None:
    with writing():
        lines.sync([LINE], None)
    assert open_lines() == {LINE}

    with writing():
        lines.sync([LINE, SHORT_CODE], None)
    assert open_lines() == {LINE, SHORT_CODE}


@pytest.mark.usefixtures("stage")
def test_a_forgotten_setting_retires_nothing() -> None:
    with writing():
        lines.sync([], None)

    assert open_lines() == {LINE, SHORT_CODE}


@pytest.mark.usefixtures("stage")
def test_a_name_is_no_line_of_ours() -> None:
    with pytest.raises(InvalidAddress), writing():
        lines.sync(["KLRHXA"], None)


def test_several_processes_may_open_the_same_new_line_at_once(stage: Stage) -> None:
    ready, failures = threading.Barrier(3), []

    def start() -> None:
        with stage.app.app_context():
            db.session.connection()
            ready.wait(5) if not on_sqlite else None
            try:
                lines.sync([LINE, "+12025550199"], None)
                db.session.commit()
            except Exception as error:
                failures.append(error)

    with stage.app.app_context():
        on_sqlite = db.engine.dialect.name == "sqlite"
    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures
    assert "+12025550199" in open_lines()
