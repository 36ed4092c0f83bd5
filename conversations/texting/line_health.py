"""Whether a line can be sent from just now: its breaker and its rate.

Both are kept in the database, so that every process on every host agrees. A line whose
calls mostly go wrong is held back for a while, then tried with a single text.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_, select

from conversations.db import db
from conversations.kaleyra.answers import (
    Accepted,
    Answer,
    NotSent,
    Refused,
    Unconfirmed,
)
from conversations.models import Allowance, Conversation, Line, Message
from conversations.models.message import waiting
from conversations.texting import directory, line_state, pacing
from conversations.texting.status import Status

WINDOW = timedelta(seconds=60)
FIRST_HOLD_SECONDS = 30
LONGEST_HOLD_SECONDS = 600


def learn(answered: Iterable[tuple[int, Answer]], now: datetime) -> None:
    """Take in what came of calls, as (line id, answer): hold a line, or let it go."""
    answers: dict[int, list[Answer]] = {}
    for line_id, answer in answered:
        answers.setdefault(line_id, []).append(answer)
    for line in worth_counting(answers):
        count(line, answers[line.id], now)


def worth_counting(answers: Mapping[int, list[Answer]]) -> Iterable[Line]:
    """The lines with news to write down; a healthy line costs one small question."""
    news = (NotSent, Unconfirmed)
    told = {
        id for id, some in answers.items() if any(isinstance(a, news) for a in some)
    }
    troubled = set(db.session.connection().scalars(TROUBLED))
    worth = told | (troubled & answers.keys())
    if not worth:
        return []
    lines = select(Line).where(Line.id.in_(worth)).order_by(Line.id)
    return db.session.scalars(lines.with_for_update()).all()


TROUBLED = select(Line.id).where(
    or_(Line.troubles > 0, Line.hold_seconds > 0, Line.slowed_at.is_not(None))
)


def count(line: Line, answers: list[Answer], now: datetime) -> None:
    """Count one line's answers, and hold it when too many went wrong."""
    good = sum(isinstance(answer, Accepted | Refused) for answer in answers)
    bad = [answer for answer in answers if troublesome(answer)]
    unsent = [answer for answer in answers if isinstance(answer, NotSent)]
    if any(answer.asks_for_less for answer in unsent):
        pacing.slow_down(line, now)
    else:
        pacing.speed_up(line, now)
    if good and line.probing:
        line_state.let_go(line)
    elif line.count_calls(len(answers), len(bad), now - WINDOW, now) or (
        bad and line.probing
    ):
        hold(line, bad[-1], now)
    for answer in unsent:
        if answer.retry_after_seconds:
            until = now + timedelta(seconds=answer.retry_after_seconds)
            line_state.hold(line, until, answer.sentence)


def troublesome(answer: Answer) -> bool:
    """Whether it speaks against the line rather than against this one text."""
    if isinstance(answer, NotSent):
        return answer.retry_after_seconds is None
    return isinstance(answer, Unconfirmed)


def hold(line: Line, trouble: Answer, now: datetime) -> None:
    """Open the breaker: first for half a minute, then twice as long each time."""
    longer = max(FIRST_HOLD_SECONDS, 2 * line.hold_seconds)
    line.hold_seconds = min(longer, LONGEST_HOLD_SECONDS)
    until = now + timedelta(seconds=line.hold_seconds)
    line_state.hold(line, until, getattr(trouble, "sentence", ""))


def passable(wanted: Counter[int], now: datetime) -> dict[int, int]:
    """How many texts each line may send at once, of as many as are `wanted`."""
    lines = db.session.scalars(LINES, {"lines": list(wanted)}).all()
    return {line.id: room_on(line, wanted[line.id], now) for line in lines}


LINES = select(Line).where(Line.id.in_(bindparam("lines", expanding=True)))


def room_on(line: Line, wanted: int, now: datetime) -> int:
    if line.probing:
        wanted = min(wanted, 0 if line_busy(line) else 1)
    pace = pacing.pace(line, now)
    if pace and wanted:
        return allowed(f"line:{line.id}", pace, wanted, now)
    return wanted


def line_busy(line: Line) -> bool:
    """Whether a call is under way on it."""
    on_line = select(Message.id).join(
        Conversation, Conversation.id == Message.conversation_id
    )
    sending = on_line.where(
        waiting(), Message.status == Status.SENDING, Conversation.line_id == line.id
    )
    return db.session.scalar(sending.limit(1)) is not None


def allowed(key: str, rate: float, wanted: int, now: datetime) -> int:
    """Take up to `wanted` from a bucket that fills by `rate` a second, and no more."""
    moment = now.timestamp()
    full = max(1.0, rate)
    row = {"key": key, "left": full, "counted_at": moment}
    db.session.execute(directory.insert_new(Allowance), [row])
    query = select(Allowance).where(Allowance.key == key).with_for_update()
    bucket = db.session.scalars(
        query, execution_options={"populate_existing": True}
    ).one()
    left = min(full, bucket.left + max(0.0, moment - bucket.counted_at) * rate)
    taken = min(wanted, int(left))
    bucket.left, bucket.counted_at = left - taken, moment
    return taken
