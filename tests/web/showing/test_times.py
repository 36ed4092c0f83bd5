"""Times in words, in a zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from conversations.web.showing import times

ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2026, 11, 22, 9, 42, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=-3), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=10), "10 h"),
        (timedelta(hours=11), "Yesterday"),
        (timedelta(days=1), "Yesterday"),
        (timedelta(days=2), "Fri"),
        (timedelta(days=6), "Mon"),
        (timedelta(days=7), "15 Nov"),
        (timedelta(days=400), "18 Oct 2025"),
    ],
)
def test_the_list_says_how_long_ago(passed: timedelta, words: str) -> None:
    assert times.relative(NOW - passed, ROME, NOW).words == words


def test_shortly_after_midnight_a_few_minutes_are_still_minutes() -> None:
    midnight = datetime(2026, 11, 22, 0, 5, tzinfo=ROME)

    assert times.relative(midnight - timedelta(minutes=10), ROME, midnight).words == (
        "10 min"
    )


def test_a_stamp_has_the_clock_the_whole_time_and_the_zone() -> None:
    stamp = times.clock(NOW, ROME)

    assert stamp.words == "10:42"
    assert stamp.exact == "Sunday 22 November 2026, 10:42:07 CET"
    assert stamp.iso == "2026-11-22T10:42:07+01:00"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 22), "Today"),
        (date(2026, 11, 21), "Yesterday"),
        (date(2026, 11, 18), "Wednesday 18 November"),
        (date(2025, 12, 31), "Wednesday 31 December 2025"),
    ],
)
def test_days_between_messages_are_named(day: date, words: str) -> None:
    assert times.day(day, date(2026, 11, 22)) == words
