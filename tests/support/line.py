"""Our line: what it learns from answers, what it lets through, and what it tells."""

from datetime import timedelta

from sqlalchemy import select, update

from conversations.db import db, utcnow
from conversations.kaleyra.answers import Accepted, Answer
from conversations.models import Line, LineEvent
from conversations.texting import line_health, outbox
from tests.support.cast import everything, the, writing
from tests.support.stage import LINE

GOOD = Accepted("id:1", "id")
LEASE = timedelta(seconds=60)
THE_LINE = select(Line).where(Line.address == LINE)
EVENTS = select(LineEvent).order_by(LineEvent.id)


def line() -> Line:
    return the(THE_LINE)


def learn(*answers: Answer) -> None:
    id = line().id
    with writing():
        line_health.learn([(id, answer) for answer in answers], utcnow())


def change_line(**columns: object) -> None:
    with writing():
        db.session.execute(update(Line).where(Line.address == LINE).values(columns))


def claimed(limit: int = 10) -> list[int]:
    with writing():
        return [call.text.message_id for call in outbox.claim("w", limit, LEASE)]


def told() -> list[tuple[str, str | None, str]]:
    return [(e.what, e.who, e.sentence) for e in everything(EVENTS)]
