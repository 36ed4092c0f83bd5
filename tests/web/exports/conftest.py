"""A small thread whose times and ids are always the same."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from conversations.db import db
from conversations.models import Agent, Conversation, Customer, Line, Message
from conversations.models.message import EVENT, INBOUND, NOTE, OUTBOUND
from conversations.texting.status import Status
from tests.support.cast import writing
from tests.support.stage import Stage

MADE_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
BEGAN = datetime(2026, 11, 20, 22, 58, 7, tzinfo=UTC)
SECRET = "a secret key for the tests, long enough"
HOSTILE = '=HYPERLINK("http://evil.example","Your parcel") <b>; =1+1'
BLANK = {
    "segments": 1, "encoding": "gsm7", "sent_at": None, "delivered_at": None,
    "author": None, "failure_code": None, "failure_text": None, "provider_id": None,
    "reference": None, "retry_of_id": None,
}  # fmt: skip
FAILURE = "The number is not in service. Ask the customer for another."


def said(minutes: int, direction: str, body: str, status: Status, **more: object):
    """A row, so many minutes after the thread began."""
    at = BEGAN + timedelta(minutes=minutes)
    row = {"direction": direction, "body": body, "status": status, "created_at": at}
    return BLANK | row | {"conversation_id": 7} | more


def rows() -> list[dict[str, object]]:
    sent = BEGAN + timedelta(minutes=4, seconds=1)
    ours = {"author": "Ana Ruiz", "provider_id": "b1:1", "reference": "0f1e"}
    told = {
        **ours, "segments": 2, "encoding": "ucs2",
        "sent_at": sent, "delivered_at": sent + timedelta(seconds=3),
    }  # fmt: skip
    failed = {"author": "Ana Ruiz", "failure_code": "ABSENT", "failure_text": FAILURE}
    happened = '{"kind": "taken"}'
    return [
        said(0, INBOUND, HOSTILE, Status.RECEIVED),
        said(4, OUTBOUND, "No, it is spam.\nYours: ☂ today", Status.DELIVERED, **told),
        said(5, NOTE, "Asked twice already", Status.NOTED, author="Ben Okafor"),
        said(6, EVENT, happened, Status.NOTED, author="Ana Ruiz", segments=0),
        said(70, OUTBOUND, "It is at the door", Status.FAILED, **failed),
    ]  # fmt: skip


@pytest.fixture
def agent(stage: Stage) -> Agent:
    """Ana, in Rome."""
    with writing():
        ana = Agent(
            id=3, email="ana@example.com", name="Ana Ruiz", role="agent",
            password_hash="", time_zone="Europe/Rome",
        )  # fmt: skip
        db.session.add(ana)
        db.session.flush()
        db.session.expunge(ana)
    return ana


@pytest.fixture
def thread(stage: Stage) -> int:
    """The conversation with Zoë on a line, with five messages; its id."""
    with writing():
        line = Line(id=41, address="+12025550111", sender="12025550111")
        number = "+12025550142"
        zoe = Customer(id=5, address=number, digits=number[1:], name="Zoë =SUM(A1)")
        db.session.add_all([line, zoe])
        db.session.flush()
        db.session.add(Conversation(id=7, line_id=41, customer_id=5, last_message_id=5))
        db.session.flush()
        for id, row in enumerate(rows(), 1):
            db.session.execute(insert(Message), [row | {"id": id}])
    return 7
