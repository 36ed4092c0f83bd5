"""The migration that brings expiry and line events, on a database with a past."""

from datetime import UTC, datetime, timedelta

from flask_migrate import upgrade
from sqlalchemy import select, text

from conversations import schema
from conversations.db import db
from conversations.models import Agent, Conversation, Message
from tests.support.fresh import app_on, release

AT = datetime(2026, 11, 22, 9, 8, 7, 654321, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

STATEMENTS = (
    """INSERT INTO line (id, address, sender, calls, troubles, hold_seconds, created_at)
       VALUES (1, '+1', '1', 0, 0, 0, :at)""",
    """INSERT INTO customer (id, address, digits, created_at)
       VALUES (1, '+2', '2', :at)""",
    """INSERT INTO conversation (id, line_id, customer_id, last_message_id, preview,
       created_at) VALUES (1, 1, 1, 3, '', :at)""",
)
AGENT = """INSERT INTO agent (id, email, name, role, password_hash, time_zone,
           created_at) VALUES (:id, :email, 'Ana', 'agent', '', 'UTC', :at)"""
MESSAGE = """INSERT INTO message (id, conversation_id, direction, body, status,
             segments, encoding, created_at, author_id, attempts)
             VALUES (:id, 1, 'outbound', '', :status, 1, 'gsm7', :at, 1, 0)"""


def moment(at: datetime) -> datetime | str:
    """As the database keeps it: SQLite has texts without a zone."""
    sqlite = db.engine.dialect.name == "sqlite"
    return at.strftime("%Y-%m-%d %H:%M:%S.%f") if sqlite else at


def tell_the_past() -> None:
    for statement in STATEMENTS:
        db.session.execute(text(statement), {"at": moment(AT)})
    for id, minutes in ((1, 0), (2, 15), (3, 99)):
        at = moment(AT + minutes * MINUTE)
        db.session.execute(text(AGENT), {"id": id, "email": f"{id}@x.org", "at": at})
    for id, status in enumerate(("sent", "queued", "queued"), start=1):
        at = moment(AT + id * 10 * MINUTE)
        db.session.execute(text(MESSAGE), {"id": id, "status": status, "at": at})
    db.session.commit()


def test_what_was_there_is_filled_in(own_database: str) -> None:
    app = app_on(own_database)
    with app.app_context():
        upgrade(directory=schema.MIGRATIONS, revision="0002")
        tell_the_past()
        release()

        schema.migrate()

        read_before = db.session.scalars(select(Agent.read_before).order_by(Agent.id))
        assert list(read_before) == [0, 1, 3]
        assert db.session.scalar(select(Conversation.last_author_id)) == 1
        ends = db.session.scalars(select(Message.expires_at).order_by(Message.id)).all()
        assert ends[0] is None
        later = [at - AT for at in ends[1:]]
        assert [round(each / MINUTE, 2) for each in later] == [80.0, 90.0]
        release()
