"""When `flask copy-to-postgres` refuses, and then nothing has moved."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from conversations.db import db, utcnow
from conversations.models import Heartbeat, Line
from tests.support.fresh import app_on, release
from tests.support.growing import move, rows


def test_a_running_parley_must_be_stopped_first(
    source: Flask, postgres_database: str
) -> None:
    other = app_on(source.extensions["parley"].database_url)
    with other.app_context():
        db.session.scalar(select(Line.id))

        done = move(source, postgres_database)
        release()

    assert done.exit_code == 1
    assert "Nothing was copied. Parley is running on this database." in done.output


def test_a_worker_elsewhere_must_be_stopped_first(
    source: Flask, postgres_database: str
) -> None:
    with source.app_context():
        db.session.add(Heartbeat(worker="another-host:7", seen_at=utcnow()))
        db.session.commit()
        release()

    done = move(source, postgres_database)

    assert done.exit_code == 1
    assert "another-host:7 said within the last minute" in done.output


def test_a_worker_that_stopped_a_minute_ago_is_no_matter(
    source: Flask, postgres_database: str
) -> None:
    with source.app_context():
        then = utcnow() - timedelta(minutes=1)
        db.session.add(Heartbeat(worker="another-host:7", seen_at=then))
        db.session.commit()
        release()

    assert move(source, postgres_database).exit_code == 0


def test_a_target_that_has_rows_is_refused(
    source: Flask, postgres_database: str
) -> None:
    move(source, postgres_database)

    done = move(source, postgres_database)

    assert done.exit_code == 1
    assert "The target has rows already" in done.output


def test_another_programs_database_is_refused(
    source: Flask, postgres_database: str
) -> None:
    app = app_on(postgres_database)
    with app.app_context():
        db.session.execute(text("CREATE TABLE orders (id int)"))
        db.session.commit()
        release()

    done = move(source, postgres_database)

    assert done.exit_code == 1
    assert "tables of something else: orders" in done.output


def test_when_one_table_does_not_go_none_does(
    source: Flask, postgres_database: str
) -> None:
    with source.app_context():
        driver = db.session.connection().connection.driver_connection
        driver.execute("COMMIT")
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("UPDATE message SET conversation_id = 99 WHERE id = 7")
        release()

    done = move(source, postgres_database)

    assert done.exit_code == 1
    assert "violates foreign key" in done.output
    assert not any(rows(postgres_database).values())


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("sqlite:///other.db", "must be a postgresql:// address"),
        ("postgresql://postgres@127.0.0.1:1/parley", "Nothing was copied."),
    ],
)
def test_a_target_that_will_not_do_is_refused(
    source: Flask, target: str, words: str
) -> None:
    done = move(source, target)

    assert done.exit_code == 1
    assert words in done.output
