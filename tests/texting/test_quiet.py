"""A line that usually hears something is noticed when it falls silent."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from conversations.db import db, utcnow
from conversations.models import Callback, Hearing, Line
from conversations.texting import quiet
from conversations.texting.quiet import Listener
from tests.support.cast import Customer, the, writing
from tests.support.stage import LINE, Stage

# A Wednesday at noon.
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEEK = timedelta(weeks=1)


def quiet_since(line: str = LINE) -> datetime | None:
    found: datetime | None = the(select(Line.quiet_since).where(Line.address == line))
    return found


def heard(hours: Iterable[datetime], texts: int = 5) -> None:
    """As if the line had heard so many texts in each of these hours."""
    with writing():
        line_id = db.session.scalar(select(Line.id).where(Line.address == LINE))
        for hour in hours:
            last_at = hour + timedelta(minutes=59)
            row = Hearing(line_id=line_id, hour=hour, texts=texts, last_at=last_at)
            db.session.add(row)


def office_hours(weeks: int, until: datetime) -> list[datetime]:
    """Monday to Friday from nine to five, up to an hour before `until`."""
    hours = (until - n * HOUR for n in range(1, weeks * 7 * 24 + 1))
    return [h for h in hours if h.weekday() < 5 and 9 <= h.hour < 17]


def judged(now: datetime) -> datetime | None:
    with writing():
        quiet.judge(now)
    return quiet_since()


def test_a_line_that_falls_silent_is_noticed_after_ten_missing_texts(
    stage: Stage,
) -> None:
    heard(office_hours(5, NOON))

    assert judged(NOON + HOUR) is None
    assert judged(NOON + 3 * HOUR) == NOON - timedelta(minutes=1)


def test_nights_and_weekends_are_no_surprise(stage: Stage) -> None:
    friday_evening = datetime(2026, 11, 20, 17, tzinfo=UTC)
    heard(office_hours(5, friday_evening))

    for hours in range(1, 64):
        assert judged(friday_evening + hours * HOUR) is None
    assert judged(friday_evening + 68 * HOUR)


def test_a_new_line_is_not_judged(stage: Stage) -> None:
    heard(office_hours(1, NOON))

    assert judged(NOON + 8 * HOUR) is None


def test_a_line_that_hears_little_is_given_days(stage: Stage) -> None:
    """Two texts a day, always at the same hour: a week of none is news."""
    heard([NOON - HOUR - n * timedelta(days=1) for n in range(35)], texts=2)

    assert judged(NOON + timedelta(days=4)) is None
    assert judged(NOON + timedelta(days=6))


def test_a_line_that_hears_something_now_and_then_is_left_alone(stage: Stage) -> None:
    heard([NOON - timedelta(days=n, hours=n) for n in range(2, 33, 3)], texts=1)

    assert judged(NOON + timedelta(days=7)) is None


def test_one_busy_day_is_not_taken_for_usual(stage: Stage) -> None:
    heard([NOON - HOUR - n * timedelta(days=1) for n in range(35)], texts=1)
    heard([NOON + n * HOUR - WEEK for n in range(3)], texts=500)

    assert judged(NOON + 4 * HOUR) is None


def test_a_busy_line_is_missed_within_the_hour(stage: Stage) -> None:
    heard([NOON - n * HOUR for n in range(1, 24 * 35)], texts=60)

    assert judged(NOON + timedelta(minutes=28)) is None
    assert judged(NOON + timedelta(minutes=35))


def test_after_some_weeks_silence_is_what_is_usual(stage: Stage) -> None:
    heard(office_hours(5, NOON))
    assert judged(NOON + 5 * HOUR)

    assert judged(NOON + 5 * WEEK) is None
    assert judged(NOON + 5 * WEEK + HOUR) is None


def test_what_is_heard_is_counted_by_line_and_hour(stage: Stage, ada: Customer) -> None:
    listener = Listener()
    look(listener)
    for n in range(3):
        ada.texts(f"Text {n}")
    stage.read()
    look(listener)
    look(listener)

    row = the(select(Hearing))
    assert row.texts == 3
    assert row.last_at == ada.messages[-1].created_at
    look(listener)
    assert the(select(Hearing.texts)) == 3


def test_a_text_ends_the_warning(stage: Stage, ada: Customer) -> None:
    listener = Listener()
    look(listener)
    with writing():
        for line in db.session.scalars(select(Line)):
            line.quiet_since = utcnow() - HOUR
    ada.texts("Here I am")
    stage.read()
    look(listener)
    look(listener)

    assert quiet_since() is None
    assert quiet_since("56161")


def test_nothing_is_said_while_callbacks_wait_to_be_read(stage: Stage) -> None:
    heard([NOON - n * HOUR for n in range(1, 24 * 35)], texts=60)
    with writing():
        row = {"address": "inbound", "method": "POST", "content_type": "", "query": ""}
        db.session.add(Callback(**row, body=b"", received_at=NOON))
    listener = Listener()

    for _ in range(3):
        look(listener, NOON + 3 * HOUR)

    assert quiet_since() is None


def look(listener: Listener, now: datetime | None = None) -> None:
    with writing():
        listener.look(now or utcnow())
