"""`flask copy-to-postgres`: everything moves, exactly as it was."""

from flask import Flask
from sqlalchemy import text

from conversations import schema
from conversations.db import db
from conversations.models import Customer
from tests.support.fresh import app_on, release
from tests.support.growing import move, rows


def test_every_row_arrives_as_it_was(
    source: Flask, sqlite_database: str, postgres_database: str
) -> None:
    done = move(source, postgres_database)

    assert done.exit_code == 0, done.output
    assert rows(postgres_database) == rows(sqlite_database)


def test_it_says_what_it_copied_and_what_to_do_next(
    source: Flask, postgres_database: str
) -> None:
    done = move(source, postgres_database)

    lines = [line.split() for line in done.output.splitlines()]
    assert ["message", "10", "10"] in lines
    assert "Set DATABASE_URL" in done.output


def test_what_comes_later_gets_later_numbers(
    source: Flask, postgres_database: str
) -> None:
    move(source, postgres_database)

    app = app_on(postgres_database)
    with app.app_context():
        newcomer = Customer(address="+3", digits="3")
        db.session.add(newcomer)
        db.session.commit()
        assert newcomer.id == 2
        assert schema.current()
        release()


def test_a_nul_that_only_sqlite_can_hold_is_replaced(
    source: Flask, postgres_database: str
) -> None:
    with source.app_context():
        db.session.execute(text("UPDATE customer SET name = 'a' || char(0) || 'b'"))
        db.session.commit()
        release()

    assert move(source, postgres_database).exit_code == 0

    assert "a\ufffdb" in rows(postgres_database)["customer"][0]
