"""What was counted once stays true, however late the news."""

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select, update

from conversations.db import db, utcnow
from conversations.models import Callback, Recount
from conversations.texting.status import Status
from conversations.texting.tallies import quarter_of
from tests.support.cast import Customer, writing
from tests.support.stage import Stage
from tests.web.reports.history import (
    Past,
    count_afresh,
    count_all,
    everything_of,
    reported,
    tallied,
)

OLD = datetime(2026, 3, 2, 10, 7, tzinfo=UTC)
NEWS = (
    Status.ACCEPTED,
    Status.SENT,
    Status.FAILED,
    Status.UNDELIVERED,
    Status.DELIVERED,
)


def test_texts_are_counted_once_they_have_come_to_rest(stage: Stage) -> None:
    past, now = Past.begun(), utcnow()
    past.heard(OLD, segments=2)
    past.heard(OLD + timedelta(minutes=7), segments=1)
    past.heard(OLD + timedelta(minutes=8))
    past.wrote(OLD, Status.CANCELLED)
    past.heard(now)

    count_all(now)

    assert [(row[4], row[-2], row[-1]) for row in tallied()] == [
        ("inbound", 2, 3),
        ("inbound", 1, 1),
    ]


def test_what_a_gateway_hands_over_twice_is_one_text(
    stage: Stage, ada: Customer
) -> None:
    for _ in range(2):
        ada.texts("See you at 5")
    stage.read()

    count_all(utcnow() + timedelta(days=1))

    assert [row[-2] for row in tallied()] == [2]


def test_counting_twice_counts_nothing_twice(stage: Stage) -> None:
    Past.begun().heard(OLD)
    count_all(utcnow())
    before = tallied()

    count_all(utcnow() + timedelta(days=1))

    assert tallied() == before


def test_a_callback_that_is_read_days_later_is_counted_where_it_came(
    stage: Stage, ada: Customer
) -> None:
    count_all(utcnow())
    ada.texts("Hello? Anybody there?")
    with writing():
        late = update(Callback).where(Callback.outcome == "new")
        db.session.execute(late.values(received_at=OLD))

    stage.read()
    count_all(utcnow())

    assert [(row[0], row[4], row[-2]) for row in tallied()] == [
        (quarter_of(OLD), "inbound", 1)
    ]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=some.lists(
        some.tuples(some.integers(0, 5), some.sampled_from(NEWS), some.booleans()),
        max_size=12,
    )
)
def test_late_reports_leave_the_tallies_as_counting_afresh_would(
    stage: Stage, steps: list[tuple[int, Status, bool]]
) -> None:
    stage.empty()
    past, now = Past.begun(), utcnow()
    texts = [past.wrote(OLD + timedelta(minutes=11 * n), Status.SENT) for n in range(6)]
    count_all(now)

    for text, status, count_now in steps:
        reported(texts[text], status, now)
        if count_now:
            count_all(now)
    count_all(now)

    before = tallied()
    count_afresh(now)
    assert before == tallied()
    assert sum(row[-2] for row in before) == len(texts)


def test_marks_for_counting_again_are_taken_away(stage: Stage) -> None:
    text = Past.begun().wrote(OLD, Status.SENT)
    count_all(utcnow())
    reported(text, Status.DELIVERED, utcnow())
    assert everything_of(select(Recount.quarter))

    count_all(utcnow())

    assert not everything_of(select(Recount.quarter))
