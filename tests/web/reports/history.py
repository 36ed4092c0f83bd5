"""Texts of the past, stored as if they had been, for reports to count."""

from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select, update

from conversations.db import db
from conversations.models import (
    Agent,
    Conversation,
    Customer,
    Line,
    Message,
    Recount,
    Tally,
    Wait,
    Walk,
)
from conversations.texting import settling, tallies
from conversations.texting.settling import News
from conversations.texting.status import Status
from tests.support.cast import everything, writing

ROME = ZoneInfo("Europe/Rome")
numbers = count(1)


def local(text: str, zone: ZoneInfo = ROME, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


@dataclass
class Past:
    """One conversation of the past, on our first line or another."""

    id: int

    @classmethod
    def begun(cls, line: int = 0, team_id: int | None = None) -> "Past":
        lines = everything(select(Line.id).order_by(Line.id))
        with writing():
            number = f"+1202555{next(numbers):04}"
            customer = Customer(address=number, digits=number[1:])
            db.session.add(customer)
            db.session.flush()
            conversation = Conversation(
                line_id=lines[line], customer_id=customer.id, team_id=team_id
            )
            db.session.add(conversation)
            db.session.flush()
            return cls(conversation.id)

    def heard(self, at: datetime, segments: int = 1) -> int:
        return self.stored(at, "inbound", Status.RECEIVED, segments)

    def wrote(
        self,
        at: datetime,
        status: Status = Status.DELIVERED,
        segments: int = 1,
        **more: Any,
    ) -> int:
        return self.stored(at, "outbound", status, segments, **more)

    def stored(
        self,
        at: datetime,
        direction: str,
        status: Status,
        segments: int,
        **more: Any,
    ) -> int:
        with writing():
            values = {
                "conversation_id": self.id,
                "direction": direction,
                "body": "x",
                "status": status,
                "segments": segments,
                "encoding": "gsm7",
                "created_at": at,
                "attempts": 0,
            }
            added = insert(Message).values(values | more).returning(Message.id)
            return int(db.session.execute(added).scalar_one())

    def waited(self, ended: datetime, seconds: int, agent_id: int, **more: Any) -> None:
        message = self.wrote(ended, author_id=agent_id, author="Ben")
        with writing():
            here = db.session.get_one(Conversation, self.id)
            row = Wait(
                message_id=message,
                conversation_id=self.id,
                line_id=here.line_id,
                team_id=here.team_id or 0,
                agent_id=agent_id,
                since=ended,
                ended_at=ended,
                seconds=seconds,
                first=more.get("first", True),
            )
            db.session.add(row)


def reported(message_id: int, status: Status, at: datetime) -> None:
    with writing():
        settling.apply([News(message_id=message_id, status=status, at=at)])


def count_all(now: datetime) -> None:
    """Do what the sweeper does, until it is done."""
    done = False
    while not done:
        with writing():
            done = tallies.count_up(now)


def tallied() -> list[tuple[Any, ...]]:
    rows = everything_of(select(*(getattr(Tally, name) for name in tallies.COLUMNS)))
    return sorted(rows)


def everything_of(query: Any) -> list[tuple[Any, ...]]:
    with writing():
        return [tuple(row) for row in db.session.execute(query)]


def count_afresh(now: datetime) -> None:
    """Forget what was counted, and count it all again."""
    with writing():
        for noun in (Tally, Recount):
            db.session.execute(delete(noun))
        db.session.execute(delete(Walk).where(Walk.name == tallies.WALK))
    count_all(now)


def zone_of(first_name: str, name: str) -> None:
    with writing():
        here = Agent.name.startswith(first_name)
        db.session.execute(update(Agent).where(here).values(time_zone=name))
