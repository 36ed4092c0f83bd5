"""The trail is one chain, in which no later change goes unseen."""

import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from conversations.db import db
from conversations.models import Audit
from tests.support.cast import writing
from tests.support.locks import unlocked
from tests.support.stage import Stage
from tests.web.audit_trail import note_some, seal


@pytest.fixture
def sealed(stage: Stage) -> None:
    """Twelve acts, sealed in two goes."""
    for _ in range(2):
        note_some(6)
        seal()


def verify(app: Flask) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["verify-audit"])
    return result.exit_code, result.output


def test_a_whole_chain_is_ok(app: Flask, sealed: None) -> None:
    note_some(1)

    code, said = verify(app)

    assert code == 0
    assert said.startswith("Sealed: 12; waiting to be: 1\nOK: the chain is whole.")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            "UPDATE audit SET agent = 'Eve' WHERE place = 7",
            "at place 7: it was changed",
        ),
        (
            "UPDATE audit SET detail = '{ }' WHERE place = 1",
            "at place 1: it was changed",
        ),
        ("DELETE FROM audit WHERE place = 4", "at place 4, is gone"),
    ],
)
def test_the_first_row_that_is_wrong_is_named(
    app: Flask, sealed: None, change: str, fault: str
) -> None:
    with writing(), unlocked():
        db.session.execute(text(change))

    code, said = verify(app)

    assert code == 1
    assert fault in said


@pytest.mark.parametrize(
    "change",
    [
        delete(Audit),
        update(Audit).values(agent="Eve"),
        update(Audit).values(place=None),
        update(Audit).where(Audit.place == 3).values(hash="0"),
    ],
)
def test_the_database_refuses_to_change_the_trail(
    stage: Stage, sealed: None, change: Any
) -> None:
    note_some(1)
    with pytest.raises(DBAPIError, match="audit trail is never"), writing():
        db.session.execute(change)


def test_several_processes_make_one_chain(app: Flask, stage: Stage) -> None:
    def work() -> None:
        for _ in range(5):
            note_some(7)
            seal()

    several = [threading.Thread(target=work) for _ in range(4)]
    for one in several:
        one.start()
    for one in several:
        one.join()
    seal()

    code, said = verify(app)

    assert (code, said.split(";")[0]) == (0, "Sealed: 140")
