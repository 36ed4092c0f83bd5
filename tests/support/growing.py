"""A SQLite installation with a story, on its way to PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import insert, select

from conversations.db import Base, db
from conversations.models import Callback, Conversation, Customer, Line, Message
from tests.support.fresh import app_on, release, with_tables

BODIES = [
    "Plain",
    "Größe 😀👩‍👩‍👧 ok",
    'tab\tnew\nline \\ \\N "quoted"',
    "",
    "x" * 5000,
]
RAW = bytes(range(256))
AT = datetime(2026, 11, 22, 9, 8, 7, 654321, tzinfo=UTC)


@pytest.fixture
def source(sqlite_database: str) -> Iterator[Flask]:
    """A SQLite installation with a story, which nobody is running."""
    app = with_tables(sqlite_database)
    with app.app_context():
        tell_a_story()
        release()
    yield app
    with app.app_context():
        release()


def tell_a_story() -> None:
    line, customer = Line(address="+1", sender="1"), Customer(address="+2", digits="2")
    conversation = Conversation(line=line, customer=customer)
    db.session.add(conversation)
    db.session.flush()
    common = {
        "conversation_id": conversation.id, "direction": "outbound", "created_at": AT,
        "status": "failed", "segments": 1, "encoding": "gsm7",
    }  # fmt: skip
    texts = [common | {"body": body, "retry_of_id": None} for body in BODIES]
    again = [common | {"body": "again", "retry_of_id": n} for n in range(1, 6)]
    db.session.execute(insert(Message), [*texts, *again])
    raw = Callback(
        address="inbound", received_at=AT, method="POST", content_type="",
        query="", body=RAW, outcome="read",
    )  # fmt: skip
    db.session.add(raw)
    db.session.commit()


def move(source: Flask, target: str) -> Result:
    return source.test_cli_runner().invoke(args=["copy-to-postgres", target])


def rows(url: str) -> dict[str, list[Any]]:
    app = app_on(url)
    with app.app_context():
        found = {
            table.name: sorted(map(tuple, db.session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }
        release()
    return found
